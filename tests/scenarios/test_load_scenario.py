"""Loading scenarios: defaults, every key, chains of files, the resolved text and the hash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from scenario_world import Load

from regionsim.problems import ProblemsError
from regionsim.scenarios.changes import Change
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.schema import ProjectDates

Write = Callable[..., Scenario]


@pytest.fixture
def loaded(tmp_path: Path, load: Load) -> Write:
    """Writes the given files and loads the last of them."""

    def write(files: Mapping[str, str]) -> Scenario:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return load(tmp_path / list(files)[-1])

    return write


FULL = """\
name: full-cooperation
title: {en: Full cooperation, zh: 全面合作}
about: |
  Everything at once:
  "as planned".
run: {start: 2021, end: 2034, step: 1/12, method: rk4, seed: 7}
transport:
  长赣高铁: {opens: 2030.5, note: "assumption: half a year late"}
  EX07: {opens: 2025, closes: 2033}
parameters:
  birth_rate: 0.9 %/year
  total_fertility: {scale: 0.9}
  public_investment: {path: {2021: 10 亿元/year, 2030: 1500}}
  capital_share: {value: {services: 0.35}}
  wage_gap: {scale: {urban: {industry: 1.1}, rural: 0.9}}
  subsidy: {path: {浏阳: {2021: 0.001, 2030: 0.002}, "360302": {2021: 0.001, 2025: 0.003}}}
  park_size: {value: 2000, outside_range: true, note: twice the plan}
  mortality_of_age: {points: {0: 0.01, 60: 0.004, 100: 0.25}}
"""


def test_an_almost_empty_scenario_has_the_defaults(loaded: Write) -> None:
    scenario = loaded({"base.yaml": "about: As it is.\n"})
    assert scenario == Scenario(
        name="base",
        title_en="base",
        title_zh="base",
        about="As it is.",
        start=2020,
        end=2035,
        step=0.25,
        method="euler",
        seed=0,
    )


def test_every_key_is_read_and_every_name_resolved(loaded: Write) -> None:
    scenario = loaded({"full.yaml": FULL})
    assert (scenario.name, scenario.title_en, scenario.title_zh) == ("full-cooperation", "Full cooperation", "全面合作")
    assert (scenario.start, scenario.end, scenario.step, scenario.method) == (2021, 2034, 1 / 12, "rk4")
    assert scenario.transport == {
        "changsha-ganzhou-railway": ProjectDates(opens=2030.5, note="assumption: half a year late"),
        "suichuan-dayu-expressway": ProjectDates(opens=2025, closes=2033),
    }
    changes = scenario.parameters
    assert changes["birth_rate"] == Change(form="value", values={(): 0.009})
    assert changes["public_investment"].values == {(): ((2021.0, 1000.0), (2030.0, 1500.0))}
    assert changes["capital_share"].values == {("services",): 0.35}
    assert changes["wage_gap"].values == {("urban", "industry"): 1.1, ("rural",): 0.9}
    assert set(changes["subsidy"].values) == {("430181",), ("360302",)}
    assert changes["park_size"] == Change(
        form="value", values={(): 2000.0}, kind="step", outside_range=True, note="twice the plan"
    )


@pytest.mark.parametrize(
    ("title", "en", "zh"),
    [
        ("One", "One", "One"),
        ("{en: One}", "One", "One"),
        ("{zh: 一}", "一", "一"),
        ("{en: One, zh: 一}", "One", "一"),
    ],
)
def test_one_title_serves_both_languages(loaded: Write, title: str, en: str, zh: str) -> None:
    scenario = loaded({"base.yaml": f"title: {title}\n"})
    assert (scenario.title_en, scenario.title_zh) == (en, zh)


@pytest.mark.parametrize(
    ("step", "value"), [("1", 1.0), ("0.1", 0.1), ("0.0833333", 1 / 12), ("1/365", 1 / 365), ("1 / 4", 0.25)]
)
def test_a_step_divides_a_year_exactly(loaded: Write, step: str, value: float) -> None:
    assert loaded({"base.yaml": f"run: {{step: {step}}}\n"}).step == value


def test_the_resolved_scenario_loads_again_to_an_equal_one(loaded: Write) -> None:
    scenario = loaded({"full.yaml": FULL})
    again = loaded({"elsewhere/resolved.yaml": scenario.resolved_yaml()})
    assert again == scenario
    assert again.resolved_yaml() == scenario.resolved_yaml()
    assert again.content_hash() == scenario.content_hash()
    assert again.source_files != scenario.source_files


def test_the_resolved_scenario_is_what_a_person_would_write(loaded: Write) -> None:
    text = "transport: {长赣高铁: {opens: 2030}}\nparameters:\n  capital_share: {value: {services: 0.35}}\n"
    assert loaded({"base.yaml": text}).resolved_yaml() == (
        "name: base\n"
        "title:\n"
        '  en: "base"\n'
        '  zh: "base"\n'
        "run:\n"
        "  start: 2020\n"
        "  end: 2035\n"
        "  step: 0.25\n"
        '  method: "euler"\n'
        "  seed: 0\n"
        'calibration: "none"\n'
        "transport:\n"
        "  changsha-ganzhou-railway:\n"
        "    opens: 2030\n"
        "parameters:\n"
        "  capital_share:\n"
        "    value:\n"
        "      services: 0.35\n"
    ).replace("name: base", 'name: "base"')


def test_the_hash_knows_neither_order_nor_names_nor_comments(loaded: Write) -> None:
    one = loaded(
        {
            "one.yaml": "# comment\ntitle: One\nrun: {end: 2030, step: 0.25}\n"
            "transport: {长赣高铁: {opens: 2030, note: late}, EX07: {opens: 2025}}\n"
            "parameters: {birth_rate: 0.009, capital_share: {value: {services: 0.3, industry: 0.5}}}\n"
        }
    )
    other = loaded(
        {
            "elsewhere/other.yaml": "parameters: {capital_share: {value: {industry: 0.5, services: 0.3}, "
            "outside_range: true}, birth_rate: {value: 0.9 percent/year}}\n"
            "transport: {遂大高速: {opens: 2025.0}, changsha-ganzhou-railway: {opens: 2030}}\n"
            "run: {step: 1/4, end: 2030}\n"
        }
    )
    assert one.content_hash() == other.content_hash()
    assert len(one.content_hash()) == 64


@pytest.mark.parametrize(
    "text",
    [
        "run: {end: 2031}\n",
        "run: {seed: 1}\n",
        "run: {step: 0.5}\n",
        "run: {method: rk4}\n",
        "transport: {长赣高铁: {opens: 2030}}\n",
        "transport: {长赣高铁: {closes: 2030}}\n",
        "transport: {长赣高铁: {opens: 2031}}\n",
        "parameters: {birth_rate: 0.009}\n",
        "parameters: {birth_rate: {scale: 0.009, outside_range: true}}\n",
        "parameters: {birth_rate: {path: {2020: 0.009, 2030: 0.01}}}\n",
        "parameters: {birth_rate: {path: {2020: 0.009, 2030: 0.01}, kind: step}}\n",
    ],
)
def test_the_hash_changes_with_all_that_a_run_reads(loaded: Write, text: str) -> None:
    base = loaded({"base.yaml": "about: As it is.\n"})
    assert loaded({"base.yaml": text}).content_hash() != base.content_hash()


def test_a_child_wins_key_by_key_over_its_parent(loaded: Write) -> None:
    scenario = loaded(
        {
            "base.yaml": "name: base\ntitle: Base\nabout: The base.\nrun: {end: 2032, step: 0.5, seed: 3}\n"
            "transport:\n  长赣高铁: {opens: 2030, note: as planned}\n  EX07: {opens: 2025}\n"
            "parameters: {birth_rate: {value: 0.009, note: from the base}, total_fertility: {scale: 0.9}}\n",
            "middle.yaml": "extends: base.yaml\nrun: {seed: 4}\nparameters: {birth_rate: 0.01}\n",
            "child.yaml": "extends: middle.yaml\nrun: {step: 0.25}\n"
            "transport:\n  changsha-ganzhou-railway: {opens: 2031}\n  HSR01: {closes: 2027}\n",
        }
    )
    assert (scenario.end, scenario.step, scenario.seed) == (2032, 0.25, 4)
    assert scenario.transport == {
        "changsha-ganzhou-railway": ProjectDates(opens=2031, note="as planned"),
        "suichuan-dayu-expressway": ProjectDates(opens=2025),
        "shanghai-kunming-railway": ProjectDates(closes=2027),
    }
    assert scenario.parameters == {
        "birth_rate": Change(form="value", values={(): 0.01}),
        "total_fertility": Change(form="scale", values={(): 0.9}),
    }
    assert [Path(file).name for file in scenario.source_files] == ["base.yaml", "middle.yaml", "child.yaml"]


def test_name_title_and_about_are_not_inherited(loaded: Write) -> None:
    scenario = loaded(
        {"base.yaml": "name: base\ntitle: Base\nabout: The base.\n", "child.yaml": "extends: base.yaml\n"}
    )
    assert (scenario.name, scenario.title_en, scenario.about) == ("child", "child", "")


def test_a_child_takes_back_what_its_parent_changes(loaded: Write) -> None:
    scenario = loaded(
        {
            "base.yaml": "transport: {长赣高铁: {opens: 2030}, EX07: {opens: 2025}}\n"
            "parameters: {birth_rate: 0.009, public_investment: 900}\n",
            "child.yaml": "extends: base.yaml\ntransport: {HSR10: unchanged}\nparameters: {birth_rate: unchanged}\n",
        }
    )
    assert list(scenario.transport) == ["suichuan-dayu-expressway"]
    assert list(scenario.parameters) == ["public_investment"]


def test_a_scale_replaces_the_scale_of_the_parent(loaded: Write) -> None:
    scenario = loaded(
        {
            "base.yaml": "parameters: {birth_rate: {scale: 0.8}}\n",
            "child.yaml": "extends: base.yaml\nparameters: {birth_rate: {scale: 0.9}}\n",
        }
    )
    assert scenario.parameters["birth_rate"].values == {(): 0.9}


def test_an_extended_file_is_looked_up_beside_the_one_that_extends_it(loaded: Write) -> None:
    scenario = loaded(
        {
            "base.yaml": "run: {seed: 5}\n",
            "deeper/middle.yaml": "extends: ../base.yaml\n",
            "child.yaml": "extends: deeper/middle.yaml\n",
        }
    )
    assert scenario.seed == 5


def test_with_a_parent_that_cannot_be_read_only_what_is_sure_is_told(loaded: Write) -> None:
    with pytest.raises(ProblemsError) as raised:
        loaded({"base.yaml": "- a list\n", "child.yaml": "extends: base.yaml\ntransport: {EX07: {opens: 2090}}\n"})
    assert len(raised.value.problems) == 1
    assert raised.value.problems[0].file.endswith("base.yaml")


def test_the_given_file_may_be_missing(load: Load) -> None:
    with pytest.raises(ProblemsError, match=r"^none\.yaml: the file does not exist$"):
        load("none.yaml")


def test_text_with_signs_of_all_kinds_survives_the_resolved_file(loaded: Write) -> None:
    about = 'quote \\" backslash \\\\ tab \\t line \\n separator \\u2028 mark \\ufeff emoji \\U0001F600 # : - 合作'
    scenario = loaded({"base.yaml": f'about: "{about}"\n'})
    assert "\u2028" in scenario.about
    assert loaded({"base.yaml": scenario.resolved_yaml()}) == scenario
