"""An epidemic in a closed population: susceptible, infectious, recovered."""

from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, ledger, stock

susceptible = stock("Who can fall ill.", unit="person", initial="total_population", outflows=("succumbing",), over=())
infectious = stock(
    "Who is ill.",
    unit="person",
    initial="first_infectious",
    inflows=("succumbing",),
    outflows=("recovering",),
    over=(),
)
recovered = stock("Who was ill.", unit="person", initial=0, inflows=("recovering",), over=())

people = ledger("Nobody is lost.", unit="person", stocks=("susceptible", "infectious", "recovered"))


@equation(unit="person/year", over=())
def succumbing(susceptible, infectious, total_population, contact_infectivity):
    """People fall ill as they meet who is ill."""
    return susceptible * infectious / total_population * contact_infectivity


@equation(unit="person/year", over=())
def recovering(infectious, duration):
    """People recover after the mean duration."""
    return infectious / duration


CASES = (
    Published(
        folder="samples/SIR",
        end=100,
        step=0.03125,
        inputs=(
            constant("total_population", 1000, "person"),
            constant("first_infectious", 5, "person"),
            constant("contact_infectivity", 0.3, "1/year"),
            constant("duration", 5, "year"),
        ),
    ),
)
