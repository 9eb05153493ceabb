"""Inputs of the base year's public money: own revenue over output, and transfers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Constant
from regionsim.place.estimate import Estimate, worst_quality
from regionsim.place.public_budgets import BASE_YEAR, FILE, base_transfers, own_revenue_shares, transfers_of

STANDARD = "standard_revenue_share"
EQUALIZATION = "equalization_share"
NET_BORROWING = "net_borrowing_share"


def public_finance_inputs(
    parameters: Mapping[str, AnyInput],
    evidence: Mapping[str, AnyInput] | None = None,
    base_year: int = BASE_YEAR,
) -> list[AnyInput]:
    """own_revenue_share (county; dimensionless) and base_transfers (county; million CNY_2020/year), full rank.

    The budgets of the base year are worked out with `standard_revenue_share`, `equalization_share` and
    `net_borrowing_share` of the `evidence` (the parameters themselves where None): a scenario that changes
    them does so from then on.
    """
    known = parameters if evidence is None else evidence
    standard = _parameter(known[STANDARD])
    shares = own_revenue_shares(standard)
    base = transfers_of(
        base_transfers(standard, _parameter(known[EQUALIZATION]).value, _parameter(known[NET_BORROWING]).value),
        base_year,
    )
    earlier = "" if base_year == BASE_YEAR else "per resident those of 2020 moved with the zone's output per resident: "
    return [
        _input(
            "own_revenue_share",
            "Own general budget revenue over output in 2020; Pingxiang's counties with their prefecture's level.",
            "dimensionless",
            list(shares.values()),
            f"published budgets of 2018-2021 where they exist; else parameter:{STANDARD}",
        ),
        _input(
            "base_transfers",
            f"Transfers that a county received in {base_year}, taxes returned included.",
            "million CNY_2020/year",
            list(base.transfers.values()),
            f"{earlier}published spending less own revenue and net borrowing; else by a need per resident pooled over "
            f"the counties with published spending, {base.need_per_resident.value * 1e6:.0f} "
            f"({base.need_per_resident.low * 1e6:.0f}-{base.need_per_resident.high * 1e6:.0f}) CNY",
        ),
    ]


def _input(name: str, about: str, unit: str, estimates: Sequence[Estimate], source: str) -> Constant:
    return Constant(
        name=name,
        about=about,
        unit=unit,
        over=("county",),
        quality=worst_quality(["derived", *(estimate.quality for estimate in estimates)]),
        source=source,
        file=FILE,
        values=full_rank([estimate.value for estimate in estimates], ("county",)),
    )


def _parameter(given: AnyInput) -> Estimate:
    if not isinstance(given, Constant) or given.values.size != 1:
        raise TypeError(f"parameter '{given.name}' must be a single number")
    value = float(given.values.reshape(()))
    return Estimate(
        value=value,
        low=value if given.low is None else given.low,
        high=value if given.high is None else given.high,
        quality=given.quality,
        source=given.source,
        year=BASE_YEAR,
    )
