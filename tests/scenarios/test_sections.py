"""The sections of a scenario for the border, for compensation and for shocks: read, layered, written and hashed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from scenario_world import Load

from regionsim.place.agreements import agreement_keys, load_agreements
from regionsim.scenarios.border import PARTS, border_settings
from regionsim.scenarios.changes import Change
from regionsim.scenarios.compensation import agreements_under
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.schema import AgreementTerms, BorderSetting

Write = Callable[..., Scenario]
ALL_THREE = """\
border: {friction: 0.5, travel: 0.25, fiscal: 1.5, start: 2024.5, note: a try}
compensation:
  all: {scale: 2, note: twice}
  lushui: {price: 1.2 million CNY_2020/month, bonus: 0.25}
  lushui-second-round: {start: 2023, until: 2033}
shocks:
  lithium-price: {path: {2020: 1, 2022: 8, 2024: 2}}
  pandemic: 0.4
"""


@pytest.fixture
def loaded(tmp_path: Path, load: Load) -> Write:
    """Writes scenario texts, each extending the one before, and loads the last of them."""

    def write(*texts: str) -> Scenario:
        for k, text in enumerate(texts):
            extends = f"extends: s{k - 1}.yaml\n" if k else ""
            (tmp_path / f"s{k}.yaml").write_text("name: same\n" + extends + text, encoding="utf-8")
        return load(tmp_path / f"s{len(texts) - 1}.yaml")

    return write


# --- the border -------------------------------------------------------------------------------------------------------


def remaining(border: BorderSetting, year: float) -> Mapping[str, float]:
    """What the model is told of each part in a year."""
    paths = {path.name.removeprefix("border_"): path for path in border_settings(border)}
    assert set(paths) == set(PARTS)
    return {part: float(np.ravel(path.at(year))[0]) for part, path in paths.items()}


def test_a_scenario_that_says_nothing_leaves_the_border_as_in_2020(loaded: Write) -> None:
    border = loaded("about: Nothing.\n").border
    assert border == BorderSetting()
    assert all(remaining(border, year) == dict.fromkeys(PARTS, 1.0) for year in (2020, 2022, 2035))


def test_friction_is_for_all_parts_and_a_named_part_stands_by_itself(loaded: Write) -> None:
    border = loaded("border: {friction: 0.5, travel: 0.25, fiscal: 1.5, start: 2024.5}\n").border
    assert remaining(border, 2024.25) == dict.fromkeys(PARTS, 1.0)
    after = {"travel": 0.25, "goods": 0.5, "clusters": 0.5, "labour": 0.5, "services": 0.5, "fiscal": 1.5}
    assert remaining(border, 2024.5) == remaining(border, 2035) == after


def test_a_part_alone_leaves_the_others_and_begins_with_the_plan(loaded: Write) -> None:
    border = loaded("border: {goods: 0}\n").border
    assert remaining(border, 2021.75)["goods"] == 1
    assert remaining(border, 2022) == {**dict.fromkeys(PARTS, 1.0), "goods": 0.0}


def test_a_child_changes_single_keys_of_its_parents_border(loaded: Write) -> None:
    border = loaded("border: {friction: 0.5, travel: 0.1, start: 2025}\n", "border: {friction: 0.8, goods: 2}\n").border
    assert border == BorderSetting(friction=0.8, travel=0.1, goods=2, start=2025)


# --- compensation -----------------------------------------------------------------------------------------------------


def agreed(scenario: Scenario, key: str) -> tuple[float, float, float, float, float]:
    """Price, award, bonus, start and end of an agreement under a scenario."""
    (found,) = (each for each in agreements_under(scenario.compensation) if each.key == key)
    return found.price, found.award, found.bonus, found.start, found.end


def test_agreements_that_no_scenario_speaks_of_are_as_known(loaded: Write) -> None:
    assert agreements_under(loaded("about: Nothing.\n").compensation) == load_agreements()


def test_terms_of_one_agreement_go_before_those_of_several_in_whatever_order_they_stand(loaded: Write) -> None:
    one = "lushui-second-round: {price: 2}"
    both = "lushui: {price: 1, bonus: 0.1}"
    every = "all: {price: 3, scale: 2, bonus: 0.9}"
    for entries in ((one, both, every), (every, both, one), (both, every, one)):
        scenario = loaded("compensation:\n" + "".join(f"  {entry}\n" for entry in entries))
        assert set(scenario.compensation) == set(agreement_keys())
        assert scenario.compensation["lushui_second_round"] == AgreementTerms(price=2.0, scale=2, bonus=0.1)
        assert scenario.compensation["lushui_first_round"] == AgreementTerms(price=1.0, scale=2, bonus=0.1)
        assert scenario.compensation["xiu"] == AgreementTerms(price=3.0, scale=2, bonus=0.9)


def test_scale_multiplies_price_and_award_and_other_terms_stay(loaded: Write) -> None:
    scenario = loaded("compensation: {lushui-first-round: {scale: 2}}\n")
    price, award, bonus, start, end = agreed(scenario, "lushui_first_round")
    assert (price, award, bonus) == pytest.approx((1.66, 72, 0))
    # A model year begins on 1 November, ten months into the calendar year of the same number.
    assert (start, end) == pytest.approx((2019 + 6 / 12 - 10 / 12, 2022 + 6 / 12 - 10 / 12))
    assert agreed(scenario, "xiu") == agreed(loaded("about: Nothing.\n"), "xiu")


def test_a_price_may_have_its_unit_and_be_scaled(loaded: Write) -> None:
    text = "compensation: {xiu: {price: 9.6 million CNY_2020/year, scale: 0.5, start: 2024, until: 2030}}\n"
    price, award, _, start, end = agreed(loaded(text), "xiu")
    assert (price, award, start, end) == pytest.approx((0.4, 0, 2024, 2030))
    assert loaded("compensation: {xiu: {price: 0.8 million CNY_2020/month}}\n").compensation == {
        "xiu": AgreementTerms(price=0.8)
    }


def test_a_child_changes_single_terms_and_takes_back_agreements(loaded: Write) -> None:
    scenario = loaded(
        "compensation: {all: {scale: 2}, xiu: {bonus: 0.5}}\n",
        "compensation: {lushui: unchanged, xiu: {price: 1}, he: unchanged}\n",
    )
    assert set(scenario.compensation) == {"xiu", "yuan", "miluo", "shangyou"}
    assert scenario.compensation["xiu"] == AgreementTerms(scale=2, bonus=0.5, price=1.0)


def test_all_unchanged_takes_back_what_is_said_of_every_agreement(loaded: Write) -> None:
    assert loaded("compensation: {all: {scale: 2}}\n", "compensation: {all: unchanged}\n").compensation == {}


# --- shocks -----------------------------------------------------------------------------------------------------------


def test_a_shock_is_a_change_of_its_parameter_in_any_form(loaded: Write) -> None:
    shocks = "shocks: {lithium-price: {path: {2020: 1, 2022: 8}}, pandemic: 0.4}\n"
    parameters = "parameters: {lithium_price_index: {path: {2020: 1, 2022: 8}}, visit_disturbance: 0.4}\n"
    assert loaded(shocks).parameters == {
        "lithium_price_index": Change(form="path", values={(): ((2020.0, 1.0), (2022.0, 8.0))}, kind="linear"),
        "visit_disturbance": Change(form="value", values={(): 0.4}),
    }
    assert loaded(shocks) == loaded(parameters)
    assert loaded(shocks).content_hash() == loaded(parameters).content_hash()


def test_a_childs_shock_goes_before_its_parents_by_either_name(loaded: Write) -> None:
    shock, parameter = "shocks: {pandemic: 0.4}\n", "parameters: {visit_disturbance: 0.7}\n"
    assert loaded(shock, parameter).parameters["visit_disturbance"].values == {(): 0.7}
    assert loaded(parameter, shock).parameters["visit_disturbance"].values == {(): 0.4}
    assert loaded(parameter, "shocks: {pandemic: unchanged}\n").parameters == {}


# --- written, read again, hashed --------------------------------------------------------------------------------------


def test_the_resolved_scenario_loads_again_to_an_equal_one(loaded: Write) -> None:
    first = loaded(ALL_THREE)
    text = first.resolved_yaml()
    for line in ("  friction: 0.5", "  lushui-second-round:", "    price: 1.2", "  visit_disturbance:"):
        assert line in text.splitlines()
    again = loaded(text.replace('name: "same"\n', ""))
    assert again == first and again.resolved_yaml() == text
    assert again.content_hash() == first.content_hash()


@pytest.mark.parametrize(
    "text",
    [
        "border: {friction: 0.5}\n",
        "border: {friction: 0.5, start: 2025}\n",
        *(f"border: {{{part}: 0.5}}\n" for part in PARTS),
        "compensation: {all: {scale: 2}}\n",
        "compensation: {xiu: {scale: 2}}\n",
        "compensation: {xiu: {price: 2}}\n",
        "compensation: {xiu: {bonus: 2}}\n",
        "compensation: {xiu: {start: 2024}}\n",
        "compensation: {xiu: {until: 2024}}\n",
        "shocks: {pandemic: 0.5}\n",
        "shocks: {pandemic: {scale: 0.5}}\n",
    ],
)
def test_each_key_changes_the_hash_and_a_note_does_not(loaded: Write, text: str) -> None:
    changed = loaded(text)
    assert changed.content_hash() != loaded("about: Nothing.\n").content_hash()
    if "{xiu: {" in text or text.startswith("border"):
        noted = loaded(text.replace("}", ", note: why}", 1))
        assert noted != changed and noted.content_hash() == changed.content_hash()


def test_no_two_changes_share_a_hash(loaded: Write) -> None:
    texts = [f"border: {{{part}: 0.5}}\n" for part in (*PARTS, "friction")]
    texts += [f"compensation: {{{name}: {{scale: 0.5}}}}\n" for name in ("all", "lushui", "xiu", "yuan")]
    assert len({loaded(text).content_hash() for text in texts}) == len(texts)
