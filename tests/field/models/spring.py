"""A mass on a spring."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

position = stock(
    "Where it is.", unit="meter", initial="initial_position", inflows=("movement",), over=(), non_negative=False
)
speed = stock(
    "How fast it moves.", unit="meter/year", initial=0, inflows=("elastic_acceleration",), over=(), non_negative=False
)


@equation(unit="meter/year", over=())
def movement(speed):
    """The place changes with the speed."""
    return speed


@equation(unit="meter/year/year", over=())
def elastic_acceleration(position, elastic_constant, mass):
    """The spring pulls back."""
    return -elastic_constant / mass * position


FREQUENCY = np.sqrt(0.5 / 10)


def turning(times):
    """Euler's own closed form: position and speed are parts of a complex number that turns and grows in every step."""
    return 50 * (1 + 1j * FREQUENCY * 0.01) ** (times / 0.01)


CASES = (
    Published(
        folder="samples/simple_harmonic_oscillator",
        end=50,
        step=0.01,
        interval=0.1,
        inputs=(
            constant("initial_position", 50, "meter"),
            constant("elastic_constant", 0.5, "tonne/year/year"),
            constant("mass", 10, "tonne"),
        ),
        known={
            "position": lambda t: turning(t).real,
            "speed": lambda t: -FREQUENCY * turning(t).imag,
        },
    ),
)
