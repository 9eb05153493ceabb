"""Equations in type: each form of the language, in LaTeX and in HTML without its tags, written by hand."""

from __future__ import annotations

import ast
import re
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from small_models import load_module

from regionsim.export.equations.document import Document
from regionsim.export.equations.html import HtmlPen
from regionsim.export.equations.latex import LatexPen
from regionsim.export.equations.typesetting import LETTERS, Typesetter, equation_lines
from regionsim.language.axes import AXES, MEMBER
from regionsim.language.declarations import Equation, collect
from regionsim.language.functions import FUNCTIONS
from regionsim.language.syntax import expression

DECLARATIONS = {d.name: d for d in collect([load_module(Path(__file__).parents[1] / "models" / "typeset.py")])}
OVER = {
    **{name: each.over for name, each in DECLARATIONS.items()},
    "a": ("county",),
    "b": ("county",),
    "by_place": ("county", "residence"),
    "way": ("county", "destination"),
    "points": (),
    "start_of_pool": ("county",),
    "a_name_of_more_than_twenty_letters": (),
    "another_name_of_some_thirty_letters": (),
    "one_more_name": (),
}

# In LaTeX the names stand as they are said, without the command that links them.
EXPECTED = {
    "rain": ["rain_{i} = a_{i}"],
    "melt": [r"melt_{i} = ice_{i} \cdot \frac{a_{i} + b_{i}}{b_{i}}"],
    "seepage": ["seepage_{i} = pool_{i} - (a_{i} - b_{i}) + a_{i} - b_{i}"],
    "powers": [r"powers_{i} = \Bigl(\frac{a_{i}}{b_{i}}\Bigr)^{-b_{i}}"],
    "negatives": [r"negatives_{i} = -a_{i} \cdot b_{i} + (-a_{i} \cdot b_{i})"],
    "bounded": [
        r"bounded_{i} = \mathrm{min}(\mathrm{max}(a_{i},\allowbreak 0),\allowbreak \mathrm{exp}(b_{i})) "
        r"\cdot \mathrm{ln}(\sqrt{b_{i}})"
    ],
    "guarded": [r"guarded_{i} = \Bigl[\frac{a_{i}}{b_{i}}\Bigr]_{1}"],
    "share": [r"share_{i} = \frac{rain_{i}}{\sum_{i'} rain_{i'}}"],
    "read_off": [r"read\_off_{i} = points(a_{i})"],
    "since": [
        r"since_{i} = \begin{cases} pool_{i} & \text{if } time < a_{i} \\ pool_{i}(t_0) & \text{otherwise} \end{cases}"
    ],
    "by_residence": [
        r"by\_residence_{i,\mathrm{rural}} = by\_place_{i,\mathrm{rural}} \cdot a_{i}",
        r"by\_residence_{i,\mathrm{urban}} = by\_place_{i,\mathrm{urban}} \cdot 2 \cdot b_{i}",
    ],
    "both": [
        r"both_{i} = \sum_{r} \begin{cases} a_{i} & \text{if } r = \mathrm{rural} \\ b_{i} & \text{if } r = "
        r"\mathrm{urban} \end{cases}"
    ],
    "towns": [r"towns_{i} = by\_place_{i,\mathrm{urban}}"],
    "elsewhere": [r"elsewhere_{i} = \sum_{j} a_{j} \cdot way_{i,j}"],
    "arriving": [r"arriving_{i} = \sum_{i'} (a_{i'} + b_{i'}) \cdot way_{i',i}"],
    "long_quotient": [
        r"long\_quotient_{i} = b_{i} \mathbin{/} (a\_name\_of\_more\_than\_twenty\_letters \cdot "
        r"another\_name\_of\_some\_thirty\_letters \cdot one\_more\_name)"
    ],
    "pool": [
        r"\frac{\mathrm{d}}{\mathrm{d}t} pool_{i} = rain_{i} + melt_{i} - seepage_{i}",
        r"pool_{i}(t_0) = start\_of\_pool_{i}",
    ],
    "ice": [r"\frac{\mathrm{d}}{\mathrm{d}t} ice_{i} = -melt_{i}", "ice_{i}(t_0) = 1"],
}
IN_HTML = {
    "share": ["share i = rain i over ∑ i′ rain i′"],
    "powers": ["powers i = ( a i over b i ) to −b i"],
    "guarded": ["guarded i = [ a i over b i ] 1"],
    "elsewhere": ["elsewhere i = ∑ j a j · way i, j"],
    "by_residence": [
        "by_residence i, rural = by_place i, rural · a i",
        "by_residence i, urban = by_place i, urban · 2 · b i",
    ],
    "since": ["since i = pool i   if time < a i | pool i (t 0 )   otherwise"],
    "bounded": ["bounded i = min(max(a i , 0), exp(b i )) · ln(√ b i )"],
    "ice": ["d over dt ice i = −melt i", "ice i (t 0 ) = 1"],
}


@pytest.fixture
def document():
    return Document(title="", preface=(), letters=(), measures=(), sections=(), over=OVER)


def lines_in(pen, name):
    return [f"{left} = {right}" for left, right in equation_lines(Typesetter(pen, OVER), DECLARATIONS[name])]


@pytest.mark.parametrize("name", EXPECTED)
def test_an_equation_in_latex(document, name):
    plain = [re.sub(r"\\name\{[\w-]+\}\{([^}]*)\}", r"\1", line) for line in lines_in(LatexPen(document), name)]
    assert plain == EXPECTED[name]


@pytest.mark.parametrize("name", IN_HTML)
def test_an_equation_in_html(document, name):
    def spoken(line):
        line = re.sub(r'(class="fraction"><span>.*?)</span><span>', r"\1 over ", line)
        line = line.replace("</span><span>", "| ").replace("<sup>", " to ")
        return unescape(re.sub("<[^>]*>", "", line))

    def normal(text):
        return re.sub(r"\s+", "", text)

    found = [normal(spoken(line)) for line in lines_in(HtmlPen(document), name)]
    assert found == [normal(line) for line in IN_HTML[name]]


def test_each_declaration_of_the_model_of_this_test_is_expected():
    assert set(EXPECTED) == set(DECLARATIONS)


def test_each_function_of_the_language_is_put_into_type_here():
    equations = [d for d in DECLARATIONS.values() if isinstance(d, Equation)]
    nodes = [node for equation in equations for node in ast.walk(expression(equation))]
    used = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert used == set(FUNCTIONS)


def test_each_axis_has_a_letter_of_its_own():
    assert set(LETTERS) == set(AXES) - {MEMBER}
    assert len(set(LETTERS.values())) == len(LETTERS)


def test_a_name_leads_to_where_it_is_explained(document):
    assert HtmlPen(document).name("pool", ("i",), at_start=True).startswith('<a href="#pool">pool</a>')
    assert HtmlPen(document).name("time", (), at_start=False) == '<a href="#the-clock">time</a>'
    assert LatexPen(document).name("pool", (), at_start=True) == r"\name{pool}{pool}(t_0)"


@pytest.mark.parametrize("name", ["negatives", "seepage", "melt", "powers"])
def test_what_is_set_means_what_is_run(document, name):
    """Read back as arithmetic, the LaTeX of an equation gives the number that the equation gives."""
    [line] = EXPECTED[name]
    text = line.split(" = ")[1].replace(r"\cdot", "*").replace(r"\Bigl", "").replace(r"\Bigr", "")
    text = re.sub(r"\\frac\{(.*?_\{i\})\}\{(.*?_\{i\})\}", r"((\1)/(\2))", text)
    text = text.replace("_{i}", "").replace("^{", "**(").replace("}", ")")
    values = {"a": np.float64(1.7), "b": np.float64(0.6), "ice": np.float64(4.1), "pool": np.float64(9.3)}
    equation = DECLARATIONS[name]
    assert eval(text, {}, values) == pytest.approx(equation(*(values[each] for each in equation.arguments)))
