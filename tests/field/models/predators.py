"""Hares and lynxes: prey whose density feeds predators, and a hunt that takes predators once."""

import numpy as np
from published_models import Published
from small_models import constant, path, table

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import lookup

hares = stock(
    "Hares.", unit="person", initial="first_hares", inflows=("hare_births",), outflows=("hare_deaths",), over=()
)
lynxes = stock(
    "Lynxes.",
    unit="person",
    initial="first_lynxes",
    inflows=("lynx_births",),
    outflows=("lynx_deaths", "harvest"),
    over=(),
)


@equation(unit="person/km2", over=())
def hare_density(hares, area):
    """Hares on a unit of area."""
    return hares / area


@equation(unit="person/year", over=())
def hare_births(hares, hare_birth_fraction):
    """Hares are born."""
    return hares * hare_birth_fraction


@equation(unit="1/year", over=())
def hares_killed_per_lynx(hare_kills, hare_density):
    """A lynx kills what it meets."""
    return lookup(hare_kills, hare_density)


@equation(unit="person/year", over=())
def hare_deaths(lynxes, hares_killed_per_lynx):
    """Hares are killed."""
    return lynxes * hares_killed_per_lynx


@equation(unit="person/year", over=())
def lynx_births(lynxes, lynx_birth_fraction):
    """Lynxes are born."""
    return lynxes * lynx_birth_fraction


@equation(unit="1/year", over=())
def lynx_death_fraction(lynx_hunger, hare_density):
    """Lynxes starve where hares are few."""
    return lookup(lynx_hunger, hare_density)


@equation(unit="person/year", over=())
def lynx_deaths(lynxes, lynx_death_fraction):
    """Lynxes die."""
    return lynxes * lynx_death_fraction


@equation(unit="person/year", over=())
def harvest(hunt):
    """The hunt."""
    return hunt


STEP = 0.5
DENSITIES = np.arange(0.0, 101.0, 10.0)


def hares_step_by_step(times):
    """The hares by a plain loop, written without the engine."""
    hares, lynxes, found = 50000.0, 1250.0, []
    for time in times:
        found.append(hares)
        density = hares / 1000
        births, deaths = 1.25 * hares, lynxes * min(density, 500)
        starved = lynxes * np.interp(density, DENSITIES, np.exp(-DENSITIES / 20))
        hunted = 100 / STEP if time == 4 else 0
        hares += STEP * (births - deaths)
        lynxes += STEP * (0.25 * lynxes - starved - hunted)
    return np.array(found)


CASES = (
    Published(
        folder="samples/bpowers-hares_and_lynxes_modules",
        end=12,
        step=STEP,
        inputs=(
            constant("first_hares", 50000, "person"),
            constant("first_lynxes", 1250, "person"),
            constant("area", 1000, "km2"),
            constant("hare_birth_fraction", 1.25, "1/year"),
            constant("lynx_birth_fraction", 0.25, "1/year"),
            table("hare_kills", {0: 0, 500: 500}, "1/year", "person/km2"),
            # The published points are those of an exponential, which it replaces.
            table("lynx_hunger", {d: float(np.exp(-d / 20)) for d in DENSITIES}, "1/year", "person/km2"),
            path("hunt", {0: 0, 4: 100 / STEP, 4.5: 0}, "person/year", kind="step"),
        ),
        columns={
            "hares.hares": "hares",
            "hares.births": "hare_births",
            "hares.deaths": "hare_deaths",
            "hares.birth fraction": "hare_birth_fraction",
            "hares.hares killed per lynx": "hares_killed_per_lynx",
            "hares.hare density": "hare_density",
            "lynxes.lynxes": "lynxes",
            "lynxes.births": "lynx_births",
            "lynxes.deaths": "lynx_deaths",
            "lynxes.harvest": "harvest",
            "lynxes.birth fraction": "lynx_birth_fraction",
            "lynxes.death fraction": "lynx_death_fraction",
        },
        left_out={"size of one time lynx harvest": "the hunt is a path"},
        known={"hares": hares_step_by_step},
    ),
)
