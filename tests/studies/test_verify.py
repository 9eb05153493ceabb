"""Engines that are not ours: that they find what we find, and that they find it out where something is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xmile_models
from command_line import BASE, call, program, write
from elements_by_name import run_pysd_by_name
from numpy.typing import NDArray

from regionsim.engine.compile import Model
from regionsim.engine.guard import SimulationError
from regionsim.engine.integrate import Trajectory
from regionsim.export.xmile import tree
from regionsim.export.xmile.document import Document
from regionsim.export.xmile.tree import Node, Number
from regionsim.studies.verify import engines, study
from regionsim.studies.verify.compare import TOLERANCE, differences, element_names, our_values
from regionsim.studies.verify.engines import ENGINES

Array = NDArray[np.float64]
NAMES = ("pysd", "pysimlin")
COMPARED = ("people", "wealth", *xmile_models.SHOWN)

pytestmark = pytest.mark.skipif(
    not all(engine.version for engine in ENGINES.values()), reason="needs the engines of the extra 'interop'"
)


@pytest.fixture(scope="module")
def model() -> Model:
    return xmile_models.everything()


@pytest.fixture(scope="module")
def document(model: Model) -> Document:
    return xmile_models.document(model)


@pytest.fixture(scope="module")
def ours(model: Model) -> Trajectory:
    return xmile_models.trajectory(model)


@pytest.fixture(scope="module")
def theirs(document: Document) -> Mapping[str, Mapping[str, Array]]:
    """The model of everything in both engines."""
    return study.run_elsewhere(document, COMPARED, NAMES, lambda name: None)


@pytest.mark.parametrize("variable", COMPARED)
@pytest.mark.parametrize("engine", NAMES)
def test_every_function_axis_and_input_means_the_same_elsewhere(
    engine: str, variable: str, document: Document, ours: Trajectory, theirs: Mapping[str, Mapping[str, Array]]
) -> None:
    values = theirs[engine][variable]
    assert np.isfinite(values).all() and np.ptp(values) > 0
    [found] = differences(document, ours, {variable: values})
    assert found.agrees and found.largest < 1e-12, found


def test_what_is_written_into_others_means_the_same(model: Model, ours: Trajectory) -> None:
    document = xmile_models.document(model, shown=())
    assert not {"share", "leaving_by_cohort", "careful"} & {variable.name for variable in document.variables}
    found = study.run_elsewhere(document, ("people", "wealth"), NAMES, lambda name: None)
    assert all(each.largest < 1e-12 for name in NAMES for each in differences(document, ours, found[name]))


def test_pysd_finds_the_same_where_elements_are_found_by_name(
    document: Document, theirs: Mapping[str, Mapping[str, Array]], tmp_path: Path
) -> None:
    elements = element_names(document, COMPARED)
    file = tmp_path / "model.xmile"
    file.write_text(document.xml(), encoding="utf-8")
    names = [name for found in elements.values() for name in found]
    found = run_pysd_by_name(file, names, range(xmile_models.START, xmile_models.END + 1))
    np.testing.assert_array_equal(found, np.concatenate([theirs["pysd"][name] for name in elements], axis=1))


# --- the tester tested ------------------------------------------------------------------------------------------------


def changed(document: Document, name: str, body: Node | Mapping[tuple[str, ...], Node]) -> Document:
    """The document with another equation for one variable."""
    assert any(variable.name == name for variable in document.variables)
    variables = (replace(v, body=body) if v.name == name else v for v in document.variables)
    return replace(document, variables=tuple(variables))


def body_of(document: Document, name: str) -> Any:
    [variable] = (variable for variable in document.variables if variable.name == name)
    return variable.body


def faults(document: Document) -> dict[str, Document]:
    """Small mistakes of a printer, each in one equation."""
    growth, decay, hardship = (body_of(document, name) for name in ("growth", "decay", "hardship"))
    times, empty, wealth = (body_of(document, name) for name in ("travel_time", "empty", "wealth_per_person"))
    faster = {**times, ("Anyuan", "LiuYang"): Number(89.0)}
    return {
        "a term is missing": changed(document, "growth", growth.left),
        "a sign is turned": changed(document, "growth", tree.minus(growth.left, growth.right)),
        "a comparison is turned": changed(document, "decay", replace(decay, comparison="<")),
        "a bound is missing": changed(document, "hardship", hardship.arguments[0]),
        "one element of a table is off": changed(document, "travel_time", faster),
        "a number lost its digits": changed(
            document, "wealth_per_person", {**wealth, ("LiuYang",): Number(0.33333333)}
        ),
        "a start is another": changed(document, "initial_hardship", Number(1.0 + 1e-6)),
        "what is 0 is not": changed(document, "empty", {**empty, ("Anyuan",): Number(1e-3)}),
    }


@pytest.fixture(scope="module")
def found_in_faults(
    document: Document, ours: Trajectory, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """For each fault, the variables that then disagree in simlin."""
    elements = element_names(document, COMPARED)
    columns = [name for names in elements.values() for name in names]
    ends = np.cumsum([len(names) for names in elements.values()])[:-1]
    years = range(xmile_models.START, xmile_models.END + 1)
    disagree = {}
    for what, wrong in {"nothing": document, **faults(document)}.items():
        file = tmp_path_factory.mktemp("fault") / "model.xmile"
        file.write_text(wrong.xml(), encoding="utf-8")
        values = np.split(engines.run_pysimlin(file, columns, list(years)), ends, axis=1)
        compared = differences(document, ours, dict(zip(elements, values, strict=True)))
        disagree[what] = [each.variable for each in compared if not each.agrees]
    return disagree


def test_a_changed_equation_in_the_text_is_found(found_in_faults: dict[str, list[str]]) -> None:
    assert found_in_faults.pop("nothing") == []
    assert all(found_in_faults.values()), found_in_faults
    assert found_in_faults["what is 0 is not"] == ["careful", "rooted"]
    assert found_in_faults["a start is another"] == ["change"]


def test_pysd_finds_a_changed_number_too(document: Document, ours: Trajectory) -> None:
    wrong = changed(document, "decay_rate", Number(0.01 * (1 + 1e-6)))
    found = study.run_elsewhere(wrong, ("wealth",), ("pysd",), lambda name: None)
    [wealth] = differences(document, ours, found["pysd"])
    assert TOLERANCE < wealth.largest < 1e-6


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda values: values, 0),
        (lambda values: values * (1 + 1e-6), 1e-6),
        (lambda values: np.where(values == values.max(), np.nan, values), np.inf),
        (lambda values: np.where(values == values.max(), np.inf, values), np.inf),
    ],
)
def test_a_difference_is_measured_against_the_value(
    change: Any, expected: float, document: Document, ours: Trajectory
) -> None:
    values = our_values(document, ours.variables["wealth"], ours.labels)
    [found] = differences(document, ours, {"wealth": change(values)})
    assert found.largest == pytest.approx(expected, rel=1e-6)
    assert found.agrees == (expected == 0)


def test_near_zero_a_difference_is_measured_against_the_scale(document: Document, ours: Trajectory) -> None:
    values = our_values(document, ours.variables["load"], ours.labels)
    assert (values == 0).any()
    scale = values.max()
    [found] = differences(document, ours, {"load": np.where(values == 0, 1e-15 * scale, values)})
    assert found.largest == pytest.approx(1e-6)
    assert found.element.startswith("load[Reach") and found.year in range(2020, 2025)


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """Engines that answer with our own values, times 1 and what stands here under their names."""
    errors: dict[str, float] = {}

    def elsewhere(document: Document, compared: Any, names: Any, finished: Any) -> dict[str, dict[str, Array]]:
        return {
            name: {
                variable: our_values(document, runs[0].variables[variable], runs[0].labels) * (1 + errors.get(name, 0))
                for variable in compared
            }
            for name in names
        }

    runs: list[Trajectory] = []
    simulate = study.simulate

    def kept(*arguments: Any, **more: Any) -> Trajectory:
        runs[:] = [simulate(*arguments, **more)]
        return runs[0]

    monkeypatch.setattr(study, "simulate", kept)
    monkeypatch.setattr(study, "run_elsewhere", elsewhere)
    return errors


def test_verify_writes_its_certificate_beside_the_results(quick: dict[str, float], tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "run.json").write_text("{}")
    said = call("verify", BASE, "--out", tmp_path)
    assert said.status == 0 and said.error == ""
    assert said.out.endswith(f"Written to {tmp_path / 'base' / 'verification.json'}\n")
    assert sorted(path.name for path in (tmp_path / "base").iterdir()) == ["run.json", "verification.json"]
    record = json.loads((tmp_path / "base" / "verification.json").read_text(encoding="utf-8"))
    assert record["agrees"] is True and record["tolerance"] == 1e-9
    assert set(record["engines"]) == set(NAMES)
    for name in NAMES:
        assert record["engines"][name]["version"] == ENGINES[name].version
        assert record["engines"][name]["largest_relative_differences"]["population"] == 0
    assert "precision 17" in record["engines"]["pysd"]["remark"]
    run = call("run", BASE, "--out", tmp_path / "run", "--no-figures")
    assert run.status == 0
    expected = json.loads((tmp_path / "run" / "base" / "run.json").read_text(encoding="utf-8"))
    assert {key: record[key] for key in ("scenario_hash", "data_hash")} == {
        key: expected[key] for key in ("scenario_hash", "data_hash")
    }


def test_verify_fails_where_an_engine_differs(quick: dict[str, float], tmp_path: Path) -> None:
    quick["pysd"] = 1e-8
    said = call("verify", BASE, "--out", tmp_path)
    assert said.status == 1
    [line] = (line for line in said.out.splitlines() if line.startswith("population "))
    assert "1.0e-08     0.0e+00  pysd: population[" in line and "pysimlin" not in line
    assert json.loads((tmp_path / "base" / "verification.json").read_text(encoding="utf-8"))["agrees"] is False
    assert call("verify", BASE, "--engine", "pysimlin", "--out", tmp_path).status == 0


def test_a_missing_engine_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(engines, "version", missing)
    said = call("verify", BASE, "--engine", "pysd", "--out", tmp_path)
    assert said.status == 2 and said.out == ""
    assert said.error == "pysd: this engine is not installed; pip install 'regionsim[interop]'\n"
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_scenario_is_said_in_words(tmp_path: Path) -> None:
    mine = write(tmp_path, "name: mine\nextends: base.yaml\nrun: {method: rk4}\n")
    for command in (("verify", mine, "--out", tmp_path / "out"), ("export", "xmile", mine)):
        said = call(*command)
        assert said.status == 2 and said.out == ""
        assert said.error == f"{mine}: run.method of a scenario for XMILE; found rk4; expected euler\n"


def test_export_writes_a_file_named_after_the_scenario(tmp_path: Path) -> None:
    said = program("export", "xmile", BASE, folder=tmp_path)
    assert said.status == 0 and said.error == ""
    assert said.out.startswith("Written to base.xmile: ")
    assert [path.name for path in tmp_path.iterdir()] == ["base.xmile"]
    assert (tmp_path / "base.xmile").read_bytes().startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<xmile ')


def test_export_makes_the_folder_of_its_file_and_replaces_an_older_one(tmp_path: Path) -> None:
    target = tmp_path / "models" / "mine.xmile"
    assert call("export", "xmile", BASE, "--out", target).status == 0
    whole = target.read_bytes()
    target.write_text("older")
    assert call("export", "xmile", BASE, "--out", target).status == 0
    assert target.read_bytes() == whole
    assert list(target.parent.iterdir()) == [target]


def test_export_refuses_a_folder_as_its_file(tmp_path: Path) -> None:
    said = call("export", "xmile", BASE, "--out", tmp_path)
    assert said.status == 2
    assert said.error == f"{tmp_path}: the name of a file is needed; found a folder\n"


def test_an_engine_that_breaks_down_is_said_in_words(document: Document) -> None:
    wrong = changed(document, "decay_rate", tree.Reference("nowhere"))
    with pytest.raises(SimulationError, match=r"^pysimlin could not run the model: "):
        study.run_elsewhere(wrong, ("wealth",), ("pysimlin",), lambda name: None)
