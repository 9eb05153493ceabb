"""The operations on single numbers as LLVM text, exponential and logarithm too: the same bits on every machine.

A library's exp is called number by number; these are lines of plain arithmetic, which the compiler sees through
and does for several numbers at once. Nothing here may be reordered or contracted: no fast-math.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from regionsim.engine.compiled.lanes import LANES, NUMBERS, TRUTHS, WHOLES, bits, intrinsic, number, whole
from regionsim.engine.compiled.lines import Lines
from regionsim.engine.compiled.tables import TABLES

# So many powers are multiplied by one exponential.
MOST_POWERS = 4
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


def _exp() -> str:
    series = Lines("p")
    value = series.polynomial(
        "%r", economized([Fraction(1, math.factorial(k)) for k in range(18)], EXP_BOUND, EXP_DEGREE)
    )
    rounder, rounder_bits = number(ROUNDER), bits(ROUNDER)
    return f"""
; x = n log(2) + r; two factors of 2 reach the smallest and the largest numbers
define internal {NUMBERS} @exp({NUMBERS} %given) #0 {{
  %above = fcmp ogt {NUMBERS} %given, {number(710.0)}
  %capped = select {TRUTHS} %above, {NUMBERS} {number(710.0)}, {NUMBERS} %given
  %below = fcmp olt {NUMBERS} %capped, {number(-746.0)}
  %x = select {TRUTHS} %below, {NUMBERS} {number(-746.0)}, {NUMBERS} %capped
  %shifted = call {NUMBERS} @{intrinsic("fma")}({NUMBERS} %x, {NUMBERS} {number(1 / math.log(2))}, {NUMBERS} {rounder})
  %n = fsub {NUMBERS} %shifted, {rounder}
  %rest = call {NUMBERS} @{intrinsic("fma")}({NUMBERS} %n, {NUMBERS} {number(-LOG2_HIGH)}, {NUMBERS} %x)
  %r = call {NUMBERS} @{intrinsic("fma")}({NUMBERS} %n, {NUMBERS} {number(-LOG2_LOW)}, {NUMBERS} %rest)
{series.text()}
  %halfshifted = call {NUMBERS} @{intrinsic("fma")}({NUMBERS} %n, {NUMBERS} {number(0.5)}, {NUMBERS} {rounder})
  %nbits = bitcast {NUMBERS} %shifted to {WHOLES}
  %n1bits = bitcast {NUMBERS} %halfshifted to {WHOLES}
  %two = sub {WHOLES} %nbits, %n1bits
  %onebiased = sub {WHOLES} %n1bits, {whole(rounder_bits - 1023)}
  %twobiased = add {WHOLES} %two, {whole(1023)}
  %onebits = shl {WHOLES} %onebiased, {whole(52)}
  %twobits = shl {WHOLES} %twobiased, {whole(52)}
  %onefactor = bitcast {WHOLES} %onebits to {NUMBERS}
  %twofactor = bitcast {WHOLES} %twobits to {NUMBERS}
  %half = fmul {NUMBERS} {value}, %onefactor
  %result = fmul {NUMBERS} %half, %twofactor
  ret {NUMBERS} %result
}}
"""


def _log() -> str:
    series = Lines("p")
    terms = series.new(f"fmul {NUMBERS} %z, {series.polynomial('%z', LOG_SERIES)}")
    root = bits(math.sqrt(0.5))
    return f"""
; of a number of full length, x = 2^n (1 + f), f between sqrt(1/2) - 1 and sqrt(2) - 1; n is `shift` less
define internal {NUMBERS} @log_normal({NUMBERS} %x, {NUMBERS} %shift) #0 {{
  %bits = bitcast {NUMBERS} %x to {WHOLES}
  %beyond = sub {WHOLES} %bits, {whole(root)}
  %exponent = ashr {WHOLES} %beyond, {whole(52)}
  %power = shl {WHOLES} %exponent, {whole(52)}
  %mbits = sub {WHOLES} %bits, %power
  %m = bitcast {WHOLES} %mbits to {NUMBERS}
  %nbits = add {WHOLES} %exponent, {whole(bits(ROUNDER))}
  %nshifted = bitcast {WHOLES} %nbits to {NUMBERS}
  %n = fsub {NUMBERS} %nshifted, %shift
  %f = fsub {NUMBERS} %m, {number(1.0)}
  %under = fadd {NUMBERS} %f, {number(2.0)}
  %s = fdiv {NUMBERS} %f, %under
  %z = fmul {NUMBERS} %s, %s
{series.text()}
  %ff = fmul {NUMBERS} %f, %f
  %square = fmul {NUMBERS} %ff, {number(0.5)}
  %sum = fadd {NUMBERS} %square, {terms}
  %nlow = fmul {NUMBERS} %n, {number(LOG2_LOW)}
  %corrected = call {NUMBERS} @{intrinsic("fma")}({NUMBERS} %s, {NUMBERS} %sum, {NUMBERS} %nlow)
  %minus = fsub {NUMBERS} %square, %corrected
  %less = fsub {NUMBERS} %minus, %f
  %nhigh = fmul {NUMBERS} %n, {number(LOG2_HIGH)}
  %result = fsub {NUMBERS} %nhigh, %less
  ret {NUMBERS} %result
}}

define internal {NUMBERS} @log({NUMBERS} %x) #0 {{
entry:
  %long = fcmp oge {NUMBERS} %x, {number(2.0**-1022)}
  %finite = fcmp olt {NUMBERS} %x, {number(math.inf)}
  %ordinary = and {TRUTHS} %long, %finite
  %lanes = bitcast {TRUTHS} %ordinary to i{LANES}
  %all = icmp eq i{LANES} %lanes, -1
  br i1 %all, label %usual, label %rare, !prof !{{!"branch_weights", i32 1000, i32 1}}
usual:
  %found = call {NUMBERS} @log_normal({NUMBERS} %x, {NUMBERS} {number(ROUNDER)})
  br label %done
rare:
  %other = call {NUMBERS} @log_rare({NUMBERS} %x)
  br label %done
done:
  %result = phi {NUMBERS} [ %found, %usual ], [ %other, %rare ]
  ret {NUMBERS} %result
}}

; short numbers are lengthened by 54 bits
define internal {NUMBERS} @log_rare({NUMBERS} %x) #3 {{
  %short = fcmp olt {NUMBERS} %x, {number(2.0**-1022)}
  %raised = fmul {NUMBERS} %x, {number(2.0**54)}
  %normal = select {TRUTHS} %short, {NUMBERS} %raised, {NUMBERS} %x
  %shift = select {TRUTHS} %short, {NUMBERS} {number(ROUNDER + 54.0)}, {NUMBERS} {number(ROUNDER)}
  %finite = call {NUMBERS} @log_normal({NUMBERS} %normal, {NUMBERS} %shift)
  %infinite = fcmp oeq {NUMBERS} %x, {number(math.inf)}
  %atmost = select {TRUTHS} %infinite, {NUMBERS} {number(math.inf)}, {NUMBERS} %finite
  %zero = fcmp oeq {NUMBERS} %x, {number(0.0)}
  %atleast = select {TRUTHS} %zero, {NUMBERS} {number(-math.inf)}, {NUMBERS} %atmost
  %negative = fcmp ult {NUMBERS} %x, {number(0.0)}
  %result = select {TRUTHS} %negative, {NUMBERS} {number(math.nan)}, {NUMBERS} %atleast
  ret {NUMBERS} %result
}}
"""


_PLAIN = f"""
define internal {NUMBERS} @negative({NUMBERS} %a) #0 {{
  %result = fneg {NUMBERS} %a
  ret {NUMBERS} %result
}}

define internal {NUMBERS} @sqrt({NUMBERS} %a) #0 {{
  %result = call {NUMBERS} @{intrinsic("sqrt")}({NUMBERS} %a)
  ret {NUMBERS} %result
}}

; what is not a number stays so on either side, as in numpy
define internal {NUMBERS} @minimum({NUMBERS} %a, {NUMBERS} %b) #0 {{
  %less = fcmp olt {NUMBERS} %a, %b
  %smaller = select {TRUTHS} %less, {NUMBERS} %a, {NUMBERS} %b
  %lost = fcmp uno {NUMBERS} %a, %a
  %result = select {TRUTHS} %lost, {NUMBERS} %a, {NUMBERS} %smaller
  ret {NUMBERS} %result
}}

define internal {NUMBERS} @maximum({NUMBERS} %a, {NUMBERS} %b) #0 {{
  %more = fcmp ogt {NUMBERS} %a, %b
  %larger = select {TRUTHS} %more, {NUMBERS} %a, {NUMBERS} %b
  %lost = fcmp uno {NUMBERS} %a, %a
  %result = select {TRUTHS} %lost, {NUMBERS} %a, {NUMBERS} %larger
  ret {NUMBERS} %result
}}

; where nothing is lost that is not a number, since it is found otherwise
define internal {NUMBERS} @least({NUMBERS} %a, {NUMBERS} %b) #0 {{
  %less = fcmp olt {NUMBERS} %b, %a
  %result = select {TRUTHS} %less, {NUMBERS} %b, {NUMBERS} %a
  ret {NUMBERS} %result
}}

define internal {NUMBERS} @magnitude({NUMBERS} %a) #0 {{
  %result = call {NUMBERS} @{intrinsic("fabs")}({NUMBERS} %a)
  ret {NUMBERS} %result
}}

define internal {NUMBERS} @ratio({NUMBERS} %a, {NUMBERS} %b, {NUMBERS} %otherwise) #0 {{
  %zero = fcmp oeq {NUMBERS} %b, {number(0.0)}
  %quotient = fdiv {NUMBERS} %a, %b
  %result = select {TRUTHS} %zero, {NUMBERS} %otherwise, {NUMBERS} %quotient
  ret {NUMBERS} %result
}}

; of a negative base only whole powers are numbers, and the odd ones of them negative; the power 0 and the base 1 always
; give 1
define internal {NUMBERS} @raised_rare({NUMBERS} %base, {NUMBERS} %exponent, {NUMBERS} %usual) #3 {{
  %size = call {NUMBERS} @{intrinsic("fabs")}({NUMBERS} %base)
  %unit = fcmp oeq {NUMBERS} %size, {number(1.0)}
  %positive = select {TRUTHS} %unit, {NUMBERS} {number(1.0)}, {NUMBERS} %usual
  %floor = call {NUMBERS} @{intrinsic("floor")}({NUMBERS} %exponent)
  %whole = fcmp oeq {NUMBERS} %floor, %exponent
  %half = fmul {NUMBERS} %exponent, {number(0.5)}
  %halffloor = call {NUMBERS} @{intrinsic("floor")}({NUMBERS} %half)
  %even = fcmp oeq {NUMBERS} %halffloor, %half
  %turned = fneg {NUMBERS} %positive
  %signed = select {TRUTHS} %even, {NUMBERS} %positive, {NUMBERS} %turned
  %unbounded = fcmp oeq {NUMBERS} %size, {number(math.inf)}
  %broken = select {TRUTHS} %unbounded, {NUMBERS} %positive, {NUMBERS} {number(math.nan)}
  %ofnegative = select {TRUTHS} %whole, {NUMBERS} %signed, {NUMBERS} %broken
  %negative = fcmp olt {NUMBERS} %base, {number(0.0)}
  %either = select {TRUTHS} %negative, {NUMBERS} %ofnegative, {NUMBERS} %positive
  %nothing = fcmp oeq {NUMBERS} %exponent, {number(0.0)}
  %result = select {TRUTHS} %nothing, {NUMBERS} {number(1.0)}, {NUMBERS} %either
  ret {NUMBERS} %result
}}

define internal {NUMBERS} @power({NUMBERS} %base, {NUMBERS} %exponent) #0 {{
  %size = call {NUMBERS} @{intrinsic("fabs")}({NUMBERS} %base)
  %logarithm = call {NUMBERS} @log({NUMBERS} %size)
  %result = call {NUMBERS} @raised1({NUMBERS} %base, {NUMBERS} %exponent, {NUMBERS} %logarithm)
  ret {NUMBERS} %result
}}

declare {NUMBERS} @{intrinsic("sqrt")}({NUMBERS})
declare {NUMBERS} @{intrinsic("fabs")}({NUMBERS})
declare {NUMBERS} @{intrinsic("floor")}({NUMBERS})
declare {NUMBERS} @{intrinsic("fma")}({NUMBERS}, {NUMBERS}, {NUMBERS})

attributes #0 = {{ alwaysinline nounwind willreturn memory(none) }}
attributes #1 = {{ noinline nounwind willreturn }}
attributes #2 = {{ noinline nounwind }}
attributes #3 = {{ noinline cold nounwind willreturn memory(none) }}
"""


def _raised(powers: int) -> str:
    """The product of so many powers base^exponent, given the logarithms of their bases' magnitudes."""
    usual, rare = Lines("u"), Lines("r")
    names = [(f"%base{k}", f"%exponent{k}", f"%logarithm{k}") for k in range(powers)]
    products = [usual.new(f"fmul {NUMBERS} {exponent}, {logarithm}") for _, exponent, logarithm in names]
    total = products[0]
    for product in products[1:]:
        total = usual.new(f"fadd {NUMBERS} {total}, {product}")
    found = usual.new(f"call {NUMBERS} @exp({NUMBERS} {total})")
    ordinary = usual.new(f"fcmp ord {NUMBERS} {total}, {total}")
    for base, _, _ in names:
        notnegative = usual.new(f"fcmp oge {NUMBERS} {base}, {number(0.0)}")
        ordinary = usual.new(f"and {TRUTHS} {ordinary}, {notnegative}")
    other = ""
    for (base, exponent, _), product in zip(names, products, strict=True):
        alone = rare.new(f"call {NUMBERS} @exp({NUMBERS} {product})")
        power = rare.new(f"call {NUMBERS} @raised_rare({NUMBERS} {base}, {NUMBERS} {exponent}, {NUMBERS} {alone})")
        other = rare.new(f"fmul {NUMBERS} {other}, {power}") if other else power
    # Lanes that are ordinary have what they would have beside others that are.
    other = rare.new(f"select {TRUTHS} {ordinary}, {NUMBERS} {found}, {NUMBERS} {other}")
    arguments = ", ".join(f"{NUMBERS} {name}" for power in names for name in power)
    return f"""
define internal {NUMBERS} @raised{powers}({arguments}) #0 {{
entry:
{usual.text()}
  %lanes = bitcast {TRUTHS} {ordinary} to i{LANES}
  %all = icmp eq i{LANES} %lanes, -1
  br i1 %all, label %done, label %rare, !prof !{{!"branch_weights", i32 1000, i32 1}}
rare:
{rare.text()}
  br label %done
done:
  %result = phi {NUMBERS} [ {found}, %entry ], [ {other}, %rare ]
  ret {NUMBERS} %result
}}
"""


ARITHMETIC = "".join([_exp(), _log(), _PLAIN, *map(_raised, range(1, MOST_POWERS + 1)), TABLES])
