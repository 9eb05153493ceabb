"""How a table is read, as LLVM text: linear between its points, constant outside, which is numpy's interp."""

from __future__ import annotations

from regionsim.engine.compiled.lanes import LANES, NUMBERS, TRUTHS
from regionsim.engine.compiled.lines import Lines

_ONE = f"""
; Looked for from where the argument would stand in a table
; of even steps, since most are that. The points are the same in all lanes: those of the first are read.
define internal double @lookup_one(ptr noalias readonly %xs, ptr noalias readonly %ys, i64 %count, double %x) #1 {{
entry:
  %last = sub i64 %count, 1
  %lastxat = getelementptr {NUMBERS}, ptr %xs, i64 %last
  %lastyat = getelementptr {NUMBERS}, ptr %ys, i64 %last
  %firstx = load double, ptr %xs
  %lastx = load double, ptr %lastxat
  %inside = fcmp olt double %x, %lastx
  %after = fcmp ogt double %x, %firstx
  %between = and i1 %inside, %after
  br i1 %between, label %guess, label %outside
outside:
  %firsty = load double, ptr %ys
  %lasty = load double, ptr %lastyat
  %end = select i1 %inside, double %firsty, double %lasty
  %nonumber = fcmp uno double %x, %x
  %several = icmp ne i64 %last, 0
  %lost = and i1 %nonumber, %several
  %outer = select i1 %lost, double %x, double %end
  ret double %outer
guess:
  %steps = sitofp i64 %last to double
  %way = fsub double %x, %firstx
  %span = fsub double %lastx, %firstx
  %share = fdiv double %way, %span
  %place = fmul double %share, %steps
  %rounded = fptosi double %place to i64
  %high = icmp sge i64 %rounded, %last
  %beforelast = sub i64 %last, 1
  %guessed = select i1 %high, i64 %beforelast, i64 %rounded
  br label %down
down:
  %k = phi i64 [ %guessed, %guess ], [ %lower, %down ]
  %kat = getelementptr {NUMBERS}, ptr %xs, i64 %k
  %kx = load double, ptr %kat
  %toohigh = fcmp olt double %x, %kx
  %lower = sub i64 %k, 1
  br i1 %toohigh, label %down, label %up
up:
  %m = phi i64 [ %k, %down ], [ %next, %up ]
  %next = add i64 %m, 1
  %nextat = getelementptr {NUMBERS}, ptr %xs, i64 %next
  %x1 = load double, ptr %nextat
  %toolow = fcmp oge double %x, %x1
  br i1 %toolow, label %up, label %found
found:
  %mat = getelementptr {NUMBERS}, ptr %xs, i64 %m
  %x0 = load double, ptr %mat
  %y0at = getelementptr {NUMBERS}, ptr %ys, i64 %m
  %y0 = load double, ptr %y0at
  %y1at = getelementptr {NUMBERS}, ptr %ys, i64 %next
  %y1 = load double, ptr %y1at
  %run = fsub double %x1, %x0
  %rise = fsub double %y1, %y0
  %slope = fdiv double %rise, %run
  %into = fsub double %x, %x0
  %climb = fmul double %slope, %into
  %value = fadd double %climb, %y0
  ret double %value
}}
"""


def _lookup() -> str:
    """A table is read once where all lanes have one argument, such as an age that only time decides.

    Else all lanes look at once for where their arguments would stand in a table of even steps, since most are that, and
    each for itself where one of them does not stand there. (Rounding may lead to the last point; what then is read
    behind it is some other number of the memory, and not used.)
    """
    spread = f"{NUMBERS} poison, <{LANES} x i32> zeroinitializer"
    places, by_lane = Lines("k"), Lines("p")
    points, found = dict.fromkeys(("x0", "x1", "y0", "y1"), "poison"), "poison"
    for lane in range(LANES):
        k = places.new(f"extractelement <{LANES} x i32> %k, i64 {lane}")
        low = places.new(f"zext i32 {k} to i64")
        high = places.new(f"add nuw nsw i64 {low}, 1")
        for name, before in points.items():
            at = places.new(f"getelementptr {NUMBERS}, ptr %{name[0]}s, i64 {high if name[1] == '1' else low}")
            point = places.new(f"load double, ptr {at}")
            points[name] = places.new(f"insertelement {NUMBERS} {before}, double {point}, i64 {lane}")
        x = by_lane.new(f"extractelement {NUMBERS} %x, i64 {lane}")
        y = by_lane.new(f"call double @lookup_one(ptr %xs, ptr %ys, i64 %count, double {x})")
        found = by_lane.new(f"insertelement {NUMBERS} {found}, double {y}, i64 {lane}")
    x0, x1, y0, y1 = points.values()
    return f"""
define internal {NUMBERS} @lookup(ptr readonly %xs, ptr readonly %ys, i64 %count, {NUMBERS} %x) #1 {{
entry:
  %firsts = shufflevector {NUMBERS} %x, {spread}
  %same = fcmp oeq {NUMBERS} %x, %firsts
  %samelanes = bitcast {TRUTHS} %same to i{LANES}
  %alike = icmp eq i{LANES} %samelanes, -1
  br i1 %alike, label %once, label %several
once:
  %first = extractelement {NUMBERS} %x, i64 0
  %y = call double @lookup_one(ptr %xs, ptr %ys, i64 %count, double %first)
  %single = insertelement {NUMBERS} poison, double %y, i64 0
  %result = shufflevector {NUMBERS} %single, {spread}
  ret {NUMBERS} %result
several:
  %last = sub i64 %count, 1
  %lastxat = getelementptr {NUMBERS}, ptr %xs, i64 %last
  %firstx = load {NUMBERS}, ptr %xs
  %lastx = load {NUMBERS}, ptr %lastxat
  %under = fcmp olt {NUMBERS} %x, %lastx
  %over = fcmp ogt {NUMBERS} %x, %firstx
  %within = and {TRUTHS} %under, %over
  %withinlanes = bitcast {TRUTHS} %within to i{LANES}
  %inside = icmp eq i{LANES} %withinlanes, -1
  br i1 %inside, label %guess, label %bylane
guess:
  %steps = sitofp i64 %last to double
  %way = fsub {NUMBERS} %x, %firstx
  %span = fsub {NUMBERS} %lastx, %firstx
  %share = fdiv {NUMBERS} %way, %span
  %onestep = insertelement {NUMBERS} poison, double %steps, i64 0
  %allsteps = shufflevector {NUMBERS} %onestep, {spread}
  %place = fmul {NUMBERS} %share, %allsteps
  %k = fptosi {NUMBERS} %place to <{LANES} x i32>
{places.text()}
  %notbelow = fcmp oge {NUMBERS} %x, {x0}
  %notabove = fcmp olt {NUMBERS} %x, {x1}
  %there = and {TRUTHS} %notbelow, %notabove
  %therelanes = bitcast {TRUTHS} %there to i{LANES}
  %right = icmp eq i{LANES} %therelanes, -1
  br i1 %right, label %between, label %bylane
between:
  %run = fsub {NUMBERS} {x1}, {x0}
  %rise = fsub {NUMBERS} {y1}, {y0}
  %slope = fdiv {NUMBERS} %rise, %run
  %into = fsub {NUMBERS} %x, {x0}
  %climb = fmul {NUMBERS} %slope, %into
  %value = fadd {NUMBERS} %climb, {y0}
  ret {NUMBERS} %value
bylane:
{by_lane.text()}
  ret {NUMBERS} {found}
}}
"""


TABLES = _ONE + _lookup()
