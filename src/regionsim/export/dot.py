"""A causal graph in Graphviz's language, and drawn by Graphviz where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import textwrap

from regionsim.engine.polarity import Polarity
from regionsim.export.causal_graph import WHERE, CausalGraph, Link, Node, gate_name
from regionsim.export.entries import Kind
from regionsim.problems import Problem, ProblemsError

# Colours that readers with any colour vision tell apart; the signs say the same in black and white.
COLOURS = {Polarity.UP: "#0072B2", Polarity.DOWN: "#D55E00", Polarity.EITHER: "#555555", Polarity.NONE: "#999999"}
SHAPES = {
    Kind.STOCK: 'shape=box, style="filled", fillcolor="#E8F0F8", penwidth=1.6',
    Kind.FLOW: 'shape=box, style="rounded", penwidth=0.8',
    Kind.AUXILIARY: "shape=plaintext",
}
OUTSIDE = 'fontcolor="#777777", color="#777777"'
GATE = 'shape=box, style="filled,dashed", fillcolor="#EEEEEE", color="#999999", fontcolor="#555555"'
HEAD = """digraph causes {
  graph [rankdir=LR, nodesep=0.18, ranksep=0.55, splines=true, outputorder=edgesfirst, fontname="Helvetica"];
  node [fontname="Helvetica", fontsize=11, margin="0.08,0.04", height=0.25];
  edge [fontname="Helvetica", fontsize=12, arrowsize=0.6, penwidth=0.9, labeldistance=1.1];"""
LONGEST_LINE = 16
LONGEST_DRAWING_SECONDS = 300


def dot_text(graph: CausalGraph) -> str:
    """The graph in the DOT language; a sign at the head of a link says which way it moves."""
    lines = [
        HEAD,
        f"  // Causes: {graph.title}.",
        "  // Box: stock; rounded: flow; no box: auxiliary; grey: from elsewhere; dashed box: a mechanism that reads.",
        "  // +: up with its cause; −: down; ±: either way by element or year; dashed: moves nothing in the run.",
        *(_node(node) for node in graph.nodes),
        *(f'  "{gate_name(gate.mechanism)}" [label="{_wrapped(gate.mechanism)}", {GATE}];' for gate in graph.gates),
        *(_link(link) for link in graph.links),
        "}",
    ]
    return "\n".join(lines) + "\n"


def svg_text(graph: CausalGraph) -> str:
    """The graph drawn by the program `dot` of Graphviz.

    Raises ProblemsError where it is not installed or draws nothing.
    """
    program = shutil.which("dot")
    if program is None:
        wanted = "the program dot of Graphviz (https://graphviz.org/download); or write --format dot"
        raise ProblemsError([Problem(WHERE, 0, "SVG is drawn by Graphviz", "no dot on the path", wanted)])
    try:
        done = subprocess.run(
            [program, "-Tsvg"],
            input=dot_text(graph).encode("utf-8"),
            capture_output=True,
            timeout=LONGEST_DRAWING_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        said = getattr(error, "stderr", None) or str(error).encode()
        reason = said.decode("utf-8", "replace").strip().splitlines()
        raise ProblemsError([Problem(WHERE, 0, "Graphviz drew nothing", reason[0] if reason else "no word")]) from None
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def _node(node: Node) -> str:
    style = SHAPES[node.kind] + (f", {OUTSIDE}" if node.outside else "")
    return f'  "{node.name}" [label="{_wrapped(node.name)}", tooltip="{_quoted(node.about)}", {style}];'


def _link(link: Link) -> str:
    ends = f'  "{link.source}" -> "{link.target}"'
    if link.polarity is None:
        return f'{ends} [color="#BBBBBB"];'
    colour = COLOURS[link.polarity]
    if link.polarity is Polarity.NONE:
        return f'{ends} [color="{colour}", style=dashed];'
    return f'{ends} [color="{colour}", fontcolor="{colour}", headlabel="{link.polarity.value}"];'


def _wrapped(name: str) -> str:
    """A name in words, over lines short enough for a node."""
    return "\\n".join(textwrap.wrap(name.replace("_", " "), LONGEST_LINE))


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
