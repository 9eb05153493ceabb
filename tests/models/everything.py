"""Every function of the language, every kind of input and of axis, in a model of three counties."""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import (
    along,
    arrivals,
    at_destination,
    exp,
    log,
    lookup,
    maximum,
    minimum,
    ratio,
    select,
    sqrt,
    total,
    where,
)

people = stock(
    "People by residence and birth cohort.",
    unit="person",
    initial="people_at_start",
    inflows=("arriving", "settling"),
    outflows=("leaving", "dying", "moving_to_town"),
    over=("county", "residence", "cohort"),
)

wealth = stock(
    "Wealth.", unit="CNY_2020", initial="first_wealth", inflows=("growth", "gift"), outflows=("decay", "levy")
)


@equation(unit="CNY_2020")
def first_wealth(wealth_per_person, people_at_start):
    """Wealth at the start."""
    return wealth_per_person * total(total(people_at_start, "residence"), "cohort")


@equation(unit="person/year", over=("county", "residence", "cohort"))
def leaving(people, leaving_rate):
    """People who leave their county."""
    return people * leaving_rate


@equation(unit="person/year", over=("county", "cohort"))
def leaving_by_cohort(leaving):
    """Leavers of town and countryside."""
    return total(leaving, "residence")


@equation(unit="dimensionless", over=("county", "destination"))
def nearness(travel_time, time_scale, other_county):
    """How near two counties are."""
    return other_county * exp(-travel_time / time_scale)


@equation(unit="CNY_2020", over=("county", "destination"))
def pull(wealth, nearness):
    """How strongly a county draws."""
    return at_destination(wealth) * nearness


@equation(unit="dimensionless", over=("county", "destination"))
def share(pull):
    """Share of leavers by destination; nobody goes where nothing draws."""
    return ratio(pull, total(pull, "destination"), 0)


@equation(unit="person/year", over=("county", "residence", "cohort"))
def arriving(leaving_by_cohort, share):
    """People who arrive, in towns."""
    return along("residence", rural=0, urban=arrivals(leaving_by_cohort, share))


@equation(unit="person/year", over=("county", "residence", "cohort"))
def moving_to_town(people, town_rate):
    """People of the countryside who move to town."""
    return along("residence", rural=select(people, "residence", "rural") * town_rate, urban=0)


@equation(unit="person/year", over=("county", "residence", "cohort"))
def settling(moving_to_town):
    """The same people in town."""
    return along("residence", rural=0, urban=select(moving_to_town, "residence", "rural"))


@equation(unit="year", over=("cohort",))
def age(time, birth_year):
    """Mean age of a cohort."""
    return maximum(time - birth_year, 0)


@equation(unit="person/year", over=("county", "residence", "cohort"))
def dying(people, mortality, age, hardship):
    """Deaths, more where hardship is greater."""
    return people * lookup(mortality, age) * hardship


@equation(unit="dimensionless")
def hardship(wealth, initial_wealth, ceiling):
    """Falls with wealth, within bounds."""
    return minimum(maximum(1 - log(wealth / initial_wealth), 0.5), ceiling)


@equation(unit="dimensionless")
def change(hardship, initial_hardship):
    """Hardship against the start, squared and turned."""
    return -((hardship - initial_hardship) ** 2) - hardship**-0.5


@equation(unit="CNY_2020/year")
def growth(wealth, growth_rate, elasticity, effort, courses, pace, initial_wealth, hub_market):
    """Growth that works and courses speed up."""
    return growth_rate * pace * (1 + effort + courses) * initial_wealth * (wealth / initial_wealth) ** elasticity + (
        sqrt(hub_market)
    )


@equation(unit="CNY_2020/year")
def gift(pace, gift_rate):
    """What every county gets alike, by a path."""
    return pace * gift_rate


@equation(unit="CNY_2020/year")
def decay(wealth, threshold, decay_rate, price):
    """Wealth above a threshold wears."""
    return where(wealth > threshold, (wealth - threshold) * decay_rate * price, 0)


@equation(unit="CNY_2020/year")
def levy(wealth, idle_effort, levy_rate):
    """What an effort takes that nobody makes in this run."""
    return idle_effort * levy_rate * wealth


@equation(unit="CNY_2020")
def hub_market(hub_size, hub_nearness):
    """Markets of the hubs within reach."""
    return total(hub_size * hub_nearness, "hub")


@equation(unit="dimensionless", over=("county", "reach"))
def delivery(flows_to, flow_time, water_decay):
    """Share of a county's load that passes a section."""
    return flows_to * exp(-water_decay * flow_time)


@equation(unit="CNY_2020", over=("reach",))
def load(wealth, delivery):
    """Load at a section."""
    return total(wealth * delivery, "county")


@equation(unit="dimensionless")
def careful(wealth, empty):
    """Divided by what is 0 somewhere."""
    return ratio(wealth, empty, 2)


@equation(unit="dimensionless")
def rooted(empty, elasticity, step_start, time):
    """A power of 0, and the two clocks."""
    return empty**elasticity + step_start - time


@equation(unit="person")
def old_people(people, mortality, age):
    """People weighted by mortality: a table within a sum of town and countryside, long in its denominator."""
    return ratio(
        total(total(people, "residence") * lookup(mortality, age), "cohort"),
        total(total(people, "residence") * age, "cohort"),
        0,
    )
