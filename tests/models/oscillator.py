"""A harmonic oscillator: two stocks that drive each other."""

from regionsim.language.declarations import equation, stock

position = stock("Where it is.", unit="meter", initial=0, inflows=("movement",), over=(), non_negative=False)
speed = stock(
    "How fast it moves.", unit="meter/year", initial="first_speed", inflows=("pull",), over=(), non_negative=False
)


@equation(unit="meter/year", over=())
def movement(speed):
    """The place changes with the speed."""
    return speed


@equation(unit="meter/year/year", over=())
def pull(position, frequency):
    """The spring pulls back."""
    return -(frequency**2) * position
