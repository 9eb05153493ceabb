"""A misspelt parameter."""

from small_models import constant

from regionsim.language.declarations import equation, stock

INPUTS = [constant("forest_ceiling", 90, "ha"), constant("closing_rate", 0.04, "1/year")]

forest_area = stock("Forest.", unit="ha", initial="forest_ceiling", inflows=("afforestation",), over=())


@equation(unit="ha/year", over=())
def afforestation(forest_area, forest_ceilling, closing_rate):
    """Forest closes the gap."""
    return closing_rate * (forest_ceilling - forest_area)
