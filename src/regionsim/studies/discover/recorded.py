"""A discovery read back from its directory and the sweep beside which it stands: nothing is searched again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from regionsim.problems import Problem, ProblemsError
from regionsim.studies.discover.ask import Question
from regionsim.studies.discover.boxes import Array, Box, Limit, Mask, fit, inside, quasi_p
from regionsim.studies.discover.condition import FAILED, read_condition
from regionsim.studies.discover.discover import Discovery, FoundBox, looked_at_of
from regionsim.studies.discover.finished import FinishedSweep, read_finished
from regionsim.studies.discover.halves import Halves

REMEDY = "what regionsim discover writes beside its sweep; asking again writes it anew"


def box_record(box: Box) -> list[dict[str, Any]]:
    """A box as plain values, to the last bit."""
    return [
        {"factor": limit.factor, "side": limit.side}
        | ({"choices": list(limit.choices)} if limit.side == "one of" else {"bound": limit.bound})
        for limit in box
    ]


def found_record(found: FoundBox) -> dict[str, Any]:
    """What of a box cannot be worked out from the members: its limits, those it was chosen from, and the halves."""
    halves = found.halves
    return {
        "box": box_record(found.box),
        "weighed": [box_record(box) for box, _ in found.row],
        "halves": {
            "count": halves.count,
            "density": halves.density,
            "coverage": halves.coverage,
            "denser": halves.denser,
            "limited": [[factor, side, share] for (factor, side), share in halves.limited.items()],
        },
    }


def read_discovery(record: Path) -> Discovery:
    """The discovery whose record this is. Raises ProblemsError where it, or the sweep above it, is not whole."""
    sweep = read_finished(record.parent.parent)
    try:
        about = json.loads(record.read_text(encoding="utf-8"))
        if about["design_hash"] != sweep.record["design"]["hash"]:
            raise ValueError("the sweep above it is another one")
        condition = None if about["condition"] == FAILED else read_condition(about["condition"], sweep)
        question = Question(about["scenario"], condition, about["method"])
        return _discovery(about, sweep, question)
    except OSError as error:
        raise ProblemsError([Problem(str(record), 0, "the file cannot be read", str(error.strerror), REMEDY)]) from None
    except (ValueError, KeyError, TypeError, IndexError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ProblemsError([Problem(str(record.parent), 0, "not a whole discovery", reason, REMEDY)]) from None


def _discovery(about: Mapping[str, Any], sweep: FinishedSweep, question: Question) -> Discovery:
    looked = looked_at_of(sweep, question)
    if (len(looked.members), int(looked.fails.sum())) != (about["members"], about["failing"]):
        raise ValueError("its members are not those of the sweep")
    return Discovery(
        sweep=sweep,
        question=question,
        splits=about["splits"],
        seed=about["seed"],
        **vars(looked),
        boxes=tuple(_boxes(about["found"], looked.numbers, looked.fails)),
        unsupported=None,
    )


def _boxes(found: Sequence[Mapping[str, Any]], numbers: Array, fails: Mask) -> Iterator[FoundBox]:
    looked_at = np.ones(len(numbers), dtype=bool)
    for each in found:
        seen, failing, box = numbers[looked_at], fails[looked_at], _box(each["box"])
        row = tuple((other, fit(other, seen, failing)) for other in map(_box, each["weighed"]))
        halves = dict(each["halves"])
        limited = {(factor, side): share for factor, side, share in halves.pop("limited")}
        yield FoundBox(
            box,
            fit(box, seen, failing),
            quasi_p(box, seen, failing),
            row,
            Halves(**halves, limited=limited),
            looked_at,
            (),
        )
        looked_at = looked_at & ~inside(box, numbers)


def _box(limits: Sequence[Mapping[str, Any]]) -> Box:
    return tuple(
        Limit(each["factor"], each["side"], each.get("bound", np.nan), tuple(each.get("choices", ())))
        for each in limits
    )
