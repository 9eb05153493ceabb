"""A cup of tea cools to the temperature of the room."""

from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

teacup_temperature = stock(
    "Degrees of the tea; the language has no unit for them.",
    unit="dimensionless",
    initial="first_temperature",
    outflows=("heat_loss_to_room",),
    over=(),
)


@equation(unit="1/year", over=())
def heat_loss_to_room(teacup_temperature, room_temperature, characteristic_time):
    """The tea loses heat in proportion to how much warmer it is."""
    return (teacup_temperature - room_temperature) / characteristic_time


# The same model in three folders: two of them test how its file is read.
CASES = tuple(
    Published(
        folder=folder,
        end=30,
        step=0.125,
        inputs=(
            constant("first_temperature", 180, "dimensionless"),
            constant("room_temperature", 70, "dimensionless"),
            constant("characteristic_time", 10, "year"),
        ),
        known={"teacup_temperature": lambda t: 70 + 110 * (1 - 0.125 / 10) ** (t / 0.125)},
    )
    for folder in ("samples/teacup", "tests/case_sensitive_extension", "tests/odd_number_quotes")
)
