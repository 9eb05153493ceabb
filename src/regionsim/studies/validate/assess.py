"""All scores of a run against observations, and what they say: passed, failed or not testable."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from regionsim.place.counties import county_codes
from regionsim.results.indicator_catalogue import Indicator
from regionsim.results.indicators import indicator_array
from regionsim.studies.validate import scores
from regionsim.studies.validate.benchmarks import Benchmark, Forecast, forecasts
from regionsim.studies.validate.observations import Observation
from regionsim.studies.validate.pairs import Levels, Pairs, by_indicator, is_balance, is_share
from regionsim.studies.validate.scores import NotTestable

if TYPE_CHECKING:
    import xarray

Array = NDArray[np.float64]
Outcome = Literal["pass", "fail", "not testable"]

COUNTIES = "counties"  # the region of scores over all counties
LEAST_COUNTIES = 3  # for a median over counties that means more than one of them
LEAST_SKILL = 1e-6  # what is below is rounding: a tie with a benchmark beats nothing
EXPECTED_WITHIN = 0.95  # of observations within twice their uncertainty


@dataclass(frozen=True)
class Score:
    """One number over `n` rows (of medians: counties); nan where it is not testable, `why` saying so."""

    variable: str
    region: str
    name: str
    value: float
    n: int
    why: str = ""


@dataclass(frozen=True)
class Verdict:
    """One question with its answer, and the numbers behind it in words."""

    variable: str
    region: str
    name: str
    outcome: Outcome
    words: str


@dataclass(frozen=True)
class Assessment:
    """All about one indicator: its rows, the forecasts beside the model, scores by (region, name), and verdicts."""

    indicator: Indicator
    pairs: Pairs
    forecasts: Mapping[Benchmark, Forecast]
    scores: Mapping[tuple[str, str], Score]
    verdicts: tuple[Verdict, ...]

    @property
    def groups(self) -> list[str]:
        """The counties together where there are any, then every region that is no county."""
        regions = list(dict.fromkeys(self.pairs.regions.tolist()))
        inside = set(county_codes())
        together = [COUNTIES] if any(region in inside for region in regions) else []
        return together + [region for region in regions if region not in inside]


def levels_of(dataset: xarray.Dataset) -> Levels:
    """Every indicator of a run, the median over its members."""
    return Levels(indicator_array(dataset).reduce(np.median, "member").transpose("year", "region"))


def assess(observations: Sequence[Observation], levels: Levels) -> list[Assessment]:
    """Score every indicator that was observed after the base year, in rows for which the run has a value."""
    later = [row for row in observations if row.year > levels.base_year and levels.has(row)]
    return [_assessed(indicator, rows, levels) for indicator, rows in by_indicator(later).items()]


def _assessed(indicator: Indicator, rows: Sequence[Observation], levels: Levels) -> Assessment:
    said = forecasts(indicator, rows, levels)
    pairs = Pairs(
        regions=np.array([row.region for row in rows]),
        years=np.array([row.year for row in rows]),
        observed=np.array([row.value for row in rows]),
        modelled=np.array([levels.of(indicator, row.region, row.year) for row in rows]),
        base=np.array([levels.base(indicator, row.region) for row in rows]),
        uncertainty=np.array([row.uncertainty for row in rows]),
    )
    inside = np.isin(pairs.regions, county_codes())
    chosen = {COUNTIES: inside} if inside.any() else {}
    chosen |= {region: pairs.regions == region for region in dict.fromkeys(pairs.regions.tolist())}
    found = {
        (region, score.name): score
        for region, which in chosen.items()
        for score in _scores(
            indicator, region, pairs.where(which), {benchmark: each.where(which) for benchmark, each in said.items()}
        )
    }
    codes = [region for region in chosen if region in county_codes()]
    for score in _medians(indicator, codes, found):
        found[COUNTIES, score.name] = score
    assessment = Assessment(indicator, pairs, said, found, ())
    verdicts = tuple(each for group in assessment.groups for each in _verdicts(group, found))
    return replace(assessment, verdicts=verdicts)


def _scores(indicator: Indicator, region: str, pairs: Pairs, said: Mapping[Benchmark, Forecast]) -> list[Score]:
    modelled, observed, n = pairs.modelled, pairs.observed, len(pairs)
    ranged = pairs.where(np.isfinite(pairs.uncertainty))

    def score(name: str, count: int, compute: Callable[[], float]) -> Score:
        try:
            return Score(indicator.name, region, name, compute(), count)
        except NotTestable as why:
            return Score(indicator.name, region, name, math.nan, count, str(why))

    def with_uncertainty() -> tuple[Array, Array, Array]:
        if len(ranged) == 0:
            raise NotTestable("no row has a rel_uncertainty")
        return ranged.modelled, ranged.observed, ranged.uncertainty

    def z() -> Array:
        return scores.errors_in_uncertainties(*with_uncertainty())

    def weighted() -> float:
        return scores.weighted_mean_absolute_percentage_error(*with_uncertainty())

    def percentage() -> float:
        if is_balance(indicator):
            raise NotTestable("a balance of either sign has no percentage error")
        return scores.mean_absolute_percentage_error(modelled, observed)

    found = [
        score("mape", n, percentage),
        score("rmse", n, lambda: scores.root_mean_square_error(modelled, observed)),
        score("bias", n, lambda: scores.mean_error(modelled, observed)),
        score("theil_u", n, lambda: scores.theil_u(*_changes(indicator, pairs))),
        score("bias_share", n, lambda: scores.error_split(modelled, observed).bias),
        score("variance_share", n, lambda: scores.error_split(modelled, observed).variance),
        score("covariance_share", n, lambda: scores.error_split(modelled, observed).covariance),
    ]
    return [
        *found,
        *(
            score(f"skill_{benchmark.value}", int(forecast.known.sum()), partial(_skill, pairs, forecast))
            for benchmark, forecast in said.items()
        ),
        score("share_within_two_uncertainties", len(ranged), lambda: scores.share_within(z())),
        score("root_mean_square_z", len(ranged), lambda: scores.root_mean_square(z())),
        score("weighted_mape", len(ranged), weighted),
    ]


def _skill(pairs: Pairs, forecast: Forecast) -> float:
    if not forecast.known.any():
        raise NotTestable(forecast.missing)
    known = pairs.where(forecast.known)
    return scores.skill(known.modelled, forecast.values[forecast.known], known.observed)


def _changes(indicator: Indicator, pairs: Pairs) -> tuple[Array, Array]:
    """Modelled and observed change since the base year: relative to it, so that large counties count no more."""
    changes = (pairs.modelled - pairs.base, pairs.observed - pairs.base)
    if is_share(indicator) or is_balance(indicator):
        return changes
    if (pairs.base <= 0).any():
        raise NotTestable("a value of the base year is 0: nothing can be relative to it")
    return changes[0] / pairs.base, changes[1] / pairs.base


def _medians(indicator: Indicator, codes: Sequence[str], found: Mapping[tuple[str, str], Score]) -> list[Score]:
    """The median over counties of what each county scores by itself."""
    medians = []
    for name in ("mape", *(f"skill_{benchmark.value}" for benchmark in Benchmark)):
        values = [found[code, name].value for code in codes if not math.isnan(found[code, name].value)]
        if values:
            medians.append(
                Score(indicator.name, COUNTIES, f"median_county_{name}", float(np.median(values)), len(values))
            )
        elif codes:
            why = found[COUNTIES, name].why or found[codes[0], name].why
            medians.append(Score(indicator.name, COUNTIES, f"median_county_{name}", math.nan, 0, why))
    return medians


def _verdicts(group: str, found: Mapping[tuple[str, str], Score]) -> list[Verdict]:
    """Every test of the counties together, or of one larger region."""
    prefix, of = ("median_county_", "median county") if group == COUNTIES else ("", "region")
    verdicts = []
    for benchmark in Benchmark:
        score = found[group, f"{prefix}skill_{benchmark.value}"]
        few = group == COUNTIES and 0 < score.n < LEAST_COUNTIES
        why = f"{score.n} of at least {LEAST_COUNTIES} counties" if few else score.why
        verdicts.append(
            _verdict(score, f"beats_{benchmark.value}", score.value > LEAST_SKILL, why, f"skill of the {of} above 0")
        )
    u, within = found[group, "theil_u"], found[group, "share_within_two_uncertainties"]
    verdicts.append(_verdict(u, "better_than_no_change", u.value < 1, u.why, "Theil's U below 1"))
    expected = f"{EXPECTED_WITHIN:.0%} within twice the uncertainty"
    verdicts.append(_verdict(within, "within_uncertainty", within.value >= EXPECTED_WITHIN, within.why, expected))
    return verdicts


def _verdict(score: Score, name: str, passed: bool, why: str, expected: str) -> Verdict:
    if why:
        return Verdict(score.variable, score.region, name, "not testable", why)
    words = f"found {score.value:.4g}; expected {expected}"
    return Verdict(score.variable, score.region, name, "pass" if passed else "fail", words)
