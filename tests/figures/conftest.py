import json
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "results"))

from fake_trajectory import fake_dataset

import regionsim.place

GEOJSON = Path(regionsim.place.__file__).parent / "data" / "counties.geojson"


@pytest.fixture(scope="session")
def boundaries():
    """Rings of longitude and latitude by county code, read plainly from the file of boundaries."""
    rings = {}
    for feature in json.loads(GEOJSON.read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        rings[feature["properties"]["adcode"]] = [np.array(ring) for polygon in polygons for ring in polygon]
    return rings


@pytest.fixture
def dataset():
    return fake_dataset()


@pytest.fixture
def make_dataset():
    return fake_dataset


@pytest.fixture
def four_scenarios():
    return [
        fake_dataset(),
        fake_dataset("cooperation", lift=0.006, title="Full cooperation"),
        fake_dataset("no-railway", lift=-0.003, title="Without the railway"),
        fake_dataset("open-border", lift=0.003, title="The provincial border does not matter"),
    ]


@pytest.fixture
def texts_of():
    """Every text of a figure with its box in mm (left, bottom, right, top), as it is drawn."""

    def find(figure):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.text import Text

        renderer = FigureCanvasAgg(figure).get_renderer()
        axes = figure.axes[0]
        hidden = {axes.title, *axes.xaxis.findobj(Text), *axes.yaxis.findobj(Text)}
        found = []
        for text in axes.findobj(Text):
            if text.get_text() and text not in hidden:
                box = text.get_window_extent(renderer)
                found.append((text.get_text(), np.array([box.x0, box.y0, box.x1, box.y1]) / figure.dpi * 25.4))
        return found

    return find


@pytest.fixture
def assert_legible(texts_of):
    """No text leaves the page or touches another one, none is smaller than 6 points, none lacks a glyph."""
    from matplotlib.text import Text

    def check(figure):
        width, height = figure.get_size_inches() * 25.4
        texts = texts_of(figure)
        assert len(texts) > 10
        for text, (left, bottom, right, top) in texts:
            assert left > 0.5 and bottom > 0.5 and right < width - 0.5 and top < height - 0.5, text
        boxes = np.array([box for _, box in texts]) + np.array(
            [0.05, 0.25, -0.05, -0.25]
        )  # less the empty rim of the letters
        for k in range(len(texts)):
            apart = (
                (boxes[:, 0] >= boxes[k, 2])
                | (boxes[:, 2] <= boxes[k, 0])
                | (boxes[:, 1] >= boxes[k, 3])
                | (boxes[:, 3] <= boxes[k, 1])
            )
            apart[k] = True
            clash = [texts[other][0] for other in np.flatnonzero(~apart)]
            assert not clash, f"{texts[k][0]!r} touches {clash}"
        assert min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text()) >= 6

    return check
