"""What is so by definition: the census year, the ages of working life, the yardstick of travel time."""

from __future__ import annotations

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Constant
from regionsim.place.cohorts import BASE_YEAR


def definitions(base_year: int = BASE_YEAR) -> list[AnyInput]:
    """base_year, working_age_start, working_age_end (year), reference_travel_time (minute), ha per m2."""
    return [
        _definition("base_year", base_year, "year", "Year of the census that the model starts from, on census day."),
        _definition("working_age_start", 15.0, "year", "Age at which working life begins in official statistics."),
        _definition("working_age_end", 65.0, "year", "Age at which working life ends in official statistics."),
        _definition("reference_travel_time", 60.0, "minute", "Yardstick of travel times; it drops out of all shares."),
        _definition(
            "coal_equivalent_of_electricity",
            3.6 / 29.3076,
            "tonne_of_coal_equivalent/MWh",
            "Energy of electricity in coal equivalent, by heat content.",
        ),
        _definition("carbon_dioxide_per_carbon", 44 / 12, "tCO2/tC", "Mass of carbon dioxide per mass of carbon."),
        _definition("hectare_per_square_metre", 1e-4, "ha/m**2", "The two units of land: people's need is in m2."),
    ]


def _definition(name: str, value: float, unit: str, about: str) -> Constant:
    return Constant(
        name=name,
        about=about,
        unit=unit,
        quality="official",
        source="definition",
        file=__file__,
        values=full_rank([value], (), members=True),
    )
