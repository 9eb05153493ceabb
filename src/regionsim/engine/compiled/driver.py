"""The run of one member through its years, around the functions of the equations: the same for every model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regionsim.engine.compiled.lanes import LANES, NUMBERS, TRUTHS, hexadecimal, number
from regionsim.engine.compiled.loops import BROKEN, STEP, Place
from regionsim.engine.compiled.text import ModuleWriter
from regionsim.engine.compiled.writer import Writer
from regionsim.language.declarations import STEP_START, TIME

# What is given about the moments at which equations are evaluated (see schedule.py).
MOMENTS = "ptr %table, ptr %times, ptr %starts, ptr %changes, ptr %flags"
# What is asked for: records are triples for `copy`, `width` numbers at the start and after each year where a byte of
# `kept` says so.
ASKED = "ptr %records, i64 %recorded, ptr %kept, ptr %out, i64 %width, i64 %years, i64 %steps, double %step, i64 %from"


def write_run(module: ModuleWriter, places: Mapping[str, Place], groups: Sequence[str], stages: int) -> None:
    """Add `run`, which returns the lanes, as bits, in which something that must hold did not.

    It begins at the start and goes on for `years`; or, where `from` is a moment beyond the start, with a memory that is
    as another run has left it at the year's end before that moment.
    """
    _write_read_moment(module, places)
    _write_evaluate(module, groups, "evaluate", "moving")
    if stages == 1:
        _write_evaluate(module, groups, "evaluate_and_settle", "move")
    _write_copy(module)
    _write_years(module, places, stages)


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
    begin, end = (_loaded(writer, "%starts", "%moment", k) for k in range(2))
    count = writer.new(f"sub i64 {end}, {begin}")
    with writer.only_if(writer.new(f"icmp ne i64 {count}, 0")), writer.loop(count) as k:
        at = writer.new(f"mul i64 {writer.new(f'add i64 {begin}, {k}')}, 5")
        low, high, target, length = (_loaded(writer, "%changes", at, part) for part in range(4))
        weight = writer.new(f"load double, ptr {_at(writer, '%changes', at, 4)}")
        # Of what is infinite there is nothing between.
        at_one, share = writer.new(f"fcmp oeq double {weight}, {hexadecimal(0.0)}"), writer.in_all_lanes(weight)
        one, other, to = (
            _lanes_at(writer, base, index) for base, index in (("%table", low), ("%table", high), ("%memory", target))
        )
        with writer.loop(length) as number_at:
            first, second = (
                writer.new(f"load {NUMBERS}, ptr {_lanes_at(writer, end, number_at)}, align 8") for end in (one, other)
            )
            way = writer.new(f"fmul {NUMBERS} {share}, {writer.new(f'fsub {NUMBERS} {second}, {first}')}")
            between = writer.new(f"fadd {NUMBERS} {first}, {way}")
            value = writer.new(f"select i1 {at_one}, {NUMBERS} {first}, {NUMBERS} {between}")
            writer.do(f"store {NUMBERS} {value}, ptr {_lanes_at(writer, to, number_at)}, align 8")
    head = "internal void @read_moment(ptr %memory, ptr %table, ptr %times, ptr %starts, ptr %changes, i64 %moment) #2"
    module.add(head, [*writer.lines, "  ret void"])


def _write_evaluate(module: ModuleWriter, groups: Sequence[str], name: str, moving: str) -> None:
    """A function of that name: of what only paths drive the groups with a changed path, then all that moves."""
    writer = Writer()
    writer.do("call void @read_moment(ptr %memory, ptr %table, ptr %times, ptr %starts, ptr %changes, i64 %moment)")
    row = writer.new(f"mul i64 %moment, {len(groups)}")
    for k, group in enumerate(groups):
        at = writer.new(f"add i64 {row}, {k}")
        flag = writer.new(f"load i8, ptr {writer.new(f'getelementptr i8, ptr %flags, i64 {at}')}")
        with writer.only_if(writer.new(f"icmp ne i8 {flag}, 0")):
            writer.do(f"call void @{group}(ptr %memory)")
    writer.do(f"call void @{moving}(ptr %memory)")
    module.add(f"internal void @{name}(ptr %memory, {MOMENTS}, i64 %moment) #2", [*writer.lines, "  ret void"])


def _write_years(module: ModuleWriter, places: Mapping[str, Place], stages: int) -> None:
    writer = Writer()
    counters = ["  %moment = alloca i64", "  %written = alloca ptr"]

    def evaluate(name: str = "evaluate") -> None:
        at = writer.new("load i64, ptr %moment")
        writer.do(f"call void @{name}(ptr %memory, {MOMENTS}, i64 {at})")
        writer.do(f"store i64 {writer.new(f'add i64 {at}, 1')}, ptr %moment")

    def broken_lanes() -> str:
        counts = writer.new(f"load {NUMBERS}, ptr {writer.address(places[BROKEN].offset)}")
        broken = writer.new(f"fcmp une {NUMBERS} {counts}, {number(0.0)}")
        return writer.new(f"bitcast {TRUTHS} {broken} to i{LANES}")

    def stop_if_all_are_broken() -> None:
        # A member that is broken goes on beside the others, whose results do not depend on it.
        none_left, go_on = writer.named("stop"), writer.named("go")
        done = writer.new(f"icmp eq i{LANES} {broken_lanes()}, -1")
        writer.do(f"br i1 {done}, label %{none_left}, label %{go_on}")
        writer.start(none_left)
        writer.do(f"ret i64 {(1 << LANES) - 1}")
        writer.start(go_on)

    def is_kept(year: str) -> str:
        flag = writer.new(f"load i8, ptr {writer.new(f'getelementptr i8, ptr %kept, i64 {year}')}")
        return writer.new(f"icmp ne i8 {flag}, 0")

    def record() -> None:
        to = writer.new("load ptr, ptr %written")
        writer.do(f"call void @copy(ptr %memory, ptr {to}, ptr %records, i64 %recorded)")
        writer.do(f"store ptr {_lanes_at(writer, to, '%width')}, ptr %written")

    writer.do(f"store {NUMBERS} {writer.in_all_lanes('%step')}, ptr {writer.address(places[STEP].offset)}")
    writer.do("store ptr %out, ptr %written")
    writer.do("store i64 %from, ptr %moment")
    with writer.only_if(writer.new("icmp eq i64 %from, 0")):
        writer.do("store i64 1, ptr %moment")
        writer.do("call void @read_moment(ptr %memory, ptr %table, ptr %times, ptr %starts, ptr %changes, i64 0)")
        writer.do("call void @begin(ptr %memory)")
        writer.do("call void @open(ptr %memory)")
        stop_if_all_are_broken()
        with writer.only_if(is_kept("0")):
            record()
    with writer.only_if(writer.new("icmp ne i64 %from, 0")):
        writer.do("call void @moving(ptr %memory)")
    some = writer.new("icmp ne i64 %years, 0")
    with writer.only_if(some), writer.loop("%years") as year:
        with writer.loop("%steps") as step:
            # At the first moment of a year all is known from the report of the year before, or from the start.
            later = writer.new(f"icmp ne i64 {step}, 0")
            if stages == 1:
                with writer.only_if(later):
                    evaluate("evaluate_and_settle")
                with writer.only_if(writer.new(f"xor i1 {later}, 1")):
                    writer.do("call void @settle(ptr %memory)")
            else:
                for k in range(stages):
                    writer.do(f"call void @enter.{k}(ptr %memory)")
                    with writer.only_if("1" if k else later):
                        evaluate()
                    writer.do(f"call void @leave.{k}(ptr %memory)")
                writer.do("call void @settle(ptr %memory)")
            stop_if_all_are_broken()
        evaluate()
        with writer.only_if(is_kept(writer.new(f"add i64 {year}, 1"))):
            writer.do("call void @reported(ptr %memory)")
            record()
    writer.do(f"ret i64 {writer.new(f'zext i{LANES} {broken_lanes()} to i64')}")
    module.add(f"i64 @run(ptr noalias %memory, {MOMENTS}, {ASKED})", [*counters, *writer.lines])


def _at(writer: Writer, base: str, index: str, further: int = 0) -> str:
    at = writer.new(f"getelementptr double, ptr {base}, i64 {index}")
    return writer.new(f"getelementptr double, ptr {at}, i64 {further}") if further else at


def _lanes_at(writer: Writer, base: str, index: str) -> str:
    return writer.new(f"getelementptr {NUMBERS}, ptr {base}, i64 {index}")


def _loaded(writer: Writer, base: str, index: str, further: int) -> str:
    return writer.new(f"load i64, ptr {_at(writer, base, index, further)}")
