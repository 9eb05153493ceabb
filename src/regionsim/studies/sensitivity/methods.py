"""Which analysis a design is made for, what it needs, and when what it gives may be quoted."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from regionsim.problems import Problem, ProblemsError
from regionsim.studies.sensitivity import morris, one_at_a_time, pawn, sobol
from regionsim.studies.sensitivity.indices import Indices
from regionsim.studies.sweep.study import Study

Array = NDArray[np.float64]

EXTRA = "pip install 'regionsim[sensitivity]'"
# Intervals wider than this are not to be quoted: of shares as they are, of effects as a part of the largest.
WIDEST_SHARE, WIDEST_EFFECT = 0.1, 0.25
SHARES = ("total_order", "first_order", "delta")
IN_UNITS = ("mu_star", "mu", "sigma", "swing", "at_low", "at_high")
WORDS = {
    "total_order": "total order",
    "first_order": "first order",
    "mu_star": "mean absolute effect",
    "mu": "mean effect",
    "sigma": "standard deviation",
    "pawn": "PAWN",
    "pawn_maximum": "PAWN, maximum",
    "delta": "delta",
    "swing": "range",
    "at_low": "at the low end",
    "at_high": "at the high end",
}


@dataclass(frozen=True)
class Method:
    """An analysis: what its `indices` are, in words and in number, and how many of its `rows` it takes at least."""

    name: str
    about: str
    rows: str
    least: int
    indices: int
    needs_salib: bool


SOBOL = Method(
    "Sobol' indices",
    "the share of the variance that a factor makes with all its interactions (total order) and alone (first order)",
    "rows",
    sobol.LEAST_ROWS,
    len(sobol.NAMES),
    False,
)
MORRIS = Method(
    "Morris screening",
    "what a factor changes over its whole range: the mean of the absolute effects (mu*), their mean (mu) and spread "
    "(sigma)",
    "trajectories",
    morris.LEAST_TRAJECTORIES,
    len(morris.NAMES),
    False,
)
SAMPLED = Method(
    "PAWN and delta",
    "how far the distribution of the output moves where a factor is known (PAWN by ranks, delta by densities; 0 to 1)",
    "members",
    pawn.LEAST_MEMBERS,
    len(pawn.NAMES) + 1,
    True,
)
TORNADO = Method(
    "one factor at a time",
    "the change at either end of a factor, all others unchanged",
    "members",
    1,
    len(one_at_a_time.NAMES),
    False,
)
METHODS = {
    "saltelli": SOBOL,
    "morris": MORRIS,
    "one-at-a-time": TORNADO,
    **dict.fromkeys(("latin-hypercube", "sobol", "monte-carlo", "posterior"), SAMPLED),
}


def method_of(study: Study) -> Method:
    """The analysis of a study, before any member is simulated.

    Raises ProblemsError for a design that none is made for, one that is too small, and a library that is missing.
    """
    design = study.design
    method = METHODS.get(design.kind)
    if method is None:
        what = f"no analysis of sensitivity for a design of the kind '{design.kind}'"
        raise ProblemsError([Problem(study.file, study.design_line, what, "", f"one of {', '.join(METHODS)}")])
    if method.needs_salib and find_spec("SALib") is None:
        what = f"a package for {method.name} is not installed"
        raise ProblemsError([Problem(study.file, study.design_line, what, "", f"SALib: {EXTRA}")])
    rows = row_count(study)
    if rows < method.least:
        what = f"too few {method.rows} for {method.name}"
        raise ProblemsError([Problem(study.file, study.design_line, what, str(rows), f"{method.least} or more")])
    return method


def row_count(study: Study) -> int:
    """How many rows, trajectories or members there are, of which one that fails takes away no other."""
    design = study.design
    if design.kind == "saltelli":
        return design.members or 0
    if design.kind == "morris":
        return design.trajectories or 0
    return study.members


def quotable(found: Indices) -> Array:
    """1 where an index may be quoted and 0 where not, (index, factor, output); nan where nothing says so.

    An interval must not be too wide, and PAWN must be above what chance makes of a factor that does nothing.
    """
    made = np.full_like(found.values, np.nan)
    for k, name in enumerate(found.names):
        known = np.isfinite(found.values[k])
        if name in SHARES:
            made[k] = np.where(known, found.width[k] <= WIDEST_SHARE, np.nan)
        elif name == "mu_star" and known.any():
            largest = np.max(np.where(known, found.values[k], 0.0), axis=0)
            made[k] = np.where(known, found.width[k] <= WIDEST_EFFECT * largest, np.nan)
        elif name == "pawn":
            high = np.array([pawn.noise(int(used))[1] if used else np.nan for used in found.used])
            made[k] = np.where(known, found.values[k] > high, np.nan)
    return made
