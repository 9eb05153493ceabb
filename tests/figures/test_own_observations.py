"""A reader's own points on figures over time: where they stand, how they are marked, and what is said of them."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

from regionsim.figures.comparison import comparison
from regionsim.figures.county_multiples import county_multiples
from regionsim.figures.observed_markers import observed_entries
from regionsim.figures.style import PAPER, PROVINCES
from regionsim.place.estimate import QUALITIES
from regionsim.results.indicators import indicator_array
from regionsim.results.observed import Observations, ObservedFigure


def own(*figures):
    return Observations("mine.csv", figures)


def markers(figure):
    """Place and colours of every marker that is no sample of the key: those low on the page."""
    top = figure.axes[0].get_ylim()[1] - 25.0
    return [
        (
            *offset,
            to_hex(points.get_facecolor()[0]) if len(points.get_facecolor()) else "",
            to_hex(points.get_edgecolor()[0]),
        )
        for points in figure.findobj(PathCollection)
        for offset in points.get_offsets()
        if offset[1] < top
    ]


def test_a_point_of_the_zone_stands_at_its_year_and_value(dataset):
    before = markers(comparison([dataset]))
    found = ObservedFigure("zone", "urbanization_rate", 2030, 0.62, "")
    after = markers(comparison([dataset], observed=own(found)))
    assert len(after) == len(before) + 1
    modelled = float(indicator_array(dataset)["urbanization_rate"].sel(region="zone", year=2030)[0])
    higher = markers(
        comparison([dataset], observed=own(ObservedFigure("zone", "urbanization_rate", 2030, modelled, "")))
    )
    (one,), (other,) = (sorted(set(each) - set(before)) for each in (after, higher))
    assert one[0] == pytest.approx(other[0]) and (one[1] > other[1]) == (modelled < 0.62)


def test_every_quality_has_its_own_marker():
    entries = observed_entries([*QUALITIES, ""])
    assert len(entries) == len(QUALITIES) + 1
    assert len({(entry.shape, entry.fill == PAPER) for entry in entries}) == len(entries)
    assert [entry.label for entry in entries][-1] == "Observed"


def test_the_caption_names_the_file_and_counts_the_points_of_this_figure(dataset):
    points = own(
        ObservedFigure("zone", "output", 2025, 7000.0, "official"),
        ObservedFigure("430281", "output", 2025, 800.0, "derived"),
        ObservedFigure("zone", "population", 2025, 1e7, ""),
        ObservedFigure("zone", "output", 2050, 9000.0, ""),  # beyond the run
    )
    assert "Observations of mine.csv: 1." in comparison([dataset], observed=points).get_label()
    assert "Observations of mine.csv: 1." in county_multiples([dataset], "output", observed=points).get_label()
    assert "mine.csv" not in county_multiples([dataset], "forest_cover", observed=points).get_label()
    assert "mine.csv" not in comparison([dataset]).get_label()


def test_a_point_of_a_county_is_in_the_terms_of_its_panel_and_the_colour_of_its_province(dataset):
    """Of amounts percent of what the run has of the first year: the point of the run's own value lies on its line."""
    code = "430281"
    value = float(indicator_array(dataset)["output"].sel(region=code, year=2030)[0])
    (found,) = markers(
        county_multiples([dataset], "output", observed=own(ObservedFigure(code, "output", 2030, value, "")))
    )
    assert found[2] == PROVINCES["Hunan"][0]
    figure = county_multiples([dataset], "output", observed=own(ObservedFigure(code, "output", 2030, value, "")))
    lines = [path.vertices for lines in figure.axes[0].collections if hasattr(lines, "get_segments")
             for path in lines.get_paths()]  # fmt: skip
    near = min(float(np.hypot(*(np.asarray(line) - found[:2]).T).min()) for line in lines)
    assert near < 0.01
