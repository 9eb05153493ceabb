"""What villages start from: the treated share of sewage, one figure for all counties until counties publish theirs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Constant
from regionsim.place.counties import load_counties

BASE_SHARE = "rural_sewage_base_share"


def rural_inputs(parameters: Mapping[str, AnyInput]) -> list[AnyInput]:
    """The constant `base_rural_sewage_coverage` over county, dimensionless.

    Every county starts from the parameter `rural_sewage_base_share`, with its range, quality and source.
    """
    given = parameters[BASE_SHARE]
    return [
        Constant(
            name="base_rural_sewage_coverage",
            about="Share of the countryside's sewage that was treated in 2020.",
            unit="dimensionless",
            over=("county",),
            quality=given.quality,
            source=f"parameter:{BASE_SHARE}, the same for all counties",
            low=given.low,
            high=given.high,
            range_shape=given.range_shape,
            values=given.values * full_rank(np.ones(len(load_counties())), ("county",)),
        )
    ]
