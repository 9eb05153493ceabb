"""Rankings: does the order of the policies change within the uncertainty of the parameters?"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.stats import kendalltau, rankdata

from regionsim.figures.rank_shares import RankShares, rank_shares
from regionsim.results.dataset import to_dataset
from regionsim.results.indicator_catalogue import find_indicator
from regionsim.results.indicators import indicator_array
from regionsim.results.targets import ZONE
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.dossier.members import simulate_members
from regionsim.studies.dossier.result import Cell, Column, Finding, Illustration, Table, passed
from regionsim.studies.dossier.setting import OUTPUTS, Setting
from regionsim.studies.dossier.uncertainty import Uncertainty
from regionsim.studies.run import attributes_of

Array = NDArray[np.float64]

# What somebody could decide on. What happened (as-built), what falls upon the zone (lithium, births) and the bound
# that nobody proposes (borderless) are no alternatives to each other.
POLICIES = (
    *("base", "plan", "no-cooperation", "full-cooperation"),
    *("transport-first", "industry-first", "ecology-first", "services-first"),
    *("no-compensation", "double-compensation", "railway-delayed"),
)
RANKED = ("urbanization_rate", "forest_cover", "output_per_person", "population")
LEAST_FIRST = 0.9
LEAST_TAU = 0.8
FEWEST = 2


def policy_rankings(setting: Setting) -> Finding:
    """Rank the policies by four indicators of the zone in the last year, in every draw, the highest first."""
    names = [name for name in POLICIES if name in setting.scenarios]
    if len(names) < FEWEST:
        return Finding("not testable", (f"{len(names)} policies among the scenarios: nothing can be ranked.",))
    jobs = [setting.scenarios[name] for name in names]
    values = np.stack([np.concatenate(parts) for _, parts in setting.over_members(at_the_end, jobs)])
    central = np.array(
        [[float(setting.runs[name].indicators[each].sel(region=ZONE)[0, -1]) for each in RANKED] for name in names]
    )
    rows: list[tuple[Cell, ...]] = []
    agreement: list[tuple[Cell, ...]] = []
    shares: list[RankShares] = []
    stable = True
    for k, name in enumerate(RANKED):
        own = ranks(central[:, k])
        drawn = np.stack([ranks(values[:, member, k]) for member in range(values.shape[1])])  # (member, policy)
        taus = np.array([float(kendalltau(central[:, k], values[:, m, k]).statistic) for m in range(len(drawn))])
        first = int(np.argmin(own))
        first_again = float((drawn[:, first] == 1).mean())
        stable &= first_again >= LEAST_FIRST and float(np.median(taus)) >= LEAST_TAU
        low, middle, high = np.percentile(taus, (5, 50, 95))
        agreement.append((name, names[first], 100 * first_again, middle, low, high))
        order = np.argsort(own)
        indicator = find_indicator(name)
        for p in order:
            spread = np.percentile(values[p, :, k], (5, 95)) * indicator.shown_factor
            rows.append(
                (name, names[p], own[p], central[p, k] * indicator.shown_factor, *map(float, spread))
                + (indicator.shown_unit, float(drawn[:, p].mean()), *map(float, np.percentile(drawn[:, p], (5, 95))))
            )
        counted = np.stack([(np.round(drawn) == place + 1).mean(axis=0) for place in range(len(names))], axis=1)
        shares.append(RankShares(indicator.label, tuple(names[p] for p in order), counted[order]))
    members, origin = setting.uncertainty.members, setting.uncertainty.origin
    over = f"{members} draws from the {origin}"
    middles = [float(row[3] or 0) for row in agreement]
    weakest = min(agreement, key=lambda row: float(row[2] or 0))
    return Finding(
        passed(stable),
        (
            f"Over {over} the first of {len(names)} policies stays first in {weakest[2]:.0f} % of the draws where this "
            f"is least ({weakest[0]}); the median of Kendall's tau lies between {min(middles):.2f} and "
            f"{max(middles):.2f}.",
        ),
        (
            Table(
                "Agreement of each draw's order with that of the central run",
                (Column("indicator"), Column("first in the central run"), Column("first again in", "%", ".0f"))
                + (Column("median tau", "", ".2f"), Column("5th percentile", "", ".2f"))
                + (Column("95th percentile", "", ".2f"),),
                tuple(agreement),
            ),
            Table(
                "Values and ranks of the zone in the last year",
                (Column("indicator"), Column("policy"), Column("central rank", "", ".0f"))
                + (Column("central value", "", ",.6g"), Column("5th percentile", "", ",.6g"))
                + (Column("95th percentile", "", ",.6g"), Column("unit"), Column("mean rank", "", ".1f"))
                + (Column("rank, 5th percentile", "", ".0f"), Column("rank, 95th percentile", "", ".0f")),
                tuple(rows),
            ),
        ),
        (
            Illustration(
                "rankings",
                f"How often each policy takes each rank, {over}",
                partial(rank_shares, tuple(shares), over),
            ),
        ),
        limits=(
            "Higher is ranked first for all four, which is an order and no judgement of what is better. Every policy "
            "is run with the same draws, so that differences between policies, and not levels, decide the ranks.",
        ),
    )


def ranks(values: Array) -> Array:
    """Ranks from 1, the highest first; equal values share the mean of their ranks."""
    return np.asarray(rankdata(-values), dtype=np.float64)


def at_the_end(uncertainty: Uncertainty, scenario: Scenario) -> Array:
    """The ranked indicators of the zone in the last year: (member, indicator)."""
    trajectory = simulate_members(uncertainty, scenario, OUTPUTS)
    array = indicator_array(to_dataset(trajectory, attributes_of(scenario)))
    return np.stack([array[name].sel(region=ZONE).values[:, -1] for name in RANKED], axis=1)
