"""The model of many subsets of a scenario's measures: what is fed to it is put together, not worked out anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model
from regionsim.engine.guard import SimulationError
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.language.inputs import AnyInput, Path
from regionsim.results.blocks import Block, block_values, width
from regionsim.scenarios.efforts import effort_inputs, openings
from regionsim.scenarios.measures import load_measures
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.attribute.game import Masks, bits
from regionsim.studies.model import build_model, given

Array = NDArray[np.float64]

# Subsets simulated together: as many as still keep what differs between them in little memory.
TOGETHER = 2048
TOGETHER_BY_REFERENCE = 32


@dataclass(frozen=True)
class Player:
    """What is switched on as a whole: one measure, or several under a name."""

    name: str
    measures: tuple[str, ...]


def player_titles(player: Player) -> tuple[str, str]:
    """What to call a player for readers, in English and in Chinese: number and title of a measure, a group's name."""
    for measure in load_measures():
        if measure.name == player.name:
            return f"{measure.number} {measure.title_en}", f"{measure.number} {measure.title_zh}"
    return player.name, player.name


@dataclass(frozen=True)
class Game:
    """A scenario, the players among its measures, and whether machine code runs it; other measures are on throughout.

    Where measures open transport projects, travel times are worked out once for each choice of such players.
    """

    scenario: Scenario
    players: tuple[Player, ...]
    compiled: bool

    def __reduce__(self) -> tuple[type[Game], tuple[Scenario, tuple[Player, ...], bool]]:
        """What another process is given: it makes models of its own."""
        return Game, (self.scenario, self.players, self.compiled)

    def without(self, absent: Sequence[Player]) -> Scenario:
        """The scenario with these players switched off."""
        gone = {measure for player in absent for measure in player.measures}
        kept = {name: setting for name, setting in self.scenario.measures.items() if name not in gone}
        return replace(self.scenario, measures=kept)

    @cached_property
    def projects(self) -> int:
        """The bits of the players that open transport projects."""
        found = 0
        for k, player in enumerate(self.players):
            own = {name: self.scenario.measures[name] for name in player.measures}
            if openings(own, lambda slug: ()):
                found |= 1 << k
        return found

    @cached_property
    def _efforts(self) -> Mapping[str, tuple[int, Path]]:
        """By input: the player that switches it on, and what it is then."""
        player_of = {measure: k for k, player in enumerate(self.players) for measure in player.measures}
        measures = [measure for measure in load_measures() if measure.name in player_of]
        player_of_input = {effort.input: player_of[each.name] for each in measures for effort in each.efforts}
        on = effort_inputs(self.scenario.measures, self.scenario.name, measures)
        return {path.name: (player_of_input[path.name], path) for path in on}

    @cached_property
    def _model(self) -> Model:
        return build_model(self.scenario)

    @cached_property
    def _inputs(self) -> dict[int, Mapping[str, AnyInput]]:
        return {}

    def model(self, masks: Masks) -> Model:
        """The model of subsets that all have the same projects, a member for each."""
        opened = int(masks[0]) & self.projects
        if opened not in self._inputs:
            absent = [p for k, p in enumerate(self.players) if (self.projects & ~opened) >> k & 1]
            self._inputs[opened] = given(self.without(absent)).inputs
        inside = bits(masks, len(self.players)).astype(np.float64)
        switched = {
            name: replace(path, values=path.values * inside[k].reshape(1, -1, *(1,) * (path.values.ndim - 2)))
            for name, (k, path) in self._efforts.items()
        }
        return replace(self._model, inputs={**self._inputs[opened], **switched})

    def words(self, mask: int) -> str:
        """The players of a subset."""
        inside = [player.name for k, player in enumerate(self.players) if mask >> k & 1]
        return ", ".join(inside) or "none of the measures"

    def values(self, masks: Masks, blocks: Sequence[Block], years: Sequence[int]) -> tuple[Array, dict[str, float]]:
        """(subset, year, column) of each subset, and the largest residual of each ledger.

        Raises SimulationError, with the measures that are on, for a subset under which the model breaks down.
        """
        from regionsim.results.dataset import to_dataset

        together = TOGETHER if self.compiled else TOGETHER_BY_REFERENCE
        order = np.argsort(masks & self.projects, kind="stable")
        values = np.empty((len(masks), len(years), width(blocks)))
        residuals: dict[str, float] = {}
        for begin, end in _spans((masks & self.projects)[order], together):
            here = order[begin:end]
            trajectory = self._simulated(masks[here], {name for block in blocks for name in block.needs}, years)
            values[here] = block_values(to_dataset(trajectory, {}), blocks)
            residuals = {name: max(size, residuals.get(name, 0.0)) for name, size in trajectory.ledgers.items()}
        return values, residuals

    def _simulated(self, masks: Masks, outputs: set[str], years: Sequence[int]) -> Trajectory:
        from regionsim.engine.compiled.simulate import simulate_compiled

        said = self.scenario
        run = simulate_compiled if self.compiled else simulate
        try:
            return run(
                self.model(masks),
                start=said.start,
                end=said.end,
                step=said.step,
                method=said.method,
                outputs=outputs,
                at=years,
            )
        except SimulationError as error:
            if len(masks) == 1:
                raise SimulationError(f"with {self.words(int(masks[0]))}: {error}") from None
            for k in range(len(masks)):  # which of them it was
                self._simulated(masks[k : k + 1], outputs, years)
            raise


def _spans(same: Masks, size: int) -> list[tuple[int, int]]:
    """Runs of equal neighbours, none longer than `size`."""
    ends = [*(np.flatnonzero(np.diff(same)) + 1).tolist(), len(same)]
    begins = [0, *ends[:-1]]
    return [
        (first, min(first + size, end))
        for begin, end in zip(begins, ends, strict=True)
        for first in range(begin, end, size)
    ]
