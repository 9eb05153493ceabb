import shutil
from pathlib import Path

import numpy as np
import pytest

from regionsim.place.census import AGE_GROUPS, load_census, load_registered_population
from regionsim.place.counties import county_codes
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError

FILES = ("census_age_sex.csv", "census_other.csv", "registered_population.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copyfile(DATA / name, tmp_path / name)
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Replaces the one line that begins with `old`; returns its number."""
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    (at,) = [k for k, line in enumerate(lines) if line.startswith(old)]
    lines[at : at + 1] = new.split("\n") if new else []
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return at + 1


def problems_of(load, folder: Path) -> str:
    with pytest.raises(ProblemsError) as error:
        load(folder)
    return str(error.value)


def test_both_censuses_have_the_published_residents_of_the_zone():
    census = load_census()
    assert census.persons.shape == (2, 24, 2, len(AGE_GROUPS))
    assert census.persons.sum(axis=(1, 2, 3)).tolist() == [12_025_275, 11_722_945]
    assert census.by_residence.sum(axis=1).tolist() == [[7_091_275, 4_934_000], [5_048_047, 6_674_898]]


def test_a_cell_of_the_file_stands_where_its_labels_say():
    census = load_census()
    anyuan = county_codes().index("360302")
    assert census.persons[0, anyuan, 0, AGE_GROUPS.index("0")] == 2411
    assert census.persons[0, anyuan, 1, AGE_GROUPS.index("85+")] == 1143
    assert census.by_residence[1, anyuan].tolist() == [12_142, 541_151]
    assert census.in_movers[1, anyuan] == 128_725 + 20_534


def test_the_loaded_arrays_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        load_census().persons[0] = 0


def test_a_row_that_stands_twice_is_named_with_both_lines(folder):
    row = "360302,安源区,2010,female,0,2411"
    line = change(folder, "census_age_sex.csv", row, f"{row}\n{row}")
    assert problems_of(load_census, folder) == (
        f"census_age_sex.csv:{line + 1}: row '360302 2010 female 0' stands twice; found also on line {line}"
    )


def test_an_unknown_county_is_named_with_its_line_and_the_nearest_code(folder):
    line = change(folder, "census_age_sex.csv", "360302,安源区,2010,female,0,", "36030,安源区,2010,female,0,2411")
    text = problems_of(load_census, folder)
    assert text.startswith(f"census_age_sex.csv:{line}: county code; found 36030; expected one of counties.csv")
    assert "did you mean '360302'" in text


def test_a_code_beside_the_name_of_another_county_is_refused(folder):
    line = change(folder, "census_age_sex.csv", "360302,安源区,2010,female,0,", "360302,湘东区,2010,female,0,2411")
    assert problems_of(load_census, folder) == (
        f"census_age_sex.csv:{line}: name of county 360302; found 湘东区; expected 安源区"
    )


def test_a_missing_age_group_is_named(folder):
    change(folder, "census_age_sex.csv", "360302,安源区,2020,male,85+,", "")
    assert problems_of(load_census, folder) == "census_age_sex.csv: county 360302 lacks male persons of 2020 aged 85+"


@pytest.mark.parametrize("persons", ["-1", "12.5", "", "many"])
def test_persons_that_are_no_count_are_refused(folder, persons):
    line = change(
        folder, "census_age_sex.csv", "360302,安源区,2010,female,0,", f"360302,安源区,2010,female,0,{persons}"
    )
    text = problems_of(load_census, folder)
    assert text.startswith(f"census_age_sex.csv:{line}: column 'persons'; found '{persons}'")


def test_one_person_too_many_breaks_the_sum_with_the_rural_and_urban_residents(folder):
    change(folder, "census_age_sex.csv", "360302,安源区,2020,male,0,", "360302,安源区,2020,male,0,99999")
    text = problems_of(load_census, folder)
    assert "sum over age and sex of county 360302 in 2020" in text
    assert "expected 553293, its rural and urban residents in census_other.csv" in text


def test_a_missing_total_is_named_with_what_it_lacks(folder):
    change(folder, "census_other.csv", "360302,安源区,2010,floating_other_province,", "")
    assert problems_of(load_census, folder) == ("census_other.csv: county 360302 lacks floating_other_province of 2010")


def test_a_total_in_another_unit_or_with_half_persons_is_refused(folder):
    line = change(
        folder,
        "census_other.csv",
        "360302,安源区,2020,population_rural,",
        "360302,安源区,2020,population_rural,1.5,万人",
    )
    text = problems_of(load_census, folder)
    assert f"census_other.csv:{line}: unit of population_rural; found 万人; expected person" in text
    assert f"census_other.csv:{line}: population_rural; found 1.5; expected a whole number of persons" in text


def test_registers_cover_all_counties_in_2010_and_eleven_of_jiangxi_in_2020():
    registered = load_registered_population()
    assert registered.counted_2010.sum() == pytest.approx(12.93e6, rel=1e-3)
    known = ~np.isnan(registered.recorded_2020)
    assert known.sum() == 11
    assert all(code.startswith("36") for code, is_known in zip(county_codes(), known, strict=True) if is_known)
    assert registered.recorded_2020[county_codes().index("360321")] == 277_800


def test_a_county_without_a_register_of_2010_is_named(folder):
    change(folder, "registered_population.csv", "360302,", "")
    assert problems_of(load_registered_population, folder) == (
        "registered_population.csv: county 360302 lacks population_registered_census of 2010"
    )


def test_a_register_of_another_year_is_refused(folder):
    path = folder / "registered_population.csv"
    text = path.read_text(encoding="utf-8").replace(
        "population_registered,2020,277800.0", "population_registered,2019,1.0"
    )
    path.write_text(text, encoding="utf-8")
    assert "population_registered in 2019; expected 2010 counted, 2020 recorded" in problems_of(
        load_registered_population, folder
    )
