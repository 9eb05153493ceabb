"""Long arrays are done county by county: in an order, and in loops, that form the same numbers."""

from __future__ import annotations

from regionsim.engine.compiled.loops import Call, Memory, Nest, Number, each, element, joined, loops_of, moved_to, read
from regionsim.engine.compiled.strips import Task, in_phases, in_the_same_loops, is_wide, passing

SIZES = {"county": 3, "residence": 2, "cohort": 16}
AXES = ("county", "residence", "cohort")


def _doubled(target, source):
    return each(target, Call("*", (element(source), Number(2.0))))


def _inside(nests):
    return [Nest(nest.loops[1:], nest.target, nest.value, nest.joined, nest.by) for nest in nests]


def test_only_loops_with_many_elements_a_county_are_cut():
    memory = Memory(SIZES)
    long, short, by_cohort = memory.take(AXES), memory.take(("county",)), memory.take(("cohort",))
    assert is_wide(_doubled(long, long)) and is_wide(joined(short, long, element(long)))
    assert is_wide(joined(by_cohort, long, element(long)))  # joined over counties, and cut all the same
    assert not is_wide(_doubled(short, short)) and not is_wide(_doubled(by_cohort, by_cohort))


def test_what_reads_the_same_county_joins_the_strip_and_what_reads_others_waits():
    memory = Memory(SIZES)
    source, first, second, third, fourth = (memory.take(AXES) for _ in range(5))
    total = memory.take(("cohort",))
    tasks = {
        "reads the total": Task((each(third, Call("*", (element(first), element(total)))),)),
        "first": Task((_doubled(first, source),)),
        "total": Task((joined(total, first, element(first)),)),
        "second": Task((_doubled(second, first),)),
    }
    order = ["first", "total", "second", "reads the total"]
    phases = in_phases([tasks[name] for name in order])
    found = [[name for name in order if tasks[name].nests[0] in strip] for _, strip in phases]
    assert found == [["first", "total", "second"], ["reads the total"]]
    # By origin: the county of the loops is not the one that is read.
    at = {"county": "origin", "residence": "residence", "cohort": "cohort"}
    elsewhere = Nest(loops_of(fourth), element(fourth), read(first, at))
    assert [len(strip) for _, strip in in_phases([tasks["first"], Task((elsewhere,))])] == [1, 1]


def test_what_is_replaced_stays_until_it_has_been_read():
    memory = Memory(SIZES)
    stock, flow, by_county = memory.take(AXES), memory.take(AXES), memory.take(("county",))
    before = Task((_doubled(by_county, by_county), joined(by_county, stock, element(stock))), "before")
    moved, then = Task((each(stock, Call("+", (element(stock), element(flow)))),)), Task((_doubled(flow, stock),))
    phases = in_phases([before, moved, then])
    assert [(tasks, len(strip)) for tasks, strip in phases] == [([before], 2)]
    after = Task(before.nests, "after")
    assert [(tasks, len(strip)) for tasks, strip in in_phases([moved, after])] == [([], 1), ([after], 0)]


def test_loops_that_run_alike_are_one_where_each_element_is_set_before_it_is_read():
    memory = Memory(SIZES)
    source, first, second = (memory.take(AXES) for _ in range(3))
    total, by_county, by_cohort = memory.take(()), memory.take(("county",)), memory.take(("county", "cohort"))
    nests = [
        _doubled(first, source),
        joined(by_county, first, element(first)),
        joined(by_cohort, first, element(first)),  # over residence, which is not the innermost loop
        each(second, Call("*", (element(first), element(by_county)))),  # the whole sum is needed first
        joined(total, first, element(first), "maximum"),
    ]
    inside = _inside(nests)
    groups = in_the_same_loops(inside)
    assert [[inside.index(nest) for nest in group] for group in groups] == [[0, 1, 4], [2], [3]]


def test_a_neighbour_is_not_read_in_the_loops_that_set_it():
    memory = Memory(SIZES)
    source, first, second = (memory.take(AXES) for _ in range(3))
    youngest = {"county": "county", "residence": "residence", "cohort": 0}
    nests = _inside([_doubled(first, source), Nest(loops_of(second), element(second), read(first, youngest))])
    assert [len(group) for group in in_the_same_loops(nests)] == [1, 1]


def test_what_only_a_strip_reads_after_it_has_formed_it_is_kept_for_one_county():
    memory = Memory(SIZES)
    source, used, left, later, stock = (memory.take(AXES) for _ in range(5))
    total = memory.take(("cohort",))
    tasks = [
        Task((_doubled(used, source),)),
        Task((_doubled(left, used),)),
        Task((joined(total, used, element(used)),)),
        Task((each(stock, Call("+", (element(stock), element(left)))),)),  # read before it is formed: carried
        Task((each(later, Call("*", (element(left), element(total)))),)),  # in another strip
        Task((joined(memory.take(("county",)), later, element(later)),)),
    ]
    phases = in_phases(tasks)
    assert [len(strip) for _, strip in phases] == [4, 2]
    first, second = passing(phases)
    assert first == [used] and later in second and stock not in second
    near = memory.take(AXES[1:])
    nest = moved_to(_doubled(left, used), {used: near}, "county")
    assert nest.target.place == left and nest.value.arguments[0] == element(near)


def test_matrix_products_are_done_for_several_counties_at_once():
    memory = Memory(SIZES)
    shares, movers, arrivals = (
        memory.take(("county", "residence")),
        memory.take(AXES),
        memory.take(("county", "cohort")),
    )
    at = {"county": "origin", "residence": "residence", "cohort": "cohort"}
    value = Call("*", (read(movers, at), read(shares, {"county": "county", "residence": "residence"})))
    loops = (*loops_of(arrivals)[:1], *loops_of(movers)[1:])
    assert not is_wide(Nest(loops, element(arrivals), value, frozenset({"residence"})))
    assert is_wide(Nest(loops, element(shares), value, frozenset({"cohort"})))
