"""Compensation by hand: agreements of 10 million a year between counties upstream and downstream."""

from __future__ import annotations

import pytest
from hand import Case, array, case, county

from regionsim.equations import compensation
from regionsim.language.axes import full_rank

LN2 = 0.6931471805599453


def agreement(*values: float):
    """One number per agreement."""
    return array({"agreement": len(values)}, values)


def county_agreement(rows: list[list[float]]):
    """A row per county, a number per agreement in it."""
    return full_rank(rows, ("county", "agreement"))


# Two counties upstream of the first two agreements, in parts of 0.75 and 0.25; the third lies downstream of both and
# bears 0.4. Of the third agreement the third county is upstream and the first downstream.
UPSTREAM = county_agreement([[0.75, 0.75, 0], [0.25, 0.25, 0], [0, 0, 1]])
DOWNSTREAM = county_agreement([[0, 0, 1], [0, 0, 0], [0.4, 0.4, 0]])

FORCE = [
    # The first stood in 2020, the second is renewed at 0.75 x 1 + 0.25 x 0.2, the third is sought at half effort.
    case(
        compensation.agreement_strength,
        agreement(1, 0.8, 0.5),
        agreement_standing=agreement(1, 0, 0),
        agreement_of_lushui_renewal=agreement(0, 1, 0),
        lushui_agreement_effort=county(1, 0.2, 0),
        agreement_of_market_compensation=agreement(0, 0, 1),
        market_compensation_effort=county(0, 0, 0.5),
        upstream_share=UPSTREAM,
    ),
    # Within its period, from its very start, over at its end, not yet begun.
    case(
        compensation.agreement_in_force,
        agreement(0.8, 0.8, 0, 0),
        agreement_strength=0.8,
        agreement_start=agreement(2019, 2022, 2019, 2023),
        agreement_end=agreement(2025, 2025, 2022, 2025),
        step_start=2022,
    ),
    # Three years after signing an eighth is left; a renewal two years ago took back half of what had faded, of which a
    # quarter is left; what is signed later has not faded.
    case(
        compensation.agreement_freshness,
        agreement(0.125, 0.1875, 1),
        time=2023,
        agreement_signed=agreement(2020, 2020, 2025),
        agreement_renewed=agreement(2020, 2021, 2025),
        renewal_reset_share=0.5,
        stake_decay_rate=LN2,
    ),
    # The first lies within a province. Across the border budgets achieve 0.75 x 1.2 + 0.25 x 0.8 of what they did in
    # 2020, and what the third county alone makes of the third agreement, 0.9.
    case(
        compensation.agreement_cooperation,
        agreement(1, 1.1, 0.9),
        agreement_across_border=agreement(0, 1, 1),
        fiscal_cooperation=county(1.2, 0.8, 0.9),
        upstream_share=UPSTREAM,
    ),
    case(
        compensation.agreement_stake,
        agreement(0.5, 0, 0.4),
        agreement_in_force=agreement(0.8, 0, 0.8),
        agreement_freshness=0.5,
        agreement_cooperation=agreement(1.25, 1.25, 1),
    ),
    case(
        compensation.signed_stake,
        county(0.7, 0.5, 0),
        agreement_stake=agreement(0.5, 0.2),
        upstream_county=county_agreement([[1, 1], [1, 0], [0, 0]]),
    ),
    # The first agreement is met in every month, the second missed in three quarters of them.
    case(
        compensation.stake,
        county(0.775, 0.5, 0),
        agreement_stake=agreement(0.5, 0.2),
        upstream_county=county_agreement([[1, 1], [1, 0], [0, 0]]),
        agreement_met_share=agreement(1, 0.25),
        missed_month_response=0.5,
    ),
]

EARNED = [
    # The first looks at the upper section and asks for III, the second at the lower and asks for II.
    case(
        compensation.agreement_met_share,
        agreement(0.9, 0.4),
        good_water_share=array({"reach": 2}, [0.9, 0.7]),
        excellent_water_share=array({"reach": 2}, [0.6, 0.4]),
        agreement_section=array({"reach": 2, "agreement": 2}, [[1, 0], [0, 1]]),
        agreement_asks_class_two=agreement(0, 1),
    ),
    case(
        compensation.agreement_better_share,
        agreement(0.6, 0),
        excellent_water_share=array({"reach": 2}, [0.6, 0.4]),
        agreement_section=array({"reach": 2, "agreement": 2}, [[1, 0], [0, 1]]),
        agreement_asks_class_two=agreement(0, 1),
    ),
    # 10 % more in the first county and 10 % less in the second, then the same with the shares exchanged; no forest
    # ever was; threefold.
    case(
        compensation.agreement_forest_change,
        agreement(0.05, -0.05, 0, 1),
        forest_area=county(110, 90, 0, 300),
        initial_forest_area=county(100, 100, 0, 100),
        upstream_share=county_agreement([[0.75, 0.25, 0, 0], [0.25, 0.75, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]),
    ),
    # Met and better in all months; met in 0.9 and better in 0.6; never met; not in force; with weight on the forest.
    case(
        compensation.agreement_accrual,
        agreement(15, 11, -10, 0, 10.2),
        agreement_in_force=agreement(1, 1, 1, 0, 1),
        agreement_price=10,
        agreement_met_share=agreement(1, 0.9, 0, 1, 1),
        agreement_bonus=0.5,
        agreement_better_share=agreement(1, 0.6, 0, 1, 0),
        forest_criterion_weight=agreement(0, 0, 0, 0, 0.2),
        agreement_forest_change=0.1,
    ),
]

SETTLED = [
    *(
        case(
            equation,
            agreement(8, -4) if open_at_start else agreement(0, 0),
            initial_agreement_accrual=agreement(8, -4),
            accounting_year=1,
            even_year=even_year,
        )
        for equation, even_year, open_at_start in (
            (compensation.base_earned_in_even_years, 0, True),
            (compensation.base_earned_in_even_years, 1, False),
            (compensation.base_earned_in_odd_years, 0, False),
            (compensation.base_earned_in_odd_years, 1, True),
        )
    ),
    *(
        case(
            equation,
            agreement(8, -4) if written else agreement(0, 0),
            agreement_accrual=agreement(8, -4),
            even_year=even_year,
        )
        for equation, even_year, written in (
            (compensation.accrual_in_even_years, 1, True),
            (compensation.accrual_in_even_years, 0, False),
            (compensation.accrual_in_odd_years, 0, True),
            (compensation.accrual_in_odd_years, 1, False),
        )
    ),
    # 6 are left in the middle of the year, which began with 12; nothing is paid of the year that is still written.
    case(
        compensation.settlement_for_even_years,
        agreement(12, -8),
        earned_in_even_years=agreement(6, -4),
        year_end=2024,
        time=2023.5,
        even_year=0,
    ),
    case(
        compensation.settlement_for_even_years,
        agreement(0, 0),
        earned_in_even_years=agreement(6, -4),
        year_end=2023,
        time=2022.5,
        even_year=1,
    ),
    case(
        compensation.settlement_for_odd_years,
        agreement(12, -8),
        earned_in_odd_years=agreement(6, -4),
        year_end=2023,
        time=2022.5,
        even_year=1,
    ),
    # The last stage of a step of the Runge-Kutta method lies on the end of the year, when nothing is left.
    case(
        compensation.settlement_for_odd_years,
        agreement(0, 0),
        earned_in_odd_years=agreement(0, 0),
        year_end=2023,
        time=2023,
        even_year=1,
    ),
    case(
        compensation.agreement_settlement,
        agreement(12, -8),
        settlement_for_even_years=agreement(12, 0),
        settlement_for_odd_years=agreement(0, -8),
    ),
    # The first is paid by downstream, the second, missed, by upstream, the third by the first county alone.
    case(
        compensation.agreement_paid,
        county_agreement([[0, 3, 2], [0, 1, 0], [3.2, 0, 0]]),
        agreement_settlement=agreement(8, -4, 2),
        upstream_share=UPSTREAM,
        downstream_share=DOWNSTREAM,
    ),
    case(
        compensation.agreement_received,
        county_agreement([[6, 0, 0], [2, 0, 0], [0, 1.6, 2]]),
        agreement_settlement=agreement(8, -4, 2),
        upstream_share=UPSTREAM,
        downstream_share=DOWNSTREAM,
    ),
    # What is paid and received by counties above is 3.2 and 8, then 4 and 1.6.
    case(
        compensation.higher_level_paid,
        agreement(4.8, 0, 0),
        agreement_settlement=agreement(8, -4, 2),
        downstream_share=DOWNSTREAM,
    ),
    case(
        compensation.higher_level_received,
        agreement(0, 2.4, 0),
        agreement_settlement=agreement(8, -4, 2),
        downstream_share=DOWNSTREAM,
    ),
    # 36 million at full strength and 0.9 of the months.
    case(
        compensation.provincial_award,
        county(24.3, 8.1, 0),
        agreement_in_force=agreement(1, 0, 1),
        agreement_award=agreement(36, 36, 0),
        agreement_met_share=agreement(0.9, 1, 1),
        upstream_share=UPSTREAM,
    ),
    case(compensation.pilot_grant, county(0, 2.5), pilot_compensation_effort=county(0, 0.5), pilot_grant_amount=5),
    case(
        compensation.compensation_paid,
        county(5, 1, 3.2),
        agreement_paid=county_agreement([[0, 3, 2], [0, 1, 0], [3.2, 0, 0]]),
    ),
    case(
        compensation.compensation_received,
        county(6, 2, 3.6),
        agreement_received=county_agreement([[6, 0, 0], [2, 0, 0], [0, 1.6, 2]]),
    ),
    case(
        compensation.compensation_awards,
        county(24.3, 10.6, 0),
        provincial_award=county(24.3, 8.1, 0),
        pilot_grant=county(0, 2.5, 0),
    ),
    case(
        compensation.paid_under_agreement,
        agreement(8, 4, 2),
        agreement_paid=county_agreement([[0, 3, 2], [0, 1, 0], [3.2, 0, 0]]),
        higher_level_paid=agreement(4.8, 0, 0),
    ),
    case(
        compensation.received_under_agreement,
        agreement(8, 4, 2),
        agreement_received=county_agreement([[6, 0, 0], [2, 0, 0], [0, 1.6, 2]]),
        higher_level_received=agreement(0, 2.4, 0),
    ),
]

CASES = FORCE + EARNED + SETTLED


@pytest.mark.parametrize("case", CASES, ids=str)
def test_compensation_is_as_on_paper(case: Case) -> None:
    case.check()
