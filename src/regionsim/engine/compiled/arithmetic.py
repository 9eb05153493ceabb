"""The operations on single numbers as LLVM text, exponential and logarithm too: the same bits on every machine.

A library's exp is called number by number; these are lines of plain arithmetic, which the compiler sees through
and does for several numbers at once. Nothing here may be reordered or contracted: no fast-math.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from fractions import Fraction

# Adding it to a number below 2^51 rounds that to a whole number, which then stands in the last bits.
ROUNDER = 1.5 * 2.0**52
# The natural logarithm of 2 in two parts: multiples of the first are exact.
LOG2_HIGH, LOG2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
# log(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)) with s = f / (2 + f): the coefficients of R (fdlibm).
LOG_SERIES = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
)
# Where the argument of exp's polynomial ends, and its degree: the error is then below the rounding of its sum.
EXP_BOUND, EXP_DEGREE = Fraction(3466, 10000), 11


def hexadecimal(value: float) -> str:
    """A number as LLVM text, to the last bit."""
    return f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}"


def _bits(value: float) -> int:
    return int(struct.unpack("<q", struct.pack("<d", value))[0])


def economized(coefficients: Sequence[Fraction], bound: Fraction, degree: int) -> list[float]:
    """A polynomial brought to a lower degree with the least harm between -bound and bound (by Chebyshev's polynomials).

    The lowest coefficient stands first, before and after.
    """
    left = list(coefficients)
    while len(left) > degree + 1:
        n = len(left) - 1
        before, chebyshev = [Fraction(1)], [Fraction(0), Fraction(1)]
        for _ in range(n - 1):
            doubled = [Fraction(0), *(2 * c for c in chebyshev)]
            before, chebyshev = chebyshev, [c - (before[k] if k < len(before) else 0) for k, c in enumerate(doubled)]
        # Of T(x / bound), so many times that the highest power goes.
        share = left[n] * bound**n / chebyshev[n]
        left = [left[k] - share * chebyshev[k] / bound**k for k in range(n)]
    return [float(c) for c in left]


class _Lines:
    """Lines of a function of one number, each of which makes a value."""

    def __init__(self, stem: str) -> None:
        self.stem, self.lines = stem, list[str]()

    def new(self, text: str) -> str:
        name = f"%{self.stem}{len(self.lines)}"
        self.lines.append(f"  {name} = {text}")
        return name

    def fused(self, one: str, other: str, added: str) -> str:
        """one x other + added, rounded once: the same on every machine, unlike a contraction."""
        return self.new(f"call double @llvm.fma.f64(double {one}, double {other}, double {added})")

    def polynomial(self, variable: str, coefficients: Sequence[float]) -> str:
        """By halves of halves (Estrin): short chains, so that the processor works at several links at once."""
        terms, power = [hexadecimal(c) for c in coefficients], variable
        while True:
            joined = [
                self.fused(terms[k + 1], power, terms[k]) if k + 1 < len(terms) else terms[k]
                for k in range(0, len(terms), 2)
            ]
            if len(joined) == 1:
                return joined[0]
            terms, power = joined, self.new(f"fmul double {power}, {power}")

    def text(self) -> str:
        return "\n".join(self.lines)


def _exp() -> str:
    series = _Lines("p")
    value = series.polynomial(
        "%r", economized([Fraction(1, math.factorial(k)) for k in range(18)], EXP_BOUND, EXP_DEGREE)
    )
    rounder, bits = hexadecimal(ROUNDER), _bits(ROUNDER)
    return f"""
; x = n log(2) + r; two factors of 2 reach the smallest and the largest numbers
define internal double @exp(double %given) #0 {{
  %above = fcmp ogt double %given, {hexadecimal(710.0)}
  %capped = select i1 %above, double {hexadecimal(710.0)}, double %given
  %below = fcmp olt double %capped, {hexadecimal(-746.0)}
  %x = select i1 %below, double {hexadecimal(-746.0)}, double %capped
  %shifted = call double @llvm.fma.f64(double %x, double {hexadecimal(1 / math.log(2))}, double {rounder})
  %n = fsub double %shifted, {rounder}
  %rest = call double @llvm.fma.f64(double %n, double {hexadecimal(-LOG2_HIGH)}, double %x)
  %r = call double @llvm.fma.f64(double %n, double {hexadecimal(-LOG2_LOW)}, double %rest)
{series.text()}
  %halfshifted = call double @llvm.fma.f64(double %n, double {hexadecimal(0.5)}, double {rounder})
  %nbits = bitcast double %shifted to i64
  %n1bits = bitcast double %halfshifted to i64
  %two = sub i64 %nbits, %n1bits
  %onebiased = sub i64 %n1bits, {bits - 1023}
  %twobiased = add i64 %two, 1023
  %onebits = shl i64 %onebiased, 52
  %twobits = shl i64 %twobiased, 52
  %onefactor = bitcast i64 %onebits to double
  %twofactor = bitcast i64 %twobits to double
  %half = fmul double {value}, %onefactor
  %result = fmul double %half, %twofactor
  ret double %result
}}
"""


def _log() -> str:
    series = _Lines("p")
    terms = series.new(f"fmul double %z, {series.polynomial('%z', LOG_SERIES)}")
    root = _bits(math.sqrt(0.5))
    return f"""
; x = 2^n (1 + f), f between sqrt(1/2) - 1 and sqrt(2) - 1
define internal double @log(double %x) #0 {{
  %small = fcmp olt double %x, {hexadecimal(2.0**-1022)}
  %raised = fmul double %x, {hexadecimal(2.0**54)}
  %normal = select i1 %small, double %raised, double %x
  %raisedby = select i1 %small, double {hexadecimal(ROUNDER + 54.0)}, double {hexadecimal(ROUNDER)}
  %bits = bitcast double %normal to i64
  %beyond = sub i64 %bits, {root}
  %exponent = ashr i64 %beyond, 52
  %power = shl i64 %exponent, 52
  %mbits = sub i64 %bits, %power
  %m = bitcast i64 %mbits to double
  %nbits = add i64 %exponent, {_bits(ROUNDER)}
  %nshifted = bitcast i64 %nbits to double
  %n = fsub double %nshifted, %raisedby
  %f = fsub double %m, {hexadecimal(1.0)}
  %under = fadd double %f, {hexadecimal(2.0)}
  %s = fdiv double %f, %under
  %z = fmul double %s, %s
{series.text()}
  %ff = fmul double %f, %f
  %square = fmul double %ff, {hexadecimal(0.5)}
  %sum = fadd double %square, {terms}
  %nlow = fmul double %n, {hexadecimal(LOG2_LOW)}
  %corrected = call double @llvm.fma.f64(double %s, double %sum, double %nlow)
  %minus = fsub double %square, %corrected
  %less = fsub double %minus, %f
  %nhigh = fmul double %n, {hexadecimal(LOG2_HIGH)}
  %finite = fsub double %nhigh, %less
  %infinite = fcmp oeq double %x, {hexadecimal(math.inf)}
  %atmost = select i1 %infinite, double {hexadecimal(math.inf)}, double %finite
  %zero = fcmp oeq double %x, {hexadecimal(0.0)}
  %atleast = select i1 %zero, double {hexadecimal(-math.inf)}, double %atmost
  %negative = fcmp ult double %x, {hexadecimal(0.0)}
  %result = select i1 %negative, double {hexadecimal(math.nan)}, double %atleast
  ret double %result
}}
"""


_PLAIN = f"""
define internal double @negative(double %a) #0 {{
  %result = fneg double %a
  ret double %result
}}

define internal double @sqrt(double %a) #0 {{
  %result = call double @llvm.sqrt.f64(double %a)
  ret double %result
}}

; what is not a number stays so on either side, as in numpy
define internal double @minimum(double %a, double %b) #0 {{
  %less = fcmp olt double %a, %b
  %smaller = select i1 %less, double %a, double %b
  %lost = fcmp uno double %a, %a
  %result = select i1 %lost, double %a, double %smaller
  ret double %result
}}

define internal double @maximum(double %a, double %b) #0 {{
  %more = fcmp ogt double %a, %b
  %larger = select i1 %more, double %a, double %b
  %lost = fcmp uno double %a, %a
  %result = select i1 %lost, double %a, double %larger
  ret double %result
}}

define internal double @magnitude(double %a) #0 {{
  %result = call double @llvm.fabs.f64(double %a)
  ret double %result
}}

define internal double @ratio(double %a, double %b, double %otherwise) #0 {{
  %zero = fcmp oeq double %b, {hexadecimal(0.0)}
  %quotient = fdiv double %a, %b
  %result = select i1 %zero, double %otherwise, double %quotient
  ret double %result
}}

; base^exponent, given the logarithm of the base's magnitude: of a negative base only whole powers are numbers, and the
; odd ones of them negative
define internal double @raised(double %base, double %exponent, double %logarithm) #0 {{
  %size = call double @llvm.fabs.f64(double %base)
  %product = fmul double %exponent, %logarithm
  %usual = call double @exp(double %product)
  %unit = fcmp oeq double %size, {hexadecimal(1.0)}
  %positive = select i1 %unit, double {hexadecimal(1.0)}, double %usual
  %floor = call double @llvm.floor.f64(double %exponent)
  %whole = fcmp oeq double %floor, %exponent
  %half = fmul double %exponent, {hexadecimal(0.5)}
  %halffloor = call double @llvm.floor.f64(double %half)
  %even = fcmp oeq double %halffloor, %half
  %turned = fneg double %positive
  %signed = select i1 %even, double %positive, double %turned
  %unbounded = fcmp oeq double %size, {hexadecimal(math.inf)}
  %broken = select i1 %unbounded, double %positive, double {hexadecimal(math.nan)}
  %ofnegative = select i1 %whole, double %signed, double %broken
  %negative = fcmp olt double %base, {hexadecimal(0.0)}
  %either = select i1 %negative, double %ofnegative, double %positive
  %nothing = fcmp oeq double %exponent, {hexadecimal(0.0)}
  %result = select i1 %nothing, double {hexadecimal(1.0)}, double %either
  ret double %result
}}

define internal double @power(double %base, double %exponent) #0 {{
  %size = call double @llvm.fabs.f64(double %base)
  %logarithm = call double @log(double %size)
  %result = call double @raised(double %base, double %exponent, double %logarithm)
  ret double %result
}}

; linear between the points, constant outside: numpy's interp. Looked for from where the argument would stand in a table
; of even steps, since most are that.
define internal double @lookup(ptr noalias readonly %xs, ptr noalias readonly %ys, i64 %count, double %x) #1 {{
entry:
  %last = sub i64 %count, 1
  %lastxat = getelementptr double, ptr %xs, i64 %last
  %lastyat = getelementptr double, ptr %ys, i64 %last
  %firstx = load double, ptr %xs
  %lastx = load double, ptr %lastxat
  %inside = fcmp olt double %x, %lastx
  %after = fcmp ogt double %x, %firstx
  %between = and i1 %inside, %after
  br i1 %between, label %guess, label %outside
outside:
  %firsty = load double, ptr %ys
  %lasty = load double, ptr %lastyat
  %end = select i1 %inside, double %firsty, double %lasty
  %nonumber = fcmp uno double %x, %x
  %several = icmp ne i64 %last, 0
  %lost = and i1 %nonumber, %several
  %outer = select i1 %lost, double %x, double %end
  ret double %outer
guess:
  %steps = sitofp i64 %last to double
  %way = fsub double %x, %firstx
  %span = fsub double %lastx, %firstx
  %share = fdiv double %way, %span
  %place = fmul double %share, %steps
  %rounded = fptosi double %place to i64
  %high = icmp sge i64 %rounded, %last
  %beforelast = sub i64 %last, 1
  %guessed = select i1 %high, i64 %beforelast, i64 %rounded
  br label %down
down:
  %k = phi i64 [ %guessed, %guess ], [ %lower, %down ]
  %kat = getelementptr double, ptr %xs, i64 %k
  %kx = load double, ptr %kat
  %toohigh = fcmp olt double %x, %kx
  %lower = sub i64 %k, 1
  br i1 %toohigh, label %down, label %up
up:
  %m = phi i64 [ %k, %down ], [ %next, %up ]
  %next = add i64 %m, 1
  %nextat = getelementptr double, ptr %xs, i64 %next
  %x1 = load double, ptr %nextat
  %toolow = fcmp oge double %x, %x1
  br i1 %toolow, label %up, label %found
found:
  %mat = getelementptr double, ptr %xs, i64 %m
  %x0 = load double, ptr %mat
  %y0at = getelementptr double, ptr %ys, i64 %m
  %y0 = load double, ptr %y0at
  %y1at = getelementptr double, ptr %ys, i64 %next
  %y1 = load double, ptr %y1at
  %run = fsub double %x1, %x0
  %rise = fsub double %y1, %y0
  %slope = fdiv double %rise, %run
  %into = fsub double %x, %x0
  %climb = fmul double %slope, %into
  %value = fadd double %climb, %y0
  ret double %value
}}

declare double @llvm.sqrt.f64(double)
declare double @llvm.fabs.f64(double)
declare double @llvm.floor.f64(double)
declare double @llvm.fma.f64(double, double, double)

attributes #0 = {{ alwaysinline nounwind willreturn memory(none) }}
attributes #1 = {{ noinline nounwind willreturn }}
attributes #2 = {{ noinline nounwind }}
"""

ARITHMETIC = _exp() + _log() + _PLAIN
