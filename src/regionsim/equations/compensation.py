"""Compensation between upstream and downstream: what is agreed, earned, settled, paid and received.

An agreement names a section and a class of water. Each month at that class or better downstream pays, each other
month upstream pays; a bonus rewards months that are a class better. Money is small against what treatment costs: an
agreement works on the water first through the stake that it gives officials upstream, and that fades with time.
"""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import exp, maximum, minimum, ratio, total, where

earned_in_even_years = stock(
    "Compensation earned month by month in an even year, settled in the next; negative where upstream owes.",
    unit="million CNY_2020",
    initial="base_earned_in_even_years",
    inflows=("accrual_in_even_years",),
    outflows=("settlement_for_even_years",),
    over=("agreement",),
    non_negative=False,
)

earned_in_odd_years = stock(
    "Compensation earned month by month in an odd year, settled in the next; negative where upstream owes.",
    unit="million CNY_2020",
    initial="base_earned_in_odd_years",
    inflows=("accrual_in_odd_years",),
    outflows=("settlement_for_odd_years",),
    over=("agreement",),
    non_negative=False,
)

compensation_accounts = ledger(
    "What an agreement has earned is settled or stands in its accounts.",
    unit="million CNY_2020",
    stocks=("earned_in_even_years", "earned_in_odd_years"),
    inflows=("agreement_accrual",),
    outflows=("agreement_settlement",),
    over=("agreement",),
)

compensation_transfers = ledger(
    "What is paid under an agreement is received under it, in either direction.",
    unit="million CNY_2020",
    inflows=("agreement_received", "higher_level_received"),
    outflows=("agreement_paid", "higher_level_paid"),
    over=("agreement",),
)

# --- which agreements are in force, and how fresh they are -----------------------------------------------------------


@equation(unit="dimensionless", over=("agreement",), measures=(13,))
def agreement_strength(
    agreement_standing,
    agreement_of_lushui_renewal,
    lushui_agreement_effort,
    agreement_of_market_compensation,
    market_compensation_effort,
    upstream_share,
):
    """How far an agreement is carried out: fully where it stood in 2020, else as its upstream counties work on it."""
    return (
        agreement_standing
        + agreement_of_lushui_renewal * total(lushui_agreement_effort * upstream_share, "county")
        + agreement_of_market_compensation * total(market_compensation_effort * upstream_share, "county")
    )


@equation(unit="dimensionless", over=("agreement",), measures=(13,))
def agreement_in_force(agreement_strength, agreement_start, agreement_end, step_start):
    """The agreement's strength within its period, 0 outside it; a step counts to the period that it begins in."""
    return agreement_strength * where(agreement_start <= step_start, where(step_start < agreement_end, 1, 0), 0)


@equation(unit="dimensionless", over=("agreement",), measures=(13,))
def agreement_freshness(time, agreement_signed, agreement_renewed, renewal_reset_share, stake_decay_rate):
    """What is left of the first impulse: it fades from the first signing, and each renewal takes back part of that."""
    return renewal_reset_share * exp(-stake_decay_rate * maximum(time - agreement_renewed, 0)) + (
        1 - renewal_reset_share
    ) * exp(-stake_decay_rate * maximum(time - agreement_signed, 0))


@equation(unit="dimensionless", over=("agreement",), measures=(13,))
def agreement_cooperation(agreement_across_border, fiscal_cooperation, upstream_share):
    """What budgets that work together make of an agreement across the provincial border; 1 as in 2020."""
    return 1 + agreement_across_border * (total(fiscal_cooperation * upstream_share, "county") - 1)


@equation(unit="dimensionless", over=("agreement",), measures=(13,))
def agreement_stake(agreement_in_force, agreement_freshness, agreement_cooperation):
    """What officials upstream have at stake in an agreement, against a new one."""
    return agreement_in_force * agreement_freshness * agreement_cooperation


@equation(unit="dimensionless", measures=(13,))
def signed_stake(agreement_stake, upstream_county):
    """What a county has at stake in its agreements while the water is as agreed."""
    return total(agreement_stake * upstream_county, "agreement")


@equation(unit="dimensionless", measures=(13,))
def stake(agreement_stake, upstream_county, agreement_met_share, missed_month_response):
    """What a county has at stake in its agreements: more while the agreed class is missed."""
    return total(
        agreement_stake * upstream_county * (1 + missed_month_response * (1 - agreement_met_share)), "agreement"
    )


# --- what is earned --------------------------------------------------------------------------------------------------


@equation(unit="dimensionless", over=("agreement",))
def agreement_met_share(good_water_share, excellent_water_share, agreement_section, agreement_asks_class_two):
    """Share of months in which the section of an agreement is at the agreed class or better."""
    return total(
        agreement_section
        * ((1 - agreement_asks_class_two) * good_water_share + agreement_asks_class_two * excellent_water_share),
        "reach",
    )


@equation(unit="dimensionless", over=("agreement",))
def agreement_better_share(excellent_water_share, agreement_section, agreement_asks_class_two):
    """Share of months at class II or better under an agreement that asks for class III; none where it asks for II."""
    return (1 - agreement_asks_class_two) * total(agreement_section * excellent_water_share, "reach")


@equation(unit="dimensionless", over=("agreement",))
def agreement_forest_change(forest_area, initial_forest_area, upstream_share):
    """Change of the forest upstream against 2020, at most a whole of it either way."""
    return minimum(
        maximum(total(upstream_share * ratio(forest_area, initial_forest_area, 1), "county") - 1, -1),
        1,
    )


@equation(unit="million CNY_2020/year", over=("agreement",), measures=(13,))
def agreement_accrual(
    agreement_in_force,
    agreement_price,
    agreement_met_share,
    agreement_bonus,
    agreement_better_share,
    forest_criterion_weight,
    agreement_forest_change,
):
    """What upstream earns (or, below 0, owes): months at the agreed class and better ones less the months missed."""
    return (
        agreement_in_force
        * agreement_price
        * (
            agreement_met_share
            + agreement_bonus * agreement_better_share
            - (1 - agreement_met_share)
            + forest_criterion_weight * agreement_forest_change
        )
    )


# --- what is settled, paid and received ------------------------------------------------------------------------------


# Two accounts take turns: while one is written, the year before is paid out of the other, in equal parts.


@equation(unit="million CNY_2020", over=("agreement",))
def base_earned_in_even_years(initial_agreement_accrual, accounting_year, even_year):
    """What the year before the start had earned, if it was even: as much as the start itself earns."""
    return initial_agreement_accrual * accounting_year * (1 - even_year)


@equation(unit="million CNY_2020", over=("agreement",))
def base_earned_in_odd_years(initial_agreement_accrual, accounting_year, even_year):
    """What the year before the start had earned, if it was odd: as much as the start itself earns."""
    return initial_agreement_accrual * accounting_year * even_year


@equation(unit="million CNY_2020/year", over=("agreement",), measures=(13,))
def accrual_in_even_years(agreement_accrual, even_year):
    """What is earned in an even year."""
    return agreement_accrual * even_year


@equation(unit="million CNY_2020/year", over=("agreement",), measures=(13,))
def accrual_in_odd_years(agreement_accrual, even_year):
    """What is earned in an odd year."""
    return agreement_accrual * (1 - even_year)


@equation(unit="million CNY_2020/year", over=("agreement",), measures=(13,))
def settlement_for_even_years(earned_in_even_years, year_end, time, even_year):
    """What an even year has earned, paid in the odd year after it, all of it by its end."""
    return (1 - even_year) * ratio(earned_in_even_years, year_end - time, 0)


@equation(unit="million CNY_2020/year", over=("agreement",), measures=(13,))
def settlement_for_odd_years(earned_in_odd_years, year_end, time, even_year):
    """What an odd year has earned, paid in the even year after it, all of it by its end."""
    return even_year * ratio(earned_in_odd_years, year_end - time, 0)


@equation(unit="million CNY_2020/year", over=("agreement",), measures=(13,))
def agreement_settlement(settlement_for_even_years, settlement_for_odd_years):
    """What is settled in a year: the earnings of the year before."""
    return settlement_for_even_years + settlement_for_odd_years


@equation(unit="million CNY_2020/year", over=("county", "agreement"), measures=(13,))
def agreement_paid(agreement_settlement, upstream_share, downstream_share):
    """What counties pay: those downstream for good water, those upstream for water below the agreed class."""
    return maximum(agreement_settlement, 0) * downstream_share + maximum(-agreement_settlement, 0) * upstream_share


@equation(unit="million CNY_2020/year", over=("county", "agreement"), measures=(13,))
def agreement_received(agreement_settlement, upstream_share, downstream_share):
    """What counties receive: those upstream for good water, those downstream for water below the agreed class."""
    return maximum(agreement_settlement, 0) * upstream_share + maximum(-agreement_settlement, 0) * downstream_share


@equation(unit="million CNY_2020/year", over=("agreement",), measures=(13,))
def higher_level_paid(agreement_settlement, downstream_share):
    """What province and city downstream pay: the part that no county bears."""
    return maximum(agreement_settlement, 0) * (1 - total(downstream_share, "county"))


@equation(unit="million CNY_2020/year", over=("agreement",), measures=(13,))
def higher_level_received(agreement_settlement, downstream_share):
    """What province and city downstream receive for water below the agreed class."""
    return maximum(-agreement_settlement, 0) * (1 - total(downstream_share, "county"))


@equation(unit="million CNY_2020/year", measures=(13,))
def provincial_award(agreement_in_force, agreement_award, agreement_met_share, upstream_share):
    """Award of the own province for a section at the agreed class; a source of its own beside the agreement."""
    return total(agreement_in_force * agreement_award * agreement_met_share * upstream_share, "agreement")


@equation(unit="million CNY_2020/year", measures=(13,))
def pilot_grant(pilot_compensation_effort, pilot_grant_amount):
    """Grant of province and centre to a county that pilots comprehensive compensation; a source of its own."""
    return pilot_compensation_effort * pilot_grant_amount


@equation(unit="million CNY_2020/year", measures=(13,))
def compensation_paid(agreement_paid):
    """What a county pays under all its agreements."""
    return total(agreement_paid, "agreement")


@equation(unit="million CNY_2020/year", measures=(13,))
def compensation_received(agreement_received):
    """What a county receives under all its agreements."""
    return total(agreement_received, "agreement")


@equation(unit="million CNY_2020/year", measures=(13,))
def compensation_awards(provincial_award, pilot_grant):
    """What a county receives beside its agreements, from province and centre."""
    return provincial_award + pilot_grant


@equation(unit="million CNY_2020/year", over=("agreement",), measures=(13,))
def paid_under_agreement(agreement_paid, higher_level_paid):
    """What counties, cities and provinces pay under an agreement together."""
    return total(agreement_paid, "county") + higher_level_paid


@equation(unit="million CNY_2020/year", over=("agreement",), measures=(13,))
def received_under_agreement(agreement_received, higher_level_received):
    """What counties, cities and provinces receive under an agreement together: all that is paid."""
    return total(agreement_received, "county") + higher_level_received
