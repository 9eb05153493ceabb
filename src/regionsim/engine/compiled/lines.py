"""Lines of LLVM text that make one value after the other."""

from __future__ import annotations

from collections.abc import Sequence

from regionsim.engine.compiled.lanes import NUMBERS, intrinsic, number


class Lines:
    """Lines of a function of one number, each of which makes a value."""

    def __init__(self, stem: str) -> None:
        self.stem, self.lines = stem, list[str]()

    def new(self, text: str) -> str:
        name = f"%{self.stem}{len(self.lines)}"
        self.lines.append(f"  {name} = {text}")
        return name

    def fused(self, one: str, other: str, added: str) -> str:
        """one x other + added, rounded once: the same on every machine, unlike a contraction."""
        return self.new(f"call {NUMBERS} @{intrinsic('fma')}({NUMBERS} {one}, {NUMBERS} {other}, {NUMBERS} {added})")

    def polynomial(self, variable: str, coefficients: Sequence[float]) -> str:
        """By halves of halves (Estrin): short chains, so that the processor works at several links at once."""
        terms, power = [number(c) for c in coefficients], variable
        while True:
            joined = [
                self.fused(terms[k + 1], power, terms[k]) if k + 1 < len(terms) else terms[k]
                for k in range(0, len(terms), 2)
            ]
            if len(joined) == 1:
                return joined[0]
            terms, power = joined, self.new(f"fmul {NUMBERS} {power}, {power}")

    def text(self) -> str:
        return "\n".join(self.lines)
