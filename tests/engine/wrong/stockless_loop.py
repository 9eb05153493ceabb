"""Output that depends on wages that depend on output, at the same moment."""

from small_models import constant

from regionsim.language.declarations import equation

INPUTS = [constant("productivity", 2, "dimensionless")]


@equation(unit="CNY_2020/year", over=())
def output(access, productivity):
    """Output."""
    return access * productivity


@equation(unit="CNY_2020/year", over=())
def wage(output):
    """Wage."""
    return output / 2


@equation(unit="CNY_2020/year", over=())
def access(wage):
    """Access."""
    return wage
