"""A stock that grows by a step path and by a linear one, and remembers how it began."""

from regionsim.language.declarations import equation, stock

built = stock("What was built.", unit="km", initial="built_at_start", inflows=("building",), over=())


@equation(unit="dimensionless", over=())
def open_lanes(lanes, lane_factor):
    """Depends on a step path and a constant only."""
    return lanes * lane_factor


@equation(unit="km/year", over=())
def building(open_lanes, pace, pace_per_lane):
    """Building by what is open and by a pace that changes gradually."""
    return open_lanes * pace_per_lane + pace


@equation(unit="km", over=())
def gain(built, initial_built):
    """What was built since the start."""
    return built - initial_built
