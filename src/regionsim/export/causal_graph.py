"""The causal graph of the running model, whole or in part, with the measured polarity of each link.

Its nodes are stocks, flows and auxiliaries that move in the run. What is worked out once from the base year and then
held is no cause of change and left out, as parameters are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from regionsim.engine.graph import users
from regionsim.engine.polarity import Polarity, polarity
from regionsim.export.atlas import Atlas, atlas_of
from regionsim.export.entries import Kind
from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.studies.model import evidence_scenario, read_scenario

WHERE = "regionsim export graph"


@dataclass(frozen=True)
class Node:
    """A variable; one from `outside` the part that is shown is there for the link to it."""

    name: str
    kind: Kind
    about: str
    outside: bool


@dataclass(frozen=True)
class Gate:
    """A mechanism outside the part that is shown, standing for all its variables that read from it."""

    mechanism: str


@dataclass(frozen=True)
class Link:
    """One variable reads another; without a polarity, a mechanism does."""

    source: str
    target: str
    polarity: Polarity | None = None


@dataclass(frozen=True)
class CausalGraph:
    """Nodes, gates and links, in the order of the model; the title says what part it is."""

    title: str
    nodes: tuple[Node, ...]
    gates: tuple[Gate, ...]
    links: tuple[Link, ...]


def causal_graph(
    scenario: str | None = None,
    *,
    mechanism: str | None = None,
    around: str | None = None,
    depth: int | None = None,
) -> CausalGraph:
    """The graph of a scenario's model, or of that without a scenario: the whole, a mechanism, or around a variable.

    Raises ProblemsError for a wrong scenario, an unknown name, and for choices that exclude each other.
    """
    if mechanism is not None and around is not None:
        raise ProblemsError([Problem(WHERE, 0, "one part at a time", "--mechanism and --around", "one of them")])
    if depth is not None and around is None:
        raise ProblemsError([Problem(WHERE, 0, "a depth needs a centre", "--depth alone", "--around VARIABLE too")])
    atlas = atlas_of(evidence_scenario() if scenario is None else read_scenario(scenario))
    if mechanism is not None:
        return mechanism_graph(atlas, mechanism)
    return whole_graph(atlas) if around is None else neighbourhood_graph(atlas, around, depth or 1)


def whole_graph(atlas: Atlas) -> CausalGraph:
    """All variables that move, and all links between them."""
    moving = _moving(atlas)
    return CausalGraph("the whole model", _nodes(atlas, moving), (), _links(atlas, moving, moving))


def mechanism_graph(atlas: Atlas, mechanism: str) -> CausalGraph:
    """The variables of one mechanism, those that it reads from others, and the mechanisms that read it.

    Raises ProblemsError for an unknown mechanism.
    """
    if mechanism not in atlas.declarations:
        raise ProblemsError([_unknown("mechanism", mechanism, atlas.declarations)])
    moving = _moving(atlas)
    inside = {declaration.name for declaration in atlas.declarations[mechanism]} & set(moving)
    shown = inside | {source for name in inside for source in moving[name]}
    readers = users(moving)
    leaving = dict.fromkeys(
        (name, atlas.page_of[reader])
        for name in moving
        if name in inside
        for reader in readers.get(name, ())
        if reader not in inside
    )
    return CausalGraph(
        f"mechanism {mechanism}",
        _nodes(atlas, [name for name in moving if name in shown], outside=shown - inside),
        tuple(Gate(other) for other in dict.fromkeys(other for _, other in leaving)),
        _links(atlas, shown, inside) + tuple(Link(name, gate_name(other)) for name, other in leaving),
    )


def neighbourhood_graph(atlas: Atlas, variable: str, depth: int) -> CausalGraph:
    """The variables within `depth` links of one, against the arrows and along them, and the links between them.

    Raises ProblemsError for a name that is no variable, or one that does not move.
    """
    moving = _moving(atlas)
    if variable not in moving:
        raise ProblemsError([_no_variable(atlas, variable, moving)])
    near = _near(moving, variable, depth) | _near(users(moving), variable, depth)
    title = f"{variable} and what is within {depth} link{'s' if depth != 1 else ''} of it"
    return CausalGraph(title, _nodes(atlas, [n for n in moving if n in near]), (), _links(atlas, near, near))


def gate_name(mechanism: str) -> str:
    """The name of a mechanism's gate among the nodes, which no variable can have."""
    return f"mechanism {mechanism}"


def _moving(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """The influence graph without what is fixed for the whole run."""
    model = atlas.model
    kept = {*model.stocks, *model.equations} - {equation.name for equation in model.fixed}
    return {
        name: tuple(dict.fromkeys(source for source in sources if source in kept))
        for name, sources in model.inputs_of.items()
        if name in kept
    }


def _nodes(atlas: Atlas, names: Iterable[str], outside: Collection[str] = ()) -> tuple[Node, ...]:
    return tuple(Node(name, _kind(atlas, name), _about(atlas, name), name in outside) for name in names)


def _links(atlas: Atlas, sources: Collection[str], targets: Collection[str]) -> tuple[Link, ...]:
    """All links from some variables to some, in the order of the model."""
    return tuple(
        Link(source, target, polarity(atlas.model, atlas.states, source, target))
        for target, read in _moving(atlas).items()
        if target in targets
        for source in read
        if source in sources
    )


def _near(following: Mapping[str, tuple[str, ...]], start: str, depth: int) -> set[str]:
    """What can be reached from a name in so many links."""
    found = {start}
    for _ in range(depth):
        found |= {name for each in found for name in following.get(each, ())}
    return found


def _kind(atlas: Atlas, name: str) -> Kind:
    if name in atlas.model.stocks:
        return Kind.STOCK
    return Kind.FLOW if name in atlas.flows else Kind.AUXILIARY


def _about(atlas: Atlas, name: str) -> str:
    declaration = atlas.model.stocks.get(name) or atlas.model.equations[name]
    return f"{declaration.about.splitlines()[0]} [{declaration.unit}]"


def _unknown(what: str, name: str, known: Collection[str]) -> Problem:
    nearest = nearest_name(name, known)
    return Problem(WHERE, 0, f"unknown {what}", f"'{name}'", "" if nearest else f"one of {', '.join(known)}", nearest)


def _no_variable(atlas: Atlas, name: str, moving: Collection[str]) -> Problem:
    if name in atlas.model.inputs:
        readers = ", ".join(atlas.used_by(name))
        return Problem(
            WHERE, 0, f"'{name}' is an input, not a variable", expected=f"a variable that reads it: {readers}"
        )
    if name in atlas.model.equations:
        return Problem(WHERE, 0, f"'{name}' does not move in a run", expected="a variable that does")
    return Problem(WHERE, 0, "unknown variable", f"'{name}'", "a stock or an equation", nearest_name(name, moving))
