"""Inputs of compensation: the terms of every agreement over the agreement axis, and who takes part in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Constant, Path
from regionsim.place.agreements import (
    AGREEMENTS_FILE,
    LUSHUI_RENEWAL,
    MARKET_COMPENSATION,
    PARTIES_FILE,
    STANDING,
    Agreement,
    load_agreements,
)
from regionsim.place.cohorts import BASE_YEAR, last_year
from regionsim.place.counties import county_codes, load_counties
from regionsim.place.estimate import worst_quality
from regionsim.place.rivers import reach_keys

MONTHS_PER_YEAR = 12
# Half a million to one and a half a month under the Lushui agreement, whose price was derived and not read.
PRICE_RANGE = (0.6, 1.8)
SOURCE = "place/data/agreements.csv"
YEARLY_CLEARING = "eco_compensation.csv LS1: monthly accounting, yearly clearing"


def compensation_inputs(agreements: Sequence[Agreement] | None = None, base_year: int = BASE_YEAR) -> list[AnyInput]:
    """The terms of `agreements` (those of the data where None) as inputs; a scenario changes terms by replacing them.

    Over (agreement,): agreement_price and agreement_award in million CNY_2020/year, agreement_bonus,
    agreement_start, agreement_end, agreement_signed in model years, and the step path agreement_renewed, the date
    of the last signing. 0 or 1 over (agreement,): agreement_standing, agreement_of_lushui_renewal,
    agreement_of_market_compensation, agreement_asks_class_two, agreement_across_border; over (reach, agreement):
    agreement_section; over (county, agreement): upstream_county, with the shares upstream_share and downstream_share.
    Without axes: accounting_year and the step paths year_end and even_year, the years that all accounts follow.
    """
    terms = load_agreements() if agreements is None else tuple(agreements)
    quality = worst_quality(term.quality for term in terms)

    def constant(name: str, about: str, unit: str, over: tuple[str, ...], values: NDArray[np.float64]) -> Constant:
        return Constant(
            name=name,
            about=about,
            unit=unit,
            over=over,
            quality=quality,
            source=SOURCE if over == ("agreement",) else "place/data/agreement_counties.csv",
            file=AGREEMENTS_FILE if over == ("agreement",) else PARTIES_FILE,
            values=full_rank(values, over),
        )

    def term(name: str, about: str, unit: str, value: Callable[[Agreement], float]) -> Constant:
        return constant(name, about, unit, ("agreement",), np.array([float(value(each)) for each in terms]))

    money, no_unit = "million CNY_2020/year", "dimensionless"
    upstream = _shares([each.upstream for each in terms])
    downstream = _shares([each.downstream for each in terms])
    section = np.array([[float(each.reach == reach) for each in terms] for reach in reach_keys()])
    return [
        replace(
            term(
                "agreement_price",
                "What a year with every month at the agreed class earns.",
                money,
                lambda each: each.price * MONTHS_PER_YEAR,
            ),
            low=PRICE_RANGE[0],
            high=PRICE_RANGE[1],
            range_shape="triangular",
            range_kind="factor",
        ),
        term("agreement_award", "Award of the own province in such a year.", money, lambda each: each.award),
        term(
            "agreement_bonus",
            "Part of the price that a month a class better adds.",
            no_unit,
            lambda each: each.bonus,
        ),
        term("agreement_start", "Model year in which an agreement begins.", "year", lambda each: each.start),
        term("agreement_end", "Model year in which an agreement ends.", "year", lambda each: each.end),
        term(
            "agreement_signed",
            "Model year in which an agreement was signed for the first time, in its first round.",
            "year",
            lambda each: each.first_signed,
        ),
        _renewed(terms),
        term(
            "agreement_standing",
            "1 where an agreement stood in 2020.",
            no_unit,
            lambda each: each.brought_by == STANDING,
        ),
        term(
            "agreement_of_lushui_renewal",
            "1 where the renewal of the Lushui agreement brings it about.",
            no_unit,
            lambda each: each.brought_by == LUSHUI_RENEWAL,
        ),
        term(
            "agreement_of_market_compensation",
            "1 where the search for further compensation brings it about.",
            no_unit,
            lambda each: each.brought_by == MARKET_COMPENSATION,
        ),
        term(
            "agreement_asks_class_two",
            "1 where the agreed class is II, 0 where it is III.",
            no_unit,
            lambda each: each.target_class == "II",
        ),
        term(
            "agreement_across_border",
            "1 where an agreement has counties of both provinces.",
            no_unit,
            lambda each: len({county.province for county in load_counties() if county.code in each.counties}) > 1,
        ),
        constant(
            "agreement_section",
            "1 for the reach whose section an agreement looks at.",
            no_unit,
            ("reach", "agreement"),
            section,
        ),
        constant(
            "upstream_county",
            "1 for counties upstream in an agreement.",
            no_unit,
            ("county", "agreement"),
            (upstream > 0).astype(np.float64),
        ),
        constant(
            "upstream_share",
            "Share of a county in what its side receives or owes upstream.",
            no_unit,
            ("county", "agreement"),
            upstream,
        ),
        constant(
            "downstream_share",
            "Share of a county in what its side pays or is owed downstream; the rest falls on province and city.",
            no_unit,
            ("county", "agreement"),
            downstream,
        ),
        *_accounting_year(base_year),
    ]


def _accounting_year(base_year: int) -> list[AnyInput]:
    """The years of accounts: the length of their year, when it ends, and which of the two accounts it writes."""
    years = np.arange(base_year, last_year(base_year) + 1, dtype=np.float64)

    def said(name: str, about: str, unit: str, values: NDArray[np.float64]) -> Path:
        return Path(
            name=name,
            about=about,
            unit=unit,
            quality="official",
            source=YEARLY_CLEARING,
            file=AGREEMENTS_FILE,
            years=years,
            values=np.stack([full_rank(value, ()) for value in values]),
            kind="step",
        )

    return [
        Constant(
            name="accounting_year",
            about="Length of the year of accounts.",
            unit="year",
            quality="official",
            source=YEARLY_CLEARING,
            file=AGREEMENTS_FILE,
            values=full_rank(1.0, ()),
        ),
        said("year_end", "End of the model year that a step lies in.", "year", years + 1),
        said("even_year", "1 in even model years, 0 in odd ones.", "dimensionless", 1 - years % 2),
    ]


def _shares(by_agreement: list[dict[str, float]]) -> NDArray[np.float64]:
    return np.array([[shares.get(code, 0.0) for shares in by_agreement] for code in county_codes()])


def _renewed(terms: Sequence[Agreement]) -> Path:
    """The date of the last signing of each agreement, as a step path over all dates of signing."""
    dates = [np.array(each.renewals()) for each in terms]
    years = np.unique(np.concatenate(dates))
    # Before an agreement is signed its first date stands in: it is not in force then.
    values = np.array(
        [[own[max(int(np.searchsorted(own, year, side="right")) - 1, 0)] for own in dates] for year in years]
    )
    return Path(
        name="agreement_renewed",
        about="Model year in which an agreement was last signed.",
        unit="year",
        over=("agreement",),
        quality=worst_quality(each.quality for each in terms),
        source=SOURCE,
        file=AGREEMENTS_FILE,
        years=years,
        values=np.stack([full_rank(row, ("agreement",)) for row in values]),
        kind="step",
    )
