"""Parameters: how many are official, derived, recalled or assumed, and whether each has a source and a range."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from regionsim.language.inputs import AnyInput, Quality
from regionsim.scenarios.border import border_settings
from regionsim.scenarios.efforts import effort_inputs
from regionsim.studies.dossier.result import Column, Finding, Table, passed
from regionsim.studies.dossier.setting import BASE, Setting
from regionsim.studies.explain import value_text
from regionsim.studies.model import evidence_scenario, known_parameters

# From the best to the weakest; what comes after `official` and `secondary` is marked row by row.
QUALITIES: tuple[Quality, ...] = ("official", "secondary", "calibrated", "derived", "recalled", "assumption")
READ: tuple[Quality, ...] = ("official", "secondary")


def parameter_evidence(setting: Setting) -> Finding:
    """Count the parameters by quality, and list every figure that was not read in a source."""
    known = known_parameters(setting.scenarios[BASE])
    plain = evidence_scenario()
    said = {each.name for each in (*effort_inputs(plain.measures, plain.name), *border_settings(plain.border))}
    place = [
        each for name, each in setting.base_model.inputs.items() if name not in known and name not in said
    ]  # what a scenario says is no figure of the place
    marked = [each for each in place if each.quality not in READ]
    by_file: dict[str, Counter[Quality]] = {}
    for value in known.values():
        by_file.setdefault(Path(value.file).stem, Counter())[value.quality] += 1
    total: Counter[Quality] = Counter(value.quality for value in known.values())
    without = [value for value in known.values() if not value.source.strip() or value.low is None or value.high is None]
    read = sum(total[quality] for quality in READ)
    rows: list[tuple[str | int, ...]] = [
        (name, *(count[quality] for quality in QUALITIES), sum(count.values())) for name, count in by_file.items()
    ]
    rows.append(("all", *(total[quality] for quality in QUALITIES), len(known)))
    counted = ", ".join(f"{total[quality]} {quality}" for quality in QUALITIES)
    return Finding(
        passed(not without and sum(total[quality] for quality in QUALITIES) == len(known)),
        (
            f"{len(known)} parameters: {counted}; {len(without)} lack a source or a range.",
            f"{read} were read in a source. The others are marked below one by one: derived from figures that were "
            "read, recalled without the source at hand, or assumed. Every result rests on them too.",
            f"Of {len(place)} figures of the base year and the place, {len(marked)} are such in whole or in part, and "
            "are listed as well.",
        ),
        (
            Table("By mechanism and quality", (Column("mechanism"), *map(Column, (*QUALITIES, "all"))), tuple(rows)),
            Table(
                "Parameters that were not read in a source",
                (Column("parameter"), Column("quality"), Column("value"), Column("low"), Column("high"))
                + (Column("range of"), Column("unit"), Column("source")),
                tuple(_row(value) for value in known.values() if value.quality not in READ),
            ),
            Table(
                "Figures of the base year and the place that were not read in a source, in whole or in part",
                (Column("input"), Column("quality"), Column("what it is"), Column("unit"), Column("source")),
                tuple((each.name, each.quality, each.about.splitlines()[0], each.unit, each.source) for each in marked),
            ),
        ),
        limits=("Which of them the data can narrow is a question to a calibration, not to this count.",),
    )


def _row(value: AnyInput) -> tuple[str | float | None, ...]:
    ranged = "factors" if value.range_kind == "factor" else "values"
    return (value.name, value.quality, value_text(value), value.low, value.high, ranged, value.unit, value.source)
