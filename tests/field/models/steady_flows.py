"""Stocks with flows of constant size, of either sign, large and small."""

from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

stock0 = stock("Has no flows.", unit="person", initial="start0", over=())
stock1neg = stock("Falls from 0.", unit="person", initial=0, outflows=("out1",), over=(), non_negative=False)
stock1pos = stock("Rises.", unit="person", initial="start1", inflows=("in1",), over=())
stockpositives = stock("Two inflows.", unit="person", initial=0, inflows=("in2", "in3"), over=())
stocknegatives = stock(
    "An outflow that is an inflow, and a tiny one.",
    unit="person",
    initial="start2",
    outflows=("out2", "out3"),
    over=(),
)
stockmixed = stock(
    "An inflow, and outflows of which one grows.",
    unit="person",
    initial=0,
    inflows=("in4",),
    outflows=("out4", "out5", "out6"),
    over=(),
    non_negative=False,
)


@equation(unit="person/year", over=())
def out1(flow1n):
    """Constant."""
    return flow1n


@equation(unit="person/year", over=())
def in1(flow1p):
    """Constant."""
    return flow1p


@equation(unit="person/year", over=())
def in2(flow1):
    """Constant."""
    return flow1


@equation(unit="person/year", over=())
def in3(flow3):
    """Constant."""
    return flow3


@equation(unit="person/year", over=())
def out2(flow2):
    """Constant and below 0."""
    return flow2


@equation(unit="person/year", over=())
def out3(flow4):
    """Constant and tiny."""
    return flow4


@equation(unit="person/year", over=())
def in4(flow6):
    """Constant."""
    return flow6


@equation(unit="person/year", over=())
def out4(flow5):
    """Constant."""
    return flow5


@equation(unit="person/year", over=())
def out5(time, pace):
    """Grows with time."""
    return time * pace


@equation(unit="person/year", over=())
def out6(flow8):
    """Constant."""
    return flow8


CASES = (
    Published(
        folder="tests/zeroled_decimals",
        end=10,
        inputs=(
            constant("start0", 0.34, "person"),
            constant("start1", 0.4, "person"),
            constant("start2", 0.25, "person"),
            constant("flow1n", 0.1, "person/year"),
            constant("flow1p", 0.4, "person/year"),
            constant("flow1", 0.34, "person/year"),
            constant("flow2", -0.67, "person/year"),
            constant("flow3", 0.72, "person/year"),
            constant("flow4", 3e-5, "person/year"),
            constant("flow5", 0.5, "person/year"),
            constant("flow6", 0.1223, "person/year"),
            constant("flow8", 0.3, "person/year"),
            constant("pace", 1, "person/year/year"),
        ),
        columns={"flow7": "out5"},
        known={"stockmixed": lambda t: (0.1223 - 0.5 - 0.3) * t - t * (t - 1) / 2},
    ),
)
