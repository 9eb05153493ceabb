"""Dumbbells, slopes, targets, sectors, ledger and pyramid: that what is drawn is what the results say."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import to_hex

from regionsim.figures.compensation_ledger import AWARDS, PAID, RECEIVED, compensation_ledger
from regionsim.figures.county_changes import county_changes
from regionsim.figures.population_pyramid import RURAL, URBAN, population_pyramid
from regionsim.figures.sector_output import SECTORS, sector_output
from regionsim.figures.slopes import slopes
from regionsim.figures.target_dashboard import has_targets, target_dashboard


def areas_of(figure, colour):
    """The polygons of one colour, as points in mm."""
    return [
        path.vertices
        for collection in figure.findobj(PolyCollection)
        if to_hex(collection.get_facecolor()[0]) == colour
        for path in collection.get_paths()
    ]


def markers_of(figure):
    """Places and colours (edge, face) of all markers."""
    return [
        (place, to_hex(marks.get_edgecolor()[0]) if len(marks.get_edgecolor()) else "none", to_hex(face))
        for marks in figure.findobj(PathCollection)
        for place, face in zip(
            marks.get_offsets(),
            np.resize(marks.get_facecolor(), (len(marks.get_offsets()), 4)),
            strict=True,
        )
    ]


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


# --- dumbbells --------------------------------------------------------------------------------------------------------


def test_a_dumbbell_reaches_from_the_first_to_the_last_year_on_one_scale(dataset):
    dataset["forest_area"].values[:] = 0.50 * dataset["county_area"].values
    dataset["forest_area"].values[0, -1] = 0.60 * dataset["county_area"].values[0, -1]
    figure = county_changes([dataset], ["forest_cover"])
    spans = [
        path.vertices
        for lines in figure.findobj(LineCollection)
        if lines.get_zorder() == 1.5
        for path in lines.get_paths()
    ]
    assert len(spans) == 24
    lengths = [span[1, 0] - span[0, 0] for span in spans]
    assert np.ptp(lengths) == pytest.approx(0, abs=1e-9) and min(lengths) > 50  # all of them rise by ten points
    assert len({round(float(span[0, 1]), 6) for span in spans}) == 24  # a row each


def test_counties_stand_by_province_with_the_highest_above(dataset):
    figure = county_changes([dataset], ["urbanization_rate"])
    names = [text for text in texts(figure) if text in set(dataset["county_name"].values.tolist())]
    provinces = dict(zip(dataset["county_name"].values.tolist(), dataset["province"].values.tolist(), strict=True))
    assert [provinces[name] for name in names] == ["Hunan"] * 10 + ["Jiangxi"] * 14
    share = (dataset["urban_population"] / dataset["population"]).isel(member=0, year=-1)
    value = dict(zip(dataset["county_name"].values.tolist(), share.values.tolist(), strict=True))
    for part in (names[:10], names[10:]):
        assert [value[name] for name in part] == sorted((value[name] for name in part), reverse=True)


def test_each_province_is_named_above_its_counties(dataset):
    figure = county_changes([dataset], ["urbanization_rate"])
    height = {text.get_text(): text.get_position()[1] for text in figure.axes[0].texts}
    counties = dict(zip(dataset["county_name"].values.tolist(), dataset["province"].values.tolist(), strict=True))
    for province in ("Hunan", "Jiangxi"):
        assert height[province] > max(height[name] for name, where in counties.items() if where == province)
    assert height["Jiangxi"] < min(height[name] for name, where in counties.items() if where == "Hunan")


def test_amounts_that_differ_more_than_tenfold_are_logarithmic(dataset):
    assert any("logarithmic" in text for text in texts(county_changes([dataset], ["output"])))
    assert not any("logarithmic" in text for text in texts(county_changes([dataset], ["forest_cover"])))


# --- slopes -----------------------------------------------------------------------------------------------------------


def test_slopes_write_the_values_of_both_ends(four_scenarios):
    figure = slopes(four_scenarios, ["urbanization_rate"])
    for dataset in four_scenarios:
        share = dataset["urban_population"].sum("county") / dataset["population"].sum("county")
        assert f"{100 * float(share.values[0, -1]):.1f}%" in texts(figure)
    first = four_scenarios[0]
    share = float((first["urban_population"].sum("county") / first["population"].sum("county")).values[0, 0])
    assert texts(figure).count(f"{100 * share:.1f}%") == 1  # they start alike


def test_slopes_can_be_of_a_province(four_scenarios):
    assert "Hunan part of the zone in 2020 and 2035" in texts(slopes(four_scenarios, region="Hunan"))


# --- targets ----------------------------------------------------------------------------------------------------------


def test_a_target_that_is_attained_is_filled_and_one_that_is_missed_is_open(make_dataset):
    well, badly = make_dataset("well"), make_dataset("badly")
    for dataset, share in ((well, 0.75), (badly, 0.60)):
        dataset["forest_area"].values[:] = share * dataset["county_area"].values
    figure = target_dashboard([well])
    assert "75.0: attained" in texts(figure)
    assert "60.0: missed" in texts(target_dashboard([badly]))
    both = texts(target_dashboard([well, badly]))
    assert both.count("attained by 1 of 2") >= 2
    faces = {face for _, edge, face in markers_of(target_dashboard([badly])) if edge != "none"}
    assert "#ffffff" in faces


def test_points_of_a_gain_are_no_percent_on_their_axis(dataset):
    said = texts(target_dashboard([dataset]))
    from_gain = said[said.index("Gain in urbanization since 2020") :]
    gain = from_gain[: from_gain.index("Forest cover") if "Forest cover" in from_gain else None]
    assert any("4.5 percentage points" in text for text in gain) and not any("%" in text for text in gain)
    assert any("70.0%" in text for text in said)


def test_many_scenarios_have_room_each_in_a_row_of_targets(make_dataset):
    def heights(count):
        return sorted(
            float(place[1])
            for place, edge, _ in markers_of(target_dashboard([make_dataset(f"run-{k}") for k in range(count)]))
            if edge != "none"
        )

    assert target_dashboard([make_dataset(f"run-{k}") for k in range(12)]).get_size_inches()[1] * 25.4 < 247
    assert np.ptp(heights(12)) > 1.3 * np.ptp(heights(2))


def test_of_an_ensemble_the_share_of_members_that_attain_a_target_is_written(make_dataset):
    dataset = make_dataset(members=4)
    dataset["forest_area"].values[:] = 0.75 * dataset["county_area"].values
    dataset["forest_area"].values[0] = 0.60 * dataset["county_area"].values[0]
    assert "75.0: 75 % of members" in texts(target_dashboard([dataset]))


def test_runs_without_the_years_of_a_target_have_no_dashboard(make_dataset):
    short = make_dataset(last_year=2024)
    assert not has_targets([short])
    with pytest.raises(ValueError, match="no target"):
        target_dashboard([short])


# --- sectors and ledger -----------------------------------------------------------------------------------------------


def test_sectors_are_stacked_to_the_output(dataset):
    """The fake run has shares of 12, 42 and 46 % everywhere."""
    figure = sector_output(dataset)
    heights = [float(np.ptp(areas_of(figure, colour)[0][:17, 1])) for colour in SECTORS.values()]
    tops = [float(areas_of(figure, colour)[0][:, 1].max()) for colour in SECTORS.values()]
    assert tops == sorted(tops) and len(heights) == 3
    assert {"42%", "46%"} <= set(texts(figure))


def test_the_ledger_has_bars_for_who_pays_and_who_receives_and_none_for_others(dataset):
    dataset["compensation_paid"].values[:] = 0.0
    dataset["compensation_received"].values[:] = 0.0
    dataset["compensation_awards"].values[:] = 0.0
    dataset["compensation_paid"].values[..., 3] = 4.0
    dataset["compensation_received"].values[..., 5] = 2.0
    dataset["compensation_awards"].values[..., 5] = 1.0
    for name in ("paid_under_agreement", "received_under_agreement", "higher_level_paid", "higher_level_received"):
        dataset[name].values[:] = 0.0
    figure = compensation_ledger(dataset)
    names = dataset["county_name"].values.tolist()
    assert [text for text in texts(figure) if text in names] == [names[5], names[3]]
    ((paid,), (received,), (awards,)) = (areas_of(figure, colour) for colour in (PAID, RECEIVED, AWARDS))
    widths = [float(np.ptp(bar[:, 0])) for bar in (paid, received, awards)]
    assert widths[0] == pytest.approx(2 * widths[1]) and widths[1] == pytest.approx(2 * widths[2])
    assert paid[:, 0].max() == pytest.approx(received[:, 0].min())  # the line of zero
    assert "nothing paid or received" in texts(figure)  # by agreement


def test_the_ledger_tells_agreements_that_nobody_is_known_to_have_signed(dataset):
    said = texts(compensation_ledger(dataset))
    assert "Xiu: Tonggu to Xiushui *" in said and any("* No such agreement is known" in text for text in said)
    for name in ("paid_under_agreement", "received_under_agreement"):
        dataset[name].values[..., 1] = 0.0  # there is none of them then
    assert not any("*" in text for text in texts(compensation_ledger(dataset)))


# --- pyramid ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def base_run():
    from whole_model import SCENARIOS

    from regionsim.studies.run import run_scenario

    return run_scenario(SCENARIOS / "base.yaml").dataset


def test_the_bars_of_a_pyramid_add_up_to_the_residents_of_the_last_year(base_run, assert_legible):
    figure = population_pyramid(base_run)
    assert_legible(figure)
    wide = {
        colour: sum(float(np.ptp(bar[:, 0])) for bar in areas_of(figure, colour)[:18])  # of the zone
        for colour in (RURAL, URBAN)
    }
    last = base_run["residents"].isel(member=0, year=-1)
    for colour, residence in ((RURAL, "rural"), (URBAN, "urban")):
        share = last.sel(residence=residence).sum().item() / last.sum().item()
        assert wide[colour] / sum(wide.values()) == pytest.approx(share, rel=1e-6)


def test_pyramids_of_both_provinces_have_one_scale(base_run):
    figure = population_pyramid(base_run)
    ends = [text for text in figure.axes[0].texts if text.get_text().replace(",", "").isdigit()]
    rows = [text.get_text() for text in ends if text.get_va() == "top"]
    assert len(rows) % 3 == 0
    zone, hunan, jiangxi = (rows[k * len(rows) // 3 : (k + 1) * len(rows) // 3] for k in range(3))
    assert hunan == jiangxi != zone


def test_a_run_without_births_by_year_has_no_pyramid(dataset):
    with pytest.raises(KeyError):
        population_pyramid(dataset)
