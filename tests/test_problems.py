"""The name that a reader who wrote another one most likely meant."""

import pytest

from regionsim.place.counties import find_counties, find_county
from regionsim.problems import nearest_name


@pytest.mark.parametrize(
    ("said", "known", "meant"),
    [
        ("liuyan", ["Yueyang", "Liuyang"], "Liuyang"),
        ("forest cover", ["forest_area", "forest_cover"], "forest_cover"),
        ("Changsha Ganzhou-Railway", ["changsha-ganzhou-railway"], "changsha-ganzhou-railway"),
        ("Jian", ["Pingjiang", "Ji'an"], "Ji'an"),
        ("４３０１８１", ["430281", "430181"], "430181"),
        # As like as the other, but for the beginning, on which people are most careful.
        ("430182", ["430282", "430181"], "430181"),
        ("Mw", ["mW", "MW"], "MW"),
        ("xyz", ["Liuyang"], ""),
        ("", ["Liuyang", ""], ""),
        ("-", ["-", "Liuyang"], ""),
    ],
)
def test_the_nearest_name_is_the_one_that_was_most_likely_meant(said, known, meant):
    assert nearest_name(said, known) == meant


def test_likeness_is_how_near_a_name_has_to_be():
    assert nearest_name("forest", ["forest_area"], 0.6) == "forest_area"
    assert nearest_name("forest", ["forest_area"], 0.9) == ""


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Liuyan", "Liuyang"),
        ("Liu yang", "Liuyang"),
        ("Yueyan", "Yueyang"),
        ("Pingxian", "Pingxiang"),
        ("Lilin City", "Liling City"),
        ("浏阳县", "浏阳"),
        ("井岗山", "井冈山"),
        ("江西 省", "江西省"),
        ("430182", "430181"),
        ("攸", "攸县"),
    ],
)
def test_of_counties_and_areas_the_likelier_is_named(said, meant):
    with pytest.raises(KeyError) as error:
        find_counties(said)
    assert error.value.args == (meant,)
    assert find_counties(meant)


def test_where_one_county_is_wanted_no_area_is_named():
    with pytest.raises(KeyError) as error:
        find_county("Liuyan")
    assert error.value.args == ("Liuyang",)
    with pytest.raises(KeyError) as error:
        find_county("Hunnan")
    assert error.value.args == ("",)
