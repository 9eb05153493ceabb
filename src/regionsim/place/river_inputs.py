"""Inputs of the rivers: routes of counties' water, catchments, and the table of the normal distribution."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Constant, Table
from regionsim.place.estimate import worst_quality
from regionsim.place.rivers import DRAINAGE_FILE, RIVERS_FILE, load_drainage, load_reaches, river_geometry

# Linear between points 1/100 apart the table is within 4e-6 of the distribution; at 6 what is cut off is 1e-9.
SCORE_STEP = 0.01
LARGEST_SCORE = 6.0


def river_inputs() -> list[AnyInput]:
    """Constants over (county, reach): drained_land_share, route_share, catchment_share (dimensionless) and route_time
    (day); over (reach,): catchment_area (km2); and the table normal_distribution.

    They rest on the map alone: no parameter is read, and decay on the way stays a parameter of the model.
    """
    geometry = river_geometry()
    quality = worst_quality([*(r.quality for r in load_reaches()), *(d.quality for d in load_drainage())])

    def constant(name: str, about: str, unit: str, values: NDArray[np.float64], file: str) -> Constant:
        over = ("county", "reach") if values.ndim == 2 else ("reach",)
        return Constant(
            name=name,
            about=about,
            unit=unit,
            over=over,
            quality=quality,
            source="tree of the rivers and shares of counties that drain to them, from general knowledge",
            file=file,
            values=full_rank(values, over),
        )

    return [
        constant(
            "drained_land_share",
            "Part of a county's land that drains directly to a reach.",
            "dimensionless",
            geometry.drained_land_share,
            DRAINAGE_FILE,
        ),
        constant(
            "route_share",
            "Part of a county's people whose water passes a section, directly or from further up.",
            "dimensionless",
            geometry.route_share,
            DRAINAGE_FILE,
        ),
        constant(
            "route_time",
            "Mean time of a county's water on its way to a section.",
            "day",
            geometry.route_time,
            RIVERS_FILE,
        ),
        constant(
            "catchment_share",
            "Part of the land above a section that lies in a county.",
            "dimensionless",
            geometry.catchment_share,
            DRAINAGE_FILE,
        ),
        constant("catchment_area", "Land above a section.", "km2", geometry.catchment_area, RIVERS_FILE),
        normal_distribution(),
    ]


def normal_distribution() -> Table:
    """The distribution function of the standard normal, exactly 0 and 1 at its ends."""
    count = round(2 * LARGEST_SCORE / SCORE_STEP) + 1
    scores = np.linspace(-LARGEST_SCORE, LARGEST_SCORE, count)
    values = np.array([(1 + math.erf(score / math.sqrt(2))) / 2 for score in scores])
    values[0], values[-1] = 0.0, 1.0
    return Table(
        name="normal_distribution",
        about="Distribution function of the standard normal distribution.",
        unit="dimensionless",
        quality="official",
        source="definition",
        file=__file__,
        argument_unit="dimensionless",
        arguments=scores,
        values=values,
    )
