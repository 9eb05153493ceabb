"""Which hubs lie across the provincial border: in the zone's other province, not beyond both."""

from __future__ import annotations

import numpy as np

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Constant
from regionsim.place.counties import PROVINCES, load_counties
from regionsim.place.hubs import load_hubs


def border_inputs() -> list[AnyInput]:
    """The constant `hub_across_border` over (county, hub): 1 for hubs of the zone's other province, else 0.

    From Hunan these are the hubs in Jiangxi and the other way round; Guangdong and the rest of the country lie behind
    other borders. Derived from the provinces of counties and hubs.
    """
    county_provinces = np.array([county.province for county in load_counties()])
    hub_provinces = np.array([hub.province for hub in load_hubs()])
    across = np.isin(hub_provinces, PROVINCES) & (county_provinces[:, None] != hub_provinces[None, :])
    return [
        Constant(
            name="hub_across_border",
            about="1 where the hub lies in the zone's other province.",
            unit="dimensionless",
            over=("county", "hub"),
            quality="derived",
            source="place/data/counties.csv, place/data/hubs.csv",
            values=full_rank(across.astype(np.float64), ("county", "hub")),
        )
    ]
