"""What to call a factor where people read."""

from __future__ import annotations

from regionsim.figures.words import bracketed, called, clauses, in_chinese, joined, variable_words
from regionsim.scenarios.drawn import Drawn
from regionsim.scenarios.measures import load_measures
from regionsim.studies.model import evidence
from regionsim.studies.sweep.factors import Factor


def factor_name(factor: Factor) -> str:
    """A short name in words: "capital elasticity (industry)", "border, friction".

    In a Chinese drawing what has a Chinese name is in Chinese: measures, levers and the elements of an axis.
    """
    if factor.is_lever:
        return clauses([_part_name(part) for part in factor.key.split(".")])
    one = Drawn.of(factor.key)
    name = variable_words(one.name)
    return bracketed(name, joined([called(label) for label in one.labels])) if one.labels else name


def _part_name(part: str) -> str:
    """A word of a lever's path; a measure of the plan in a Chinese drawing by number and title."""
    titles = {each.name: f"{each.number} {each.title_zh}" for each in load_measures()} if in_chinese() else {}
    return titles.get(part) or called(part.replace("_", " ").replace("-", " "))


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
