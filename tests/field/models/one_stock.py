"""One stock with one inflow of constant size."""

from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

filled = stock("Fills evenly.", unit="person", initial="first_content", inflows=("filling",), over=())


@equation(unit="person/year", over=())
def filling(flow):
    """The same in every year."""
    return flow


CASES = (
    Published(
        folder="tests/limits",
        end=50,
        inputs=(constant("first_content", 1, "person"), constant("flow", 1, "person/year")),
        columns={"Limited Stock": "filled", "Limited Flow": "filling"},
        known={"filled": lambda t: 1 + t},
    ),
    Published(
        folder="tests/macro_stock",
        end=10,
        inputs=(constant("first_content", 1.1, "person"), constant("flow", 5, "person/year")),
        columns={"macro output": "filled", "macro input": "filling", "macro parameter": "first_content"},
        known={"filled": lambda t: 1.1 + 5 * t},
    ),
)
