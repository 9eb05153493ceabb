"""What the equations become before they are machine code: loops that fill arrays of one member's memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import prod

from regionsim.language.axes import ordered

# Places of the run itself, beside those of the model's names, none of which begins with a dot: the length of the step,
# and what is 0 while all holds that must hold.
STEP, BROKEN = ".step", ".broken"

Index = str | int  # the variable of a loop, or one element


@dataclass(frozen=True)
class Place:
    """Where an array stands in the memory: dense, over axes in the global order, the last one by single steps."""

    offset: int
    over: tuple[str, ...]
    sizes: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return prod(self.sizes)

    @property
    def strides(self) -> dict[str, int]:
        """How far apart neighbours along each axis are."""
        return {axis: prod(self.sizes[k + 1 :]) for k, axis in enumerate(self.over)}


@dataclass(frozen=True)
class Number:
    """A value that stands in the equations."""

    value: float


@dataclass(frozen=True)
class Read:
    """One element of an array: its offset, and the loop variables that move it with their strides."""

    place: Place
    offset: int
    moved: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Call:
    """An operation or a function on single numbers; the operations are named by their signs."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Choice:
    """`then` where the comparison of left and right holds, else `otherwise`, as where one is not a number."""

    comparison: str
    left: Node
    right: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True)
class Lookup:
    """The value of a table, whose arguments and values stand in two arrays, at an argument."""

    arguments: Place
    values: Place
    argument: Node


Node = Number | Read | Call | Choice | Lookup


@dataclass(frozen=True)
class Loop:
    """A variable that runs from 0 to below `size`."""

    variable: str
    size: int


@dataclass(frozen=True)
class Nest:
    """Loops, the first one outermost, that set `target` to `value`, or join the values along the `joined` loops.

    Values are joined by `by`, "+" or "maximum", from 0.
    """

    loops: tuple[Loop, ...]
    target: Read
    value: Node
    joined: frozenset[str] = frozenset()
    by: str = "+"


def read(place: Place, at: Mapping[str, Index]) -> Read:
    """The element of an array at the given index along each of its axes (others are ignored)."""
    strides = place.strides
    fixed = {axis: index for axis in place.over if isinstance(index := at[axis], int)}
    offset = place.offset + sum(strides[axis] * index for axis, index in fixed.items())
    return Read(place, offset, tuple((str(at[axis]), strides[axis]) for axis in place.over if axis not in fixed))


def loops_of(place: Place) -> tuple[Loop, ...]:
    """A loop along each axis of an array, named by the axis."""
    return tuple(Loop(axis, size) for axis, size in zip(place.over, place.sizes, strict=True))


def element(place: Place) -> Read:
    """The element of an array in loops that are named by its axes."""
    return read(place, {axis: axis for axis in place.over})


def each(target: Place, value: Node) -> Nest:
    """`target`, element by element, from a value in loops that are named by its axes."""
    return Nest(loops_of(target), element(target), value)


def joined(target: Place, source: Place, value: Node, by: str = "+") -> Nest:
    """`target` from values in loops along the axes of `source`, of which it keeps its own."""
    return Nest(loops_of(source), element(target), value, frozenset(source.over) - set(target.over), by)


def merged(nest: Nest, around: Collection[str] = ()) -> Nest:
    """The nest with neighbouring loops made one where all that they touch lies in one piece.

    `around` are variables of loops that it stands in.
    """
    loops = list(nest.loops)
    strides = [dict(access.moved) for access in (nest.target, *reads(nest.value))]
    k = 0
    while k + 1 < len(loops):
        outer, inner = loops[k], loops[k + 1]
        alike = (outer.variable in nest.joined) == (inner.variable in nest.joined)
        if alike and all(at.get(outer.variable, 0) == inner.size * at.get(inner.variable, 0) for at in strides):
            # The variable of the inner one goes on where it ended: no index changes but that the outer one is gone.
            loops[k : k + 2] = [Loop(inner.variable, outer.size * inner.size)]
            k = max(k - 1, 0)
        else:
            k += 1
    left = frozenset(loop.variable for loop in loops)
    moving = left.union(around)
    return Nest(
        tuple(loops),
        _without_others(nest.target, moving),
        _mapped(nest.value, lambda access: _without_others(access, moving)),
        nest.joined & left,
        nest.by,
    )


def moved_to(nest: Nest, places: Mapping[Place, Place], along: str) -> Nest:
    """The nest with other places for some arrays, which have what those hold for one element of their first axis."""

    def change(access: Read) -> Read:
        place = places.get(access.place)
        if place is None:
            return access
        moved = tuple(part for part in access.moved if part[0] != along)
        return Read(place, place.offset + access.offset - access.place.offset, moved)

    target = change(nest.target)
    assert isinstance(target, Read)
    return replace(nest, target=target, value=_mapped(nest.value, change))


def _without_others(access: Read, left: frozenset[str]) -> Read:
    return replace(access, moved=tuple(part for part in access.moved if part[0] in left))


def _mapped(node: Node, change: Callable[[Read], Read]) -> Node:
    match node:
        case Read():
            return change(node)
        case Call(function, arguments):
            return Call(function, tuple(_mapped(argument, change) for argument in arguments))
        case Choice(comparison, left, right, then, otherwise):
            return Choice(comparison, *(_mapped(part, change) for part in (left, right, then, otherwise)))
        case Lookup(arguments, values, argument):
            return Lookup(arguments, values, _mapped(argument, change))
    return node


def reads(node: Node) -> Iterator[Read]:
    """Every element that a value is made from."""
    match node:
        case Read():
            yield node
        case Call(_, arguments):
            for argument in arguments:
                yield from reads(argument)
        case Choice(_, left, right, then, otherwise):
            for part in (left, right, then, otherwise):
                yield from reads(part)
        case Lookup(_, _, argument):
            yield from reads(argument)


class Memory:
    """Gives out places, one after the other, for the sizes of the model's axes."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self.sizes = sizes
        self.size = 0

    def take(self, over: Iterable[str]) -> Place:
        """A new array over the given axes."""
        axes = ordered(over)
        place = Place(self.size, axes, tuple(self.sizes[axis] for axis in axes))
        self.size += place.size
        return place

    def take_points(self, count: int) -> Place:
        """A new array of so many numbers along no axis of the model."""
        place = Place(self.size, ("point",), (count,))
        self.size += count
        return place
