"""The behaviour checks in checks/*.yaml: what must hold in every run, and which way things must go.

What must always hold is tested on the base scenario, with each parameter in turn at the low and at the high end of its
range, and with every parameter at an end at once. `pytest tests/test_checks.py -k land` runs the checks of one tag,
`-k access_decay` those of one parameter.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from check_files import Check, read_checks
from check_judgement import failures, pair_failures
from whole_model import Changes, Run, at_end, parameters, run, run_scenario, scenario

from regionsim.problems import ProblemsError

CHECKS = Path(__file__).parent / "checks"
CORNERS = 12
SEED = 20201101


def _all_checks() -> tuple[list[Check], list[str]]:
    checks: list[Check] = []
    problems: list[str] = []
    for path in sorted(CHECKS.glob("*.yaml")):
        try:
            checks += read_checks(path)
        except ProblemsError as error:
            problems += str(error).splitlines()
    return checks, problems


def _settings() -> Iterator[tuple[str, Changes]]:
    """The changes of every run that the checks are held against, each with a name."""
    yield "base", {}
    for name, parameter in parameters().items():
        for end in ("low", "high"):
            yield f"{name}-{end}", {"parameters": {name: at_end(parameter, end)}}
    ends = np.random.default_rng(SEED).choice(["low", "high"], size=(CORNERS, len(parameters())))
    for number, corner in enumerate(ends):
        changes = {name: at_end(value, end) for (name, value), end in zip(parameters().items(), corner, strict=True)}
        yield f"all-at-an-end-{number + 1}", {"parameters": changes}


ALL, PROBLEMS = _all_checks()
ALWAYS = [check for check in ALL if check.pair is None]
PAIRS = [check for check in ALL if check.pair is not None]
TAGS = sorted({tag for check in ALWAYS for tag in check.tags})
SETTINGS = dict(_settings())


@pytest.fixture(scope="module", params=SETTINGS)
def setting(request: pytest.FixtureRequest) -> Run:
    """One run; only one is held at a time."""
    return run_scenario(scenario(SETTINGS[request.param]))


def test_every_check_file_can_be_read() -> None:
    assert not PROBLEMS, "\n" + "\n".join(PROBLEMS)
    assert ALWAYS and PAIRS


@pytest.mark.parametrize("tag", TAGS)
def test_what_must_always_hold_does(tag: str, setting: Run) -> None:
    found = [line for check in ALWAYS if tag in check.tags for line in failures(check, setting.trajectory)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("check", PAIRS, ids=[f"{'+'.join(check.tags)}: {check.name}" for check in PAIRS])
def test_a_change_moves_things_the_way_it_must(check: Check) -> None:
    assert check.pair is not None
    changed, against = run(check.pair.change), run(check.pair.against)
    found = pair_failures(check.name, check.pair, changed.trajectory, against.trajectory)
    assert not found, "\n" + "\n".join(found)
