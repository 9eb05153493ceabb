"""Every file in wrong/ beside the exact text that its writer is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from scenario_world import Load

from regionsim.problems import ProblemsError

WRONG = Path(__file__).parent / "wrong"
CASES = sorted(path.stem for path in WRONG.glob("*.yaml"))


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_scenario_is_told_what_is_wrong_in_these_words(
    case: str, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(WRONG)
    with pytest.raises(ProblemsError) as raised:
        load(f"{case}.yaml")
    assert str(raised.value) + "\n" == (WRONG / f"{case}.expected").read_text(encoding="utf-8")


def test_every_expected_text_has_its_file() -> None:
    assert sorted(path.stem for path in WRONG.glob("*.expected")) == CASES
