"""Machine code and the reference are two readings of the same equations, and give the same runs."""

from __future__ import annotations

import ast
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from published_models import cases
from small_models import constant, path
from xmile_models import END, START, STEP, everything

from regionsim.engine.guard import LedgerError, SimulationError
from regionsim.engine.integrate import simulate
from regionsim.language.functions import FUNCTIONS
from regionsim.language.inputs import Constant
from regionsim.language.syntax import expression

pytest.importorskip("llvmlite")

from regionsim.engine.compiled import machine
from regionsim.engine.compiled import simulate as simulate_module
from regionsim.engine.compiled.known import with_known
from regionsim.engine.compiled.program import program_of
from regionsim.engine.compiled.reading import READ
from regionsim.engine.compiled.schedule import schedule_of
from regionsim.engine.compiled.simulate import KNOWN_FROM, member_alone, simulate_compiled, simulate_each
from regionsim.studies.ensemble import ensemble_model
from regionsim.studies.model import given
from regionsim.studies.priors import drawable, from_uniform, prior_of

TOLERANCE = 1e-10  # of each variable's largest value
PUBLISHED = {case.folder: (module, case) for module, case in cases()}
THREE_YEARS = {"start": 2020, "end": 2023, "step": 0.25}


def assert_same(compiled, reference, tolerance=TOLERANCE):
    assert list(compiled.variables) == list(reference.variables)
    np.testing.assert_array_equal(compiled.years, reference.years)
    for name, variable in reference.variables.items():
        values = compiled.variables[name].values
        assert values.shape == variable.values.shape, name
        np.testing.assert_array_equal(np.isfinite(values), np.isfinite(variable.values), err_msg=name)
        at = np.isfinite(values)
        size = np.abs(variable.values[at]).max(initial=0.0)
        np.testing.assert_allclose(values[at], variable.values[at], rtol=0, atol=tolerance * size, err_msg=name)
    assert compiled.ledgers == pytest.approx(reference.ledgers, abs=1e-12)


def assert_same_bits(one, other):
    for name, variable in one.variables.items():
        np.testing.assert_array_equal(variable.values, other.variables[name].values, err_msg=name)
    assert one.ledgers == other.ledgers


@pytest.fixture(scope="module")
def drawn_model(base_scenario):
    """Six members of the whole model with their own numbers for all parameters but those that the base year takes."""
    worked_out = {*given(base_scenario).read, "standard_revenue_share", "equalization_share", "net_borrowing_share"}
    priors = [prior_of(name) for name in drawable() if name not in worked_out]
    shares = np.random.default_rng(11).uniform(0.2, 0.8, (6, len(priors)))
    return ensemble_model(base_scenario, from_uniform(priors, shares))


@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_a_model_with_every_function_gives_the_reference_run(method):
    model = everything()
    used = {
        node.func.id
        for equation in model.equations.values()
        for node in ast.walk(expression(equation))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert used == set(FUNCTIONS)
    run = {"start": START, "end": END, "step": STEP, "method": method}
    assert_same(simulate_compiled(model, **run), simulate(model, **run))


def test_every_function_of_the_language_has_a_compiled_reading():
    assert set(FUNCTIONS) == READ


@pytest.mark.parametrize("folder", PUBLISHED)
def test_a_published_model_gives_the_reference_run(folder):
    module, case = PUBLISHED[folder]
    model = case.compiled(module)
    constants = [name for name, value in model.inputs.items() if isinstance(value, Constant)]
    compiled = simulate_compiled(
        model,
        start=case.start / case.year,
        end=case.end / case.year,
        step=case.step / case.year,
        outputs=[*model.stocks, *model.equations, *constants],
    )
    reference = case.run(model)
    assert_same(compiled, reference)


def test_the_whole_model_over_random_parameters_gives_the_reference_run(drawn_model):
    assert_same(simulate_compiled(drawn_model, **THREE_YEARS), simulate(drawn_model, **THREE_YEARS))


@pytest.mark.slow
def test_the_whole_model_by_runge_and_kutta_gives_the_reference_run(base_model):
    run = {**THREE_YEARS, "end": 2021, "method": "rk4"}
    assert_same(simulate_compiled(base_model, **run), simulate(base_model, **run))


def test_threads_and_the_other_members_change_no_bit(drawn_model):
    outputs = {"output", "residents", "population", "freight_nearness"}
    one = simulate_compiled(drawn_model, **THREE_YEARS, outputs=outputs)
    for threads in (2, 3, 50):
        assert_same_bits(one, simulate_compiled(drawn_model, **THREE_YEARS, outputs=outputs, threads=threads))
    for member in range(6):
        alone = simulate_compiled(member_alone(drawn_model, member), **THREE_YEARS, outputs=outputs)
        for name in outputs:
            np.testing.assert_array_equal(one.variables[name].values[:, member], alone.variables[name].values[:, 0])


def test_paths_that_differ_by_member_are_followed_by_each(small_model):
    made = path("funding", {2020: 1.0, 2022.3: 5.0, 2024: 2.0}, "dimensionless", (), kind="linear")
    scaled = replace(made, values=made.values * np.array([1.0, 0.5, 3.0]).reshape(1, 3, *(1,) * (made.values.ndim - 2)))
    model = everything()
    model = replace(model, inputs={**model.inputs, "pace": replace(scaled, name="pace")})
    run = {"start": START, "end": END, "step": STEP}
    assert_same(simulate_compiled(model, **run), simulate(model, **run))


@pytest.mark.parametrize(("first_difference", "steps"), [(2021.0, 5), (2022.6, 11), (2040.0, 17)])
def test_steps_that_all_members_have_in_common_are_those_of_each_alone(first_difference, steps):
    levels = np.array([1.0, 0.5, 3.0])
    made = path("pace", {2020: 1.0, first_difference: 1.0, 2050.0: 9.0}, "dimensionless", (), kind="linear")
    values = np.repeat(made.values, 3, axis=1)
    values[2] *= levels.reshape(3, *(1,) * (values.ndim - 2))
    model = everything()
    model = replace(model, inputs={**model.inputs, "pace": replace(made, values=values)})
    schedule = schedule_of(model, program_of(model, "euler"), START, END - START, 4, "euler")
    assert schedule.parting == steps
    run = {"start": START, "end": END, "step": STEP}
    for method in ("euler", "rk4"):
        together = simulate_compiled(model, **run, method=method)
        assert_same(together, simulate(model, **run, method=method))
        for member in range(3):
            alone = simulate_compiled(member_alone(model, member), **run, method=method)
            for name, variable in alone.variables.items():
                np.testing.assert_array_equal(together.variables[name].values[:, member], variable.values[:, 0], name)
        assert_same_bits(together, simulate_compiled(model, **run, method=method, threads=2))


@pytest.mark.parametrize(
    ("varied", "unknown"), [("growth_rate", set()), ("time_scale", {"nearness"}), ("birth_year", {"age"})]
)
@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_what_no_stock_moves_is_known_before_where_nothing_tells_members_apart(varied, unknown, method, monkeypatch):
    model = everything()
    made = model.inputs[varied]
    levels = np.linspace(0.99, 1.01, KNOWN_FROM + 1).reshape(-1, *(1,) * (made.values.ndim - 1))
    model = replace(model, inputs={**model.inputs, varied: replace(made, values=made.values * levels)})
    found = []

    def spied(schedule, *further):
        found.append((schedule, with_known(schedule, *further)))
        return found[-1][1]

    monkeypatch.setattr(simulate_module, "with_known", spied)
    run = {"start": START, "end": END, "step": STEP, "method": method}
    together = simulate_compiled(model, **run)
    ((before, after),) = found
    driven = list(program_of(model, method).driven.values())
    evaluated = {name for k, names in enumerate(driven) if after.flags[:, k].any() for name in names}
    assert {"age", "nearness"} <= {
        name for k, names in enumerate(driven) if before.flags[1:, k].any() for name in names
    }
    assert evaluated & {"age", "nearness"} == unknown
    for member in range(0, KNOWN_FROM + 1, 24):
        alone = simulate_compiled(member_alone(model, member), **run)
        for name, variable in alone.variables.items():
            np.testing.assert_array_equal(together.variables[name].values[:, member], variable.values[:, 0], name)
    assert len(found) == 1  # one member knows nothing before


@pytest.mark.parametrize("first_difference", [2020.0, 2022.6])
@pytest.mark.parametrize("method", ["euler", "rk4"])
@pytest.mark.parametrize("at", [(START,), (END,), (START + 1, END), (START, END - 1)])
def test_years_asked_for_alone_are_those_of_a_run_that_keeps_all(at, method, first_difference):
    made = path("pace", {2020: 1.0, first_difference: 1.0, 2050.0: 9.0}, "dimensionless", (), kind="linear")
    values = np.repeat(made.values, 5, axis=1)
    values[-1] *= np.arange(1.0, 6.0).reshape(5, *(1,) * (values.ndim - 2))
    model = everything()
    model = replace(model, inputs={**model.inputs, "pace": replace(made, values=values)})
    run = {"start": START, "end": END, "step": STEP, "method": method}
    for engine in (simulate, simulate_compiled):
        some, whole = engine(model, **run, at=at), engine(model, **run)
        assert some.years.tolist() == list(at)
        assert some.ledgers == whole.ledgers
        for name, variable in whole.variables.items():
            rows = [year - START for year in at]
            np.testing.assert_array_equal(some.variables[name].values, variable.values[rows], err_msg=name)


def _exchange(small_model, people, rates):
    return small_model(
        "exchange",
        constant("people_at_start", people, "person", ("county",), members=np.ndim(people) == 2),
        constant("moving_rate", rates, "1/year", ("county", "destination")),
        labels={"county": ("360302", "430181"), "destination": ("360302", "430181")},
    )


@pytest.mark.parametrize("worst", [5.0, np.inf, np.nan])
def test_a_member_that_breaks_is_named_in_the_words_of_the_reference(small_model, worst):
    model = _exchange(small_model, [[10.0, 10.0], [1.0, 0.0]], [[0.0, 0.1], [0.0, 0.0]])
    rates = np.repeat(model.inputs["moving_rate"].values, 2, axis=0)
    rates[1][rates[1] > 0] = worst
    model = replace(model, inputs={**model.inputs, "moving_rate": replace(model.inputs["moving_rate"], values=rates)})
    said = []
    for engine in (simulate, simulate_compiled):
        with pytest.raises(SimulationError) as error:
            engine(model, start=2020, end=2025, step=1.0)
        said.append(str(error.value))
    assert said[0] == said[1] and "member 1" in said[0]


def test_members_run_on_unchanged_beside_one_that_breaks(small_model):
    people = [[10.0 + k, 10.0] for k in range(7)]
    model = _exchange(small_model, people, [[0.0, 0.1], [0.2, 0.0]])
    rates = np.repeat(model.inputs["moving_rate"].values, 7, axis=0)
    rates[2] *= 50.0
    model = replace(model, inputs={**model.inputs, "moving_rate": replace(model.inputs["moving_rate"], values=rates)})
    together, broken = simulate_each(model, start=2020, end=2025, step=0.5)
    assert list(broken) == [2]
    for member in (0, 1, 3, 6):
        alone = simulate_compiled(member_alone(model, member), start=2020, end=2025, step=0.5)
        for name, variable in alone.variables.items():
            np.testing.assert_array_equal(together.variables[name].values[:, member], variable.values[:, 0], name)


def test_a_starting_value_below_nothing_is_refused(small_model):
    model = _exchange(small_model, [10.0, np.nan], [[0.0, 0.1], [0.0, 0.0]])
    with pytest.raises(SimulationError, match="at the start"):
        simulate_compiled(model, start=2020, end=2025, step=1.0)


def test_a_ledger_that_does_not_close_stops_the_run(small_model):
    model = _exchange(small_model, [1000.0, 1000.0], [[0.0, 0.1], [0.1, 0.0]])
    open_account = {name: replace(ledger, inflows=("arriving",)) for name, ledger in model.ledgers.items()}
    with pytest.raises(LedgerError, match="does not close in the step to 2021"):
        simulate_compiled(replace(model, ledgers=open_account), start=2020, end=2025, step=1.0)


def test_what_is_made_is_on_disk_and_read_from_there(small_model, tmp_path, monkeypatch):
    monkeypatch.setenv(machine.CACHE, str(tmp_path))
    model = _exchange(small_model, [1000.0, 1000.0], [[0.0, 0.1], [0.1, 0.0]])
    machine._code.cache_clear()
    first = simulate_compiled(model, start=2020, end=2022, step=0.5)
    (file,) = tmp_path.iterdir()
    made = file.stat().st_ino
    machine._code.cache_clear()
    assert_same_bits(first, simulate_compiled(model, start=2020, end=2022, step=0.5))
    assert [kept.stat().st_ino for kept in tmp_path.iterdir()] == [made]


def test_what_two_want_at_once_is_made_once(tmp_path, monkeypatch):
    pytest.importorskip("fcntl")
    made = []

    def slowly(text, target):
        time.sleep(0.3)
        made.append(text)
        return b"code"

    monkeypatch.setattr(machine, "_compiled", slowly)
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: machine._made_alone(tmp_path / "it.o", "text", None), range(3)))
    assert found == [b"code"] * 3 and made == ["text"]
    assert [file.name for file in tmp_path.iterdir()] == ["it.o"]


def test_where_nothing_can_be_written_it_runs_all_the_same(small_model, tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("no directory", encoding="utf-8")
    monkeypatch.setenv(machine.CACHE, str(blocked))
    machine._code.cache_clear()
    model = _exchange(small_model, [1000.0, 10.0], [[0.0, 0.1], [0.1, 0.0]])
    run = {"start": 2020, "end": 2022, "step": 0.5}
    assert_same(simulate_compiled(model, **run), simulate(model, **run))
