"""The run of one member through its years, around the functions of the equations: the same for every model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regionsim.engine.compiled.lanes import LANES, NUMBERS, TRUTHS, hexadecimal, number
from regionsim.engine.compiled.loops import BROKEN, STEP, Place
from regionsim.engine.compiled.text import ModuleWriter
from regionsim.engine.compiled.writer import Writer
from regionsim.language.declarations import STEP_START, TIME

# What is given about the moments at which equations are evaluated (see schedule.py).
MOMENTS = "ptr %alike, ptr %apart, ptr %times, ptr %starts, ptr %changes, ptr %flags"
# What is asked for: records are triples for `copy`, `width` numbers at the start and after each step where a byte of
# `kept` says so.
ASKED = "ptr %records, i64 %recorded, ptr %kept, ptr %out, i64 %width, i64 %first, i64 %last, i64 %ends, double %step"


def write_run(module: ModuleWriter, places: Mapping[str, Place], groups: Sequence[str], stages: int) -> None:
    """Add `run`, which returns the lanes, as bits, in which something that must hold did not, and `drive`.

    A run goes from the step `first` to the one before `last`. At 0 it begins with the start; else its memory is as
    another run has left it. What is to be kept after the last step is kept where it `ends` there. `drive` does what no
    stock moves at one moment.
    """
    _write_read_moment(module, places)
    _write_drive(module, groups)
    _write_evaluate(module, "evaluate", "moving")
    if stages == 1:
        _write_evaluate(module, "evaluate_and_settle", "move")
    _write_copy(module)
    _write_steps(module, places, stages)


def _write_copy(module: ModuleWriter) -> None:
    """`copy`: `count` times source, target and length, all in numbers of 8 bytes."""
    writer = Writer()
    some = writer.new("icmp ne i64 %count, 0")
    with writer.only_if(some), writer.loop("%count") as k:
        at = writer.new(f"mul i64 {k}, 3")
        source, target, length = (_loaded(writer, "%triples", at, part) for part in range(3))
        from_, to = _lanes_at(writer, "%from", source), _lanes_at(writer, "%to", target)
        size = writer.new(f"mul i64 {length}, {8 * LANES}")
        writer.do(f"call void @llvm.memcpy.p0.p0.i64(ptr align 8 {to}, ptr align 8 {from_}, i64 {size}, i1 false)")
    head = "internal void @copy(ptr %from, ptr %to, ptr %triples, i64 %count) #2"
    module.add(head, [*writer.lines, "  ret void"])
    module.parts.append("declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)")


def _write_read_moment(module: ModuleWriter, places: Mapping[str, Place]) -> None:
    """`read_moment`: the clock, and the paths that have changed, at one moment."""
    writer = Writer()
    twice = writer.new("mul i64 %moment, 2")
    for part, name in enumerate((TIME, STEP_START)):
        value = writer.new(f"load double, ptr {_at(writer, '%times', twice, part)}")
        writer.do(f"store {NUMBERS} {writer.in_all_lanes(value)}, ptr {writer.address(places[name].offset)}")
    row = writer.new("mul i64 %moment, 2")
    for k, (table, is_alike) in enumerate((("%alike", True), ("%apart", False))):
        begin, end = (_loaded(writer, "%starts", row, k + further) for further in range(2))
        count = writer.new(f"sub i64 {end}, {begin}")
        with writer.only_if(writer.new(f"icmp ne i64 {count}, 0")), writer.loop(count) as change:
            _write_change(writer, table, writer.new(f"add i64 {begin}, {change}"), is_alike)
    module.add(f"internal void @read_moment(ptr %memory, {MOMENTS}, i64 %moment) #2", [*writer.lines, "  ret void"])


def _write_change(writer: Writer, table: str, change: str, is_alike: bool) -> None:
    """What a path is now, from a table of numbers that are the same in all lanes, or that stand there for each."""
    at = writer.new(f"mul i64 {change}, 5")
    low, high, target, length = (_loaded(writer, "%changes", at, part) for part in range(4))
    weight = writer.new(f"load double, ptr {_at(writer, '%changes', at, 4)}")
    kind, share = ("double", weight) if is_alike else (NUMBERS, writer.in_all_lanes(weight))
    place = _at if is_alike else _lanes_at
    one, other, to = place(writer, table, low), place(writer, table, high), _lanes_at(writer, "%memory", target)

    def entry(of: str, k: str) -> str:
        return writer.new(f"load {kind}, ptr {place(writer, of, k)}, align 8")

    def put(value: str, k: str) -> None:
        value = writer.in_all_lanes(value) if is_alike else value
        writer.do(f"store {NUMBERS} {value}, ptr {_lanes_at(writer, to, k)}, align 8")

    at_one = writer.new(f"fcmp oeq double {weight}, {hexadecimal(0.0)}")
    with writer.only_if(at_one), writer.loop(length) as k:
        put(entry(one, k), k)  # of what is infinite there would be nothing between
    with writer.only_if(writer.new(f"xor i1 {at_one}, 1")), writer.loop(length) as k:
        first = entry(one, k)
        way = writer.new(f"fmul {kind} {share}, {writer.new(f'fsub {kind} {entry(other, k)}, {first}')}")
        put(writer.new(f"fadd {kind} {first}, {way}"), k)


def _write_drive(module: ModuleWriter, groups: Sequence[str]) -> None:
    """`drive`: the clock and the paths at a moment, and of what no stock moves the groups that something has moved."""
    writer = Writer()
    _at_moment(writer, "read_moment")
    row = writer.new(f"mul i64 %moment, {len(groups)}")
    for k, group in enumerate(groups):
        at = writer.new(f"add i64 {row}, {k}")
        flag = writer.new(f"load i8, ptr {writer.new(f'getelementptr i8, ptr %flags, i64 {at}')}")
        with writer.only_if(writer.new(f"icmp ne i8 {flag}, 0")):
            writer.do(f"call void @{group}(ptr %memory)")
    module.add(f"void @drive(ptr noalias %memory, {MOMENTS}, i64 %moment) #2", [*writer.lines, "  ret void"])


def _write_evaluate(module: ModuleWriter, name: str, moving: str) -> None:
    """A function of that name: what no stock moves, then all that moves."""
    writer = Writer()
    _at_moment(writer, "drive")
    writer.do(f"call void @{moving}(ptr %memory)")
    module.add(f"internal void @{name}(ptr %memory, {MOMENTS}, i64 %moment) #2", [*writer.lines, "  ret void"])


def _at_moment(writer: Writer, function: str, moment: str = "%moment") -> None:
    writer.do(f"call void @{function}(ptr %memory, {MOMENTS}, i64 {moment})")


def _write_steps(module: ModuleWriter, places: Mapping[str, Place], stages: int) -> None:
    writer = Writer()

    def evaluate(step: str, stage: int = 0, function: str = "evaluate") -> None:
        moment = writer.new(f"mul i64 {step}, {stages}")
        _at_moment(writer, function, writer.new(f"add i64 {moment}, {stage}"))

    def stop_if_all_are_broken() -> None:
        # A member that is broken goes on beside the others, whose results do not depend on it.
        none_left, go_on = writer.named("stop"), writer.named("go")
        done = writer.new(f"icmp eq i{LANES} {broken_lanes()}, -1")
        writer.do(f"br i1 {done}, label %{none_left}, label %{go_on}")
        writer.start(none_left)
        writer.do(f"ret i64 {(1 << LANES) - 1}")
        writer.start(go_on)

    def broken_lanes() -> str:
        counts = writer.new(f"load {NUMBERS}, ptr {writer.address(places[BROKEN].offset)}")
        broken = writer.new(f"fcmp une {NUMBERS} {counts}, {number(0.0)}")
        return writer.new(f"bitcast {TRUTHS} {broken} to i{LANES}")

    def is_kept(step: str) -> str:
        flag = writer.new(f"load i8, ptr {writer.new(f'getelementptr i8, ptr %kept, i64 {step}')}")
        return writer.new(f"icmp ne i8 {flag}, 0")

    def keep(step: str) -> None:
        # At the start all is evaluated already.
        with writer.only_if(writer.new(f"icmp ne i64 {step}, 0")):
            evaluate(step)
            writer.do("call void @reported(ptr %memory)")
        to = writer.new("load ptr, ptr %written")
        writer.do(f"call void @copy(ptr %memory, ptr {to}, ptr %records, i64 %recorded)")
        writer.do(f"store ptr {_lanes_at(writer, to, '%width')}, ptr %written")

    writer.do(f"store {NUMBERS} {writer.in_all_lanes('%step')}, ptr {writer.address(places[STEP].offset)}")
    writer.do("store ptr %out, ptr %written")
    with writer.only_if(writer.new("icmp eq i64 %first, 0")):
        _at_moment(writer, "read_moment", "0")
        writer.do("call void @begin(ptr %memory)")
        writer.do("call void @open(ptr %memory)")
        stop_if_all_are_broken()
    count = writer.new("sub i64 %last, %first")
    some = writer.new(f"icmp ne i64 {count}, 0")
    with writer.only_if(some), writer.loop(count) as beyond:
        step = writer.new(f"add i64 %first, {beyond}")
        kept = is_kept(step)
        with writer.only_if(kept):
            keep(step)
        known = writer.new(f"or i1 {kept}, {writer.new(f'icmp eq i64 {step}, 0')}")
        unknown = writer.new(f"xor i1 {known}, 1")
        if stages == 1:
            with writer.only_if(unknown):
                evaluate(step, function="evaluate_and_settle")
            with writer.only_if(known):
                writer.do("call void @settle(ptr %memory)")
        else:
            for k in range(stages):
                writer.do(f"call void @enter.{k}(ptr %memory)")
                with writer.only_if("1" if k else unknown):
                    evaluate(step, k)
                writer.do(f"call void @leave.{k}(ptr %memory)")
            writer.do("call void @settle(ptr %memory)")
        stop_if_all_are_broken()
    with writer.only_if(writer.new("icmp ne i64 %ends, 0")), writer.only_if(is_kept("%last")):
        keep("%last")
    writer.do(f"ret i64 {writer.new(f'zext i{LANES} {broken_lanes()} to i64')}")
    lines = ["  %written = alloca ptr", *writer.lines]
    module.add(f"i64 @run(ptr noalias %memory, {MOMENTS}, {ASKED})", lines)


def _at(writer: Writer, base: str, index: str, further: int = 0) -> str:
    at = writer.new(f"getelementptr double, ptr {base}, i64 {index}")
    return writer.new(f"getelementptr double, ptr {at}, i64 {further}") if further else at


def _lanes_at(writer: Writer, base: str, index: str) -> str:
    return writer.new(f"getelementptr {NUMBERS}, ptr {base}, i64 {index}")


def _loaded(writer: Writer, base: str, index: str, further: int) -> str:
    return writer.new(f"load i64, ptr {_at(writer, base, index, further)}")
