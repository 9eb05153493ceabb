"""Inputs of the base year's energy: usable hydropower, panels and turbines by county, and the grid it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Constant
from regionsim.place import renewables
from regionsim.place.counties import load_counties
from regionsim.place.estimate import Estimate, worst_quality


def energy_inputs(parameters: Mapping[str, AnyInput]) -> list[AnyInput]:
    """The four inputs over counties, full rank. They rest on data alone: no parameter is read.

    `hydropower_potential`, `initial_photovoltaics_capacity`, `initial_wind_capacity` in MW, and `in_jiangxi`, 1 for a
    county on the grid of Jiangxi and 0 for one on that of Hunan. The quality of an input is the worst among its
    counties; `load_renewables` has the quality, range and source of each.
    """
    counties = renewables.load_renewables()
    spread = "provincial capacity of 2020 (recalled) spread over counties by "
    return [
        _input(
            "hydropower_potential",
            "Hydropower that could be used by county.",
            [county.hydropower_potential for county in counties],
            "figures of four counties; for the others their power for each hectare of forest",
        ),
        _input(
            "initial_photovoltaics_capacity",
            "Photovoltaics installed in 2020 by county.",
            [county.photovoltaics for county in counties],
            f"{spread}land without forest",
        ),
        _input(
            "initial_wind_capacity",
            "Wind turbines installed in 2020 by county.",
            [county.wind for county in counties],
            f"{spread}forest, which stands in for mountains",
        ),
        Constant(
            name="in_jiangxi",
            about="Whether a county lies in Jiangxi (1) or in Hunan (0).",
            unit="dimensionless",
            over=("county",),
            quality="official",
            source="administrative division",
            file="counties.csv",
            values=full_rank([float(county.province == "Jiangxi") for county in load_counties()], ("county",)),
        ),
    ]


def _input(name: str, about: str, estimates: Sequence[Estimate], source: str) -> Constant:
    return Constant(
        name=name,
        about=about,
        unit="MW",
        over=("county",),
        quality=worst_quality(estimate.quality for estimate in estimates),
        source=source,
        file=renewables.FILE,
        values=full_rank([estimate.value for estimate in estimates], ("county",)),
    )
