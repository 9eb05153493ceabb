"""From what a scenario says of the provincial border to what the model is fed: what remains of each of its parts."""

from __future__ import annotations

import numpy as np

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Path
from regionsim.scenarios.schema import BorderSetting

PARTS = {
    "travel": "Time that the crossing costs travellers: roads that end at the border, tolls, no through buses.",
    "goods": "Cost that the border adds to freight.",
    "clusters": "Loss of know-how and orders of an industry across the border.",
    "labour": "Friction of registration, titles and insurance across the border.",
    "services": "Schools and hospitals across the border that residents cannot use as their own.",
    "fiscal": "Distance between the budgets of both provinces.",
}
PLAN_START = 2022.0


def border_settings(border: BorderSetting) -> list[AnyInput]:
    """The step paths border_travel, border_goods and so on: 1 as in 2020, then what the scenario leaves.

    They act beside the measures, which take away parts of what remains.
    """
    start = PLAN_START if border.start is None else border.start
    common = 1.0 if border.friction is None else border.friction
    remaining = {part: getattr(border, part) for part in PARTS}
    return [_path(part, start, common if remaining[part] is None else remaining[part]) for part in PARTS]


def _path(part: str, start: float, remaining: float) -> Path:
    return Path(
        name=f"border_{part}",
        about=PARTS[part],
        unit="dimensionless",
        over=(),
        quality="assumption",
        source="the scenario's border",
        file=__file__,
        low=0.0,
        high=2.0,
        years=np.array([start - 1, start]),
        values=np.stack([full_rank([value], (), members=True) for value in (1.0, remaining)]),
        kind="step",
    )
