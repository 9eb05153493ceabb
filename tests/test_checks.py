"""The behaviour checks of studies/checks/data/*.yaml: what must hold in every run, and which way things must go.

What must always hold is tested on the base scenario, with each parameter in turn at the low and at the high end of its
range, and with every parameter at an end at once: members of ensembles, which a failure names.
`pytest tests/test_checks.py -k land` runs the checks of one tag.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pytest
from _pytest.mark import ParameterSet
from whole_model import run, run_members, scenario

from regionsim.engine.integrate import Trajectory
from regionsim.language.axes import MEMBER
from regionsim.language.inputs import Table
from regionsim.studies.checks.files import Check, all_checks
from regionsim.studies.checks.judgement import failures, pair_failures
from regionsim.studies.checks.variants import Changes, at_end, corners, run_variant
from regionsim.studies.model import evidence


def _settings() -> Iterator[tuple[str, Changes]]:
    """The changes of every run that the checks are held against, each with a name."""
    yield "base", {}
    for name, parameter in evidence().items():
        for end in ("low", "high"):
            yield f"{name}-{end}", {"parameters": {name: at_end(parameter, end)}}
    yield from corners()


ALL = all_checks()
ALWAYS = [check for check in ALL if check.pair is None and not check.is_extreme]
EXTREMES = [check for check in ALL if check.is_extreme]
PAIRS = [check for check in ALL if check.pair is not None and check.pair.sign != "free"]
TAGS = sorted({tag for check in ALWAYS for tag in check.tags})
SETTINGS = dict(_settings())


TOGETHER = 32


def _chunks() -> Iterator[list[str]]:
    """Settings whose runs are members of one ensemble. What changes a table stands alone: tables have no members."""
    alone = {
        name
        for name, changes in SETTINGS.items()
        if any(isinstance(evidence()[changed], Table) for changed in changes.get("parameters", {}))
    }
    yield from ([name] for name in SETTINGS if name in alone)
    others = [name for name in SETTINGS if name not in alone]
    yield from (others[k : k + TOGETHER] for k in range(0, len(others), TOGETHER))


CHUNKS = {f"{names[0]} to {names[-1]}" if names[1:] else names[0]: names for names in _chunks()}


@pytest.fixture(scope="module", params=CHUNKS)
def members(request: pytest.FixtureRequest) -> Trajectory:
    """The runs of some settings, each a member; only one chunk is held at a time."""
    names = CHUNKS[request.param]
    together = run_members([scenario(SETTINGS[name]) for name in names])
    return replace(together, labels={**together.labels, MEMBER: tuple(names)})


@pytest.fixture(scope="module")
def broken(members: Trajectory) -> Callable[[int], list[str]]:
    """What does not hold of a check, by its place in ALWAYS; one of several tags is judged once."""
    return cache(lambda place: failures(ALWAYS[place], members))


def _parameters(checks: list[Check]) -> list[ParameterSet]:
    """What is known not to hold must go on failing, or lose its note."""
    return [
        pytest.param(each, marks=[pytest.mark.xfail(strict=True, reason=each.fails)] if each.fails else [])
        for each in checks
    ]


def _named(checks: list[Check]) -> list[str]:
    return [f"{'+'.join(check.tags)}: {check.name}" for check in checks]


def test_there_are_checks_of_every_kind() -> None:
    assert ALWAYS and EXTREMES and PAIRS and any(check.pair and check.pair.sign == "free" for check in ALL)


@pytest.mark.parametrize("tag", TAGS)
def test_what_must_always_hold_does(tag: str, broken: Callable[[int], list[str]]) -> None:
    found = [line for place, check in enumerate(ALWAYS) if tag in check.tags for line in broken(place)]
    assert not found, "\n" + "\n".join(found)


def _extreme(check: Check, runs: dict[str, Trajectory]) -> Trajectory:
    """The run of an extreme, made once for all its checks."""
    key = repr((check.under, check.emptied))
    if key not in runs:
        runs.clear()  # checks of one extreme stand together
        runs[key] = run_variant(check.under or {}, check.emptied or ())
    return runs[key]


@pytest.fixture(scope="module")
def extremes() -> dict[str, Trajectory]:
    """The run of the extreme that was asked for last."""
    return {}


@pytest.mark.parametrize("check", _parameters(EXTREMES), ids=_named(EXTREMES))
def test_what_must_hold_in_an_extreme_does(check: Check, extremes: dict[str, Trajectory]) -> None:
    found = failures(check, _extreme(check, extremes))
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("check", _parameters(PAIRS), ids=_named(PAIRS))
def test_a_change_moves_things_the_way_it_must(check: Check) -> None:
    assert check.pair is not None
    changed, against = run(check.pair.change), run(check.pair.against)
    found = pair_failures(check.name, check.pair, changed.trajectory, against.trajectory)
    assert not found, "\n" + "\n".join(found)
