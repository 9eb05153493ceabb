"""A few figures, dot by dot, against pictures that somebody has looked at; called as a program, this makes them anew.

PYTHONPATH=src:tests:tests/results python tests/figures/test_pictures.py
"""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_trajectory import fake_dataset
from made_attribution import made_attribution
from made_loops import made_loops
from matplotlib.testing.compare import compare_images

from regionsim.figures.causal_loops import causal_loops
from regionsim.figures.contributions import waterfall
from regionsim.figures.county_changes import county_changes
from regionsim.figures.differences import differences
from regionsim.figures.files import save
from regionsim.figures.look import Look
from regionsim.figures.maps import choropleth

PICTURES = Path(__file__).parent / "pictures"
DOTS_PER_INCH = 80  # enough to see that a line or a name has moved
TOLERANCE = 3.0  # of 255, root mean square: letters differ by a little between builds of FreeType


def scenarios():
    return [
        fake_dataset(title="Base"),
        fake_dataset("cooperation", lift=0.006, title="Full cooperation", members=8),
    ]


FIGURES = {
    "differences": lambda: differences(scenarios(), look=Look(width=89.0)),
    "county-changes": lambda: county_changes(scenarios()),
    "map": lambda: choropleth(scenarios()[0], "forest_cover"),
    "loops": lambda: causal_loops(scenarios()[0], made_loops(), Look(width=89.0)),
    "contributions": lambda: waterfall(made_attribution(8), "output", Look(width=89.0)),
}


def draw(name, folder):
    figure = FIGURES[name]()
    figure.set_dpi(DOTS_PER_INCH)
    (file,) = save(figure, folder / name, scenarios(), name, ("png",))
    return file


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_looks_as_it_did(name, tmp_path):
    found = compare_images(str(PICTURES / f"{name}.png"), str(draw(name, tmp_path)), TOLERANCE)
    assert found is None, found


def test_a_line_that_has_moved_is_seen(tmp_path):
    """The tolerance is not so large that nothing fails."""
    figure = FIGURES["differences"]()
    figure.set_dpi(DOTS_PER_INCH)
    moved = figure.axes[0].collections[-1]
    moved.set_paths([path.vertices + (0.0, 4.0) for path in moved.get_paths()])
    (file,) = save(figure, tmp_path / "moved", scenarios(), "moved", ("png",))
    assert compare_images(str(PICTURES / "differences.png"), str(file), TOLERANCE) is not None


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for each in FIGURES:
        print(draw(each, PICTURES))
