"""Output of the year that a run starts from, whichever census that is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regionsim.language.axes import LABELS
from regionsim.place.cohorts import BASE_YEAR
from regionsim.place.output import CountyOutput, load_output
from regionsim.place.output_2010 import load_output_2010


def base_output(base_year: int = BASE_YEAR) -> tuple[CountyOutput, ...]:
    """Output of all counties in 2020 or 2010, in the order of the county axis, million CNY at 2020 prices per year."""
    return load_output() if base_year == BASE_YEAR else load_output_2010()


def base_sector_output(base_year: int = BASE_YEAR) -> NDArray[np.float64]:
    """The same as an array (county, sector)."""
    return np.array([[county.sectors[s].value for s in LABELS["sector"]] for county in base_output(base_year)])
