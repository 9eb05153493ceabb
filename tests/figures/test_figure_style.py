import subprocess
import sys
import threading
from itertools import pairwise
from pathlib import Path

import matplotlib
import pytest

from regionsim.figures.font import CHARACTERS, drawable, font, text_width, wrapped
from regionsim.figures.style import PALETTE, drawing, marker_shapes, scenario_styles, spread, stamp


def test_a_scenario_has_the_same_colour_in_every_company():
    alone = scenario_styles(["open-border"])["open-border"]
    assert scenario_styles(["open-border", "base"])["open-border"] == alone
    assert scenario_styles(["base", "cooperation"])["base"].colour == "#000000"
    assert scenario_styles(["b", "a", "base"]) == scenario_styles(["a", "base", "b"])


@pytest.mark.parametrize("count", [2, 6, 7, 8, 14, 20])
def test_scenarios_of_one_figure_never_look_alike(count):
    names = ["base", *(f"scenario-{k}" for k in range(count - 1))]
    styles = scenario_styles(names)
    assert len(set(styles.values())) == count
    if count <= len(PALETTE):
        assert len({style.colour for style in styles.values()}) == count


def test_the_projects_own_scenarios_keep_their_colours_and_differ_in_grey():
    styles = scenario_styles(["base", "cooperation", "as-built", "plan"])
    assert styles["base"].colour == "#000000"
    for name, look in styles.items():
        assert scenario_styles(["x", "y", "z", name])[name] == look, name
    channels = {name: [int(look.colour[k : k + 2], 16) for k in (1, 3, 5)] for name, look in styles.items()}
    grey = sorted(0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in channels.values())
    assert all(lighter - darker > 25 for darker, lighter in pairwise(grey)), grey
    assert grey[-1] < 170  # still seen on white paper
    assert len({look.dashes for look in styles.values()}) == 4


def test_every_shipped_scenario_has_one_look_alone_and_among_all_others():
    names = [path.stem for path in (Path(__file__).parents[2] / "scenarios").glob("*.yaml")]
    together = scenario_styles(names)
    assert all(scenario_styles([name])[name] == look for name, look in together.items())

    def drawn(look):
        """The dashes as they are seen: a pattern told twice over is the same pattern."""
        halves = look.dashes[: len(look.dashes) // 2], look.dashes[len(look.dashes) // 2 :]
        return look.colour, halves[0] if halves[0] == halves[1] and len(halves[0]) % 2 == 0 else look.dashes

    assert len(names) > 14 and len({drawn(look) for look in together.values()}) == len(names)
    assert [name for name, look in together.items() if look.colour == PALETTE[0][0]] == ["base"]


def test_markers_of_one_colour_have_different_shapes():
    names = [path.stem for path in (Path(__file__).parents[2] / "scenarios").glob("*.yaml")]
    colours = [scenario_styles(names)[name].colour for name in names]
    assert len(set(zip(colours, marker_shapes(colours), strict=True))) == len(names)
    assert marker_shapes(["#000000", "#0072b2", "#d55e00"]) == ["o", "s", "D"]


def test_drawing_gives_the_settings_of_the_user_back():
    before = matplotlib.rcParams["pdf.fonttype"], matplotlib.rcParams["lines.linewidth"]
    with matplotlib.rc_context({"lines.linewidth": 9.0}):
        with drawing():
            assert matplotlib.rcParams["pdf.fonttype"] == 42
            assert matplotlib.rcParams["lines.linewidth"] == 1.5
            with drawing():
                pass
            assert matplotlib.rcParams["pdf.fonttype"] == 42
        assert matplotlib.rcParams["lines.linewidth"] == 9.0
    assert (matplotlib.rcParams["pdf.fonttype"], matplotlib.rcParams["lines.linewidth"]) == before


def test_only_one_thread_draws_at_a_time():
    inside, most = [0], [0]

    def draw():
        for _ in range(20):
            with drawing():
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_a_text_with_unknown_characters_is_replaced():
    assert drawable("Full cooperation", "x") == "Full cooperation"
    assert drawable("Göteborg, Lüshùn, 2020–2035", "x") == "Göteborg, Lüshùn, 2020–2035"
    assert drawable("全面合作", "cooperation") == "cooperation"
    assert drawable("two\nlines", "x") == "x"


def test_the_cut_font_has_all_letters_that_figures_use():
    from matplotlib.font_manager import get_font

    known = get_font(font().get_file()).get_charmap()
    assert {ord(letter) for letter in "Jinggangshan 0123456789,.%()=;-–−"} <= set(known)
    assert len(set(CHARACTERS) - set(known)) < 20  # code points without a character


def test_the_width_of_a_text_is_the_drawn_width():
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(dpi=600)
    drawn = figure.text(0, 0, "Jinggangshan, 1,493", fontproperties=font(), fontsize=7)
    box = drawn.get_window_extent(FigureCanvasAgg(figure).get_renderer())
    assert text_width("Jinggangshan, 1,493", 7) == pytest.approx(box.width / 600 * 25.4, rel=0.03)


def test_long_notes_are_broken_between_words():
    lines = wrapped("one two three " * 30, 5.0, 60.0)
    assert len(lines) > 3
    assert all(text_width(line, 5.0) <= 60.0 for line in lines)
    assert " ".join(lines).split() == ("one two three " * 30).split()


def test_the_spread_of_a_single_run_is_the_run(dataset):
    import numpy as np

    values = np.array([[1.0, 2.0]])
    assert spread(values).tolist() == [[1.0, 2.0]] * 3
    members = np.arange(101.0)[:, None]
    assert spread(members).ravel().tolist() == [5.0, 50.0, 95.0]


def test_the_stamp_says_scenario_hashes_version_and_seed(dataset):
    assert stamp([dataset]) == "regionsim 0.1.0; scenario base 3f2a9c10d4e5; data 77aa00bb11cc; seed 1"


def test_the_cut_font_goes_with_the_process_and_in_silence():
    program = "from regionsim.figures.font import font_file; print(font_file())"
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert not Path(done.stdout.strip()).parent.exists()
