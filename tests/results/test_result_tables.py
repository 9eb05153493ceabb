import numpy as np
import pytest

from regionsim.problems import ProblemsError
from regionsim.results.tables import comparison_table, summary_table


def line_of(text, start, block):
    lines = text.splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith(block))
    return next(line for line in lines[first:] if line.strip().startswith(start))


@pytest.fixture
def even(dataset):
    """All counties alike, with round numbers that can be followed by hand."""
    rising = [1.0 + year / 15 for year in range(16)]
    for year, factor in enumerate(rising):
        dataset["population"].values[:, year] = 100_000.0
        dataset["urban_population"].values[:, year] = 40_000.0 * factor
        dataset["output"].values[:, year] = 5_000.0 * factor
        dataset["market_access"].values[:, year] = 1.0 + 0.25 * (factor - 1)
        dataset["forest_area"].values[:, year] = 0.7 * dataset["county_area"].values[:, year]
    return dataset


def test_the_summary_shows_the_hand_computed_figures_of_the_zone(even):
    text = summary_table(even)
    assert line_of(text, "Population", "Zone").split()[2:] == ["2,400,000"] * 4 + ["none"]
    assert line_of(text, "Urbanization", "Zone").split()[3:] == ["40.0", "53.3", "66.7", "80.0", "+40.0", "pp"]
    assert line_of(text, "Forest cover", "Zone").split()[3:8] == ["70.0", "70.0", "70.0", "70.0", "none"]
    assert line_of(text, "Output (", "Zone").split()[6:] == ["1,200", "1,600", "2,000", "2,400", "+100.0", "%"]
    assert line_of(text, "Output per", "Zone").split()[6:] == ["50,000", "66,667", "83,333", "100,000", "+100.0", "%"]
    assert line_of(text, "Market access", "Zone").split()[6:] == ["1.000", "1.083", "1.167", "1.250", "+25.0", "%"]


def test_the_summary_tells_the_parts_of_the_provinces_apart(even):
    text = summary_table(even)
    assert "Hunan part of the zone (10 counties)" in text
    assert "Jiangxi part of the zone (14 counties)" in text
    assert "1,000,000" in line_of(text, "Population", "Hunan")
    assert "1,400,000" in line_of(text, "Population", "Jiangxi")


def test_the_summary_names_the_scenario_and_its_title(dataset):
    assert summary_table(dataset).splitlines()[0] == "Base: things go on as they are (scenario base)"


def test_a_run_that_ends_earlier_shows_its_own_last_year(make_dataset):
    text = summary_table(make_dataset(last_year=2028))
    assert text.splitlines()[2].split() == ["2020", "2025", "2028", "change", "2020-2028"]


def test_columns_are_aligned_and_fit_a_terminal(dataset):
    lines = [line for line in summary_table(dataset).splitlines() if line.startswith("  ")]
    assert len({len(line) for line in lines if line.endswith(("%", "pp"))} | {0}) <= 3
    ends = {line.rindex(".") for line in lines if "Urbanization" in line}
    assert len(ends) == 1
    assert max(len(line) for line in lines) <= 120


def test_the_table_can_be_printed_on_a_terminal_that_knows_ascii_only(make_dataset):
    dataset = make_dataset(last_year=2022)
    summary_table(dataset).encode("ascii")
    comparison_table([dataset, make_dataset("other", lift=0.01)]).encode("ascii")


def test_of_an_ensemble_the_summary_says_that_it_shows_medians(make_dataset):
    assert summary_table(make_dataset(members=5)).endswith("\n\nMedians of 5 drawn members.")
    assert "Median" not in summary_table(make_dataset())


def test_differences_stand_against_the_first_scenario(even):
    other = even.copy(deep=True)
    other.attrs["scenario"] = "cooperation"
    other["output"].values[:] *= 1.1
    other["urban_population"].values[:] *= 0.9
    text = comparison_table([even, other])
    lines = text.splitlines()
    output = next(k for k, line in enumerate(lines) if line.strip().startswith("Output ("))
    assert lines[output].split()[6:] == ["2,400", "2,640"]
    assert lines[output + 1].split() == ["against", "base", "+10.0", "%"]
    urban = next(k for k, line in enumerate(lines) if "Urbanization" in line)
    assert lines[urban + 1].split() == ["against", "base", "-8.0", "pp"]
    assert "none" in lines[next(k for k, line in enumerate(lines) if "Population" in line) + 1]


def test_a_small_difference_does_not_look_like_none(even):
    other = even.copy(deep=True)
    other.attrs["scenario"] = "cooperation"
    other["output"].values[:] *= 1.00003
    lines = comparison_table([even, other]).splitlines()
    output = next(k for k, line in enumerate(lines) if line.strip().startswith("Output ("))
    assert lines[output + 1].split() == ["against", "base", "+0.003", "%"]


@pytest.mark.parametrize(
    ("factor", "written"),
    [
        (1.0012, "+0.12 %"),
        (0.99921, "-0.08 %"),
        (1.00003, "+0.003 %"),
        (1 + 2e-7, "+<0.001 %"),
        (1 - 1e-12, "-<0.001 %"),
    ],
)
def test_a_difference_bears_the_digits_that_matter_and_never_a_power_of_ten(even, factor, written):
    other = even.copy(deep=True)
    other.attrs["scenario"] = "cooperation"
    other["output"].values[:] *= factor
    text = comparison_table([even, other])
    output = next(k for k, line in enumerate(text.splitlines()) if line.strip().startswith("Output ("))
    assert text.splitlines()[output + 1].split("against base")[1].strip() == written
    assert ("higher or lower, by less than 0.001" in text) == ("<" in written)


def test_scenarios_with_the_same_outcome_are_named(dataset, make_dataset):
    other = make_dataset("twin")
    assert "twin has the same outcome as base in every county and year." in comparison_table([dataset, other])
    other["forest_area"].values[0, 3, 3] *= 1 + 1e-9
    assert "same outcome" not in comparison_table([dataset, other])


def test_runs_that_end_in_different_years_are_compared_in_the_last_common_one(dataset, make_dataset):
    text = comparison_table([dataset, make_dataset("short", last_year=2027)])
    assert "In 2027" in text
    assert "2027 is the last that all have" in text


def test_two_runs_of_the_same_name_are_refused(dataset):
    with pytest.raises(ProblemsError, match="two of the compared runs have this scenario name"):
        comparison_table([dataset, dataset])


def test_runs_without_a_common_year_are_refused(dataset, make_dataset):
    with pytest.raises(ProblemsError, match="no year in common"):
        comparison_table([dataset.sel(year=slice(2020, 2021)), make_dataset("other").sel(year=slice(2022, 2024))])


def test_a_figure_without_meaning_is_shown_as_not_available(even):
    for name in ("population", "urban_population"):
        even[name].values[:] = 0.0
    assert line_of(summary_table(even), "Urbanization", "Zone").split()[3:] == ["n/a"] * 5 + ["pp"]


def test_ensembles_of_the_same_draws_differ_member_by_member(make_dataset):
    before, more = np.array([100_000.0, 107_000.0, 120_000.0]), np.array([1_000.0, 15_000.0, 2_000.0])
    first, other = make_dataset("first", members=3), make_dataset("other", members=3)
    for dataset, people in ((first, before), (other, before + more)):
        dataset["population"].values[:] = people[:, None, None] / 42
        dataset.attrs["draws_hash"] = "same"
    assert population_against(first, other) == ["+1.7", "%"]  # of 1.0, 14.0 and 1.7
    other.attrs["draws_hash"] = "others"
    assert population_against(first, other) == ["+14.0", "%"]  # 122 thousand against 107 thousand


def population_against(first, other):
    lines = comparison_table([first, other]).splitlines()
    k = next(k for k, line in enumerate(lines) if line.strip().startswith("Population"))
    return lines[k + 1].split()[-2:]
