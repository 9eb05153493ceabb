"""The labels of the axes that a value may be given over, found by any name that people write them with."""

from __future__ import annotations

from collections.abc import Mapping

from regionsim.language.axes import LABELS
from regionsim.place.counties import county_codes, find_county
from regionsim.problems import nearest_name

COUNTY_AXES = ("county", "destination")
MOST_LABELS = 14


class AxisLabels:
    """Labels by axis, in the order of the axis: those of the language, the counties, and those given.

    `given` adds axes (hub, cohort) or replaces those of an axis.
    """

    def __init__(self, given: Mapping[str, tuple[str, ...]] | None = None) -> None:
        counties = {axis: county_codes() for axis in COUNTY_AXES}
        self._labels: dict[str, tuple[str, ...]] = {**LABELS, **counties, **(given or {})}

    def of(self, axis: str) -> tuple[str, ...]:
        """All labels of `axis`; empty where they are not known."""
        return self._labels.get(axis, ())

    def find(self, axis: str, name: str | int | float) -> str:
        """The label that `name` means: itself, or for counties also a Chinese or pinyin name.

        Raises KeyError whose text is the nearest label, or empty where none is near.
        """
        known = self.of(axis)
        wanted = str(name)
        if wanted in known:
            return wanted
        nearest = nearest_name(wanted, known)
        if axis in COUNTY_AXES:
            try:
                code = find_county(wanted).code
            except KeyError as error:
                nearest = str(error.args[0]) if error.args else nearest
            else:
                if code in known:
                    return code
        raise KeyError(nearest)

    def expected(self, axis: str) -> str:
        """What may stand for a label of `axis`, in words."""
        if axis in COUNTY_AXES:
            return "a county of the zone by its code, Chinese or pinyin name"
        labels = self.of(axis)
        return f"one of {', '.join(labels)}" if len(labels) <= MOST_LABELS else f"a label like '{labels[0]}'"

    def position(self, axis: str, label: str) -> int:
        """Where `label` stands on `axis`, counted from 0. Raises ValueError for a label that is not there."""
        return self.of(axis).index(label)
