"""What to call a factor where people read."""

from __future__ import annotations

from regionsim.scenarios.drawn import Drawn
from regionsim.studies.model import evidence
from regionsim.studies.sweep.factors import Factor


def factor_name(factor: Factor) -> str:
    """A short name in words: "capital elasticity (industry)", "border, friction"."""
    if factor.is_lever:
        return ", ".join(part.replace("_", " ").replace("-", " ") for part in factor.key.split("."))
    one = Drawn.of(factor.key)
    name = one.name.replace("_", " ")
    return f"{name} ({', '.join(one.labels)})" if one.labels else name


def factor_about(factor: Factor) -> str:
    """What it is and what was drawn of it, in one line."""
    drawn = _drawn(factor)
    if factor.is_lever:
        return drawn
    return f"{evidence()[Drawn.of(factor.key).name].about} {drawn}"


def _drawn(factor: Factor) -> str:
    if factor.prior is None:
        return f"Drawn from {', '.join(str(value) for value in factor.values)}."
    prior = factor.prior
    unit = "times its value" if prior.is_factor else prior.unit if prior.unit != "dimensionless" else ""
    return f"Drawn from {prior.low:g} to {prior.high:g} {unit}".rstrip() + f", {prior.shape}."
