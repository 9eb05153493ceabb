"""Age groups that pass people on to the next: a matrix says who is next."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import arrivals

population = stock(
    "People of an age group.",
    unit="person",
    initial="initial_population",
    inflows=("newborn", "coming_of_age"),
    outflows=("ageing",),
    non_negative=False,
)


@equation(unit="person/year")
def ageing(ageing_flow):
    """The same in every year, whoever is there."""
    return ageing_flow


@equation(unit="person/year")
def coming_of_age(ageing, share_to_next):
    """Who comes from the group before."""
    return arrivals(ageing, share_to_next)


@equation(unit="person/year")
def newborn(births, first_group):
    """Births go to the first group."""
    return births * first_group


AGES = ("INFANT", "CHILD", "TEEN", "MIDDLE", "OLD")
START = np.array([1000, 900, 900, 800, 200])
AGEING = np.array([300, 280, 200, 150, 100])
OTHER = "two axes that are one under another name: here there is one axis"

CASES = (
    Published(
        folder="tests/subscript_mapping_vensim",
        end=100,
        inputs=(
            constant("initial_population", START, "person", ("county",)),
            constant("ageing_flow", AGEING, "person/year", ("county",)),
            constant("share_to_next", np.eye(5, k=1), "dimensionless", ("county", "destination")),
            constant("births", 200, "person/year"),
            constant("first_group", [1, 0, 0, 0, 0], "dimensionless", ("county",)),
        ),
        labels={"county": AGES, "destination": AGES},
        columns={"aging": "ageing"},
        left_out={"WORK FLOW": OTHER, "WORK FORCE": OTHER, "PRODUCTIVITY": OTHER},
        known={"population": lambda t: START + t[:, np.newaxis] * (np.array([200, *AGEING[:-1]]) - AGEING)},
    ),
)
