"""The golden trajectory of the base scenario: headline indicators that change on purpose only.

Renew the file with `python tests/golden_base.py`, and say in CHANGELOG.md why, in the form: which scenarios, which
variables, how much in 2035.
"""

from __future__ import annotations

import csv
from pathlib import Path

from whole_model import run

from regionsim.results.dataset import to_dataset
from regionsim.results.indicator_catalogue import INDICATORS
from regionsim.results.indicators import indicator_array

FILE = Path(__file__).parent / "golden" / "base.csv"
COLUMNS = ("region", "variable", "unit", "year", "value")
REGIONS = ("zone", "Hunan", "Jiangxi")
YEARS = (2020, 2025, 2030, 2035)
DIGITS = 12

Row = tuple[str, str, str, int]


def computed() -> dict[Row, float]:
    """Every indicator of the zone and its two parts in the years of the file, by region, variable, unit and year."""
    array = indicator_array(to_dataset(run().trajectory, {"scenario": "base"}))
    return {
        (region, each.name, each.unit, year): float(array[each.name].sel(region=region, year=year).values[0])
        for region in REGIONS
        for each in INDICATORS
        for year in YEARS
    }


def recorded() -> dict[Row, float]:
    """What the file says."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {(row["region"], row["variable"], row["unit"], int(row["year"])): float(row["value"]) for row in rows}


def renew() -> None:
    """Write the file anew."""
    FILE.parent.mkdir(exist_ok=True)
    with FILE.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row, value in computed().items():
            writer.writerow([*row, f"{value:.{DIGITS}g}"])


if __name__ == "__main__":
    renew()
    print(f"written: {FILE}")
