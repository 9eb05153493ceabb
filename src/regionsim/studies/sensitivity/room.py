"""Memory of an analysis, asked before any member is simulated."""

from __future__ import annotations

from regionsim.problems import Problem, ProblemsError
from regionsim.results.blocks import width
from regionsim.studies.sensitivity.methods import Method
from regionsim.studies.sweep.room import (
    LEFT_FREE,
    NUMBER,
    PROCESS_BYTES,
    amount_of_memory,
    available_memory,
    held_bytes,
)
from regionsim.studies.sweep.study import Study

# Of the outputs that are held at once: as they are read, and what is made of a target, which has those of one scenario.
COPIES_OF_OUTPUTS, COPIES_OF_TARGET = 2, 6
# Of the indices, each with the ends of its interval: as they are found, and joined with further ones or written.
COPIES_OF_INDICES = 2


def analysis_bytes(study: Study, method: Method) -> int:
    """What the analysis of a study takes at once."""
    scenarios, outputs = len(study.scenarios), len(study.years) * width(study.blocks)
    factors = len(study.factors) + (len(study.posterior.keys) if study.posterior else 0)
    variables = len({block.variable for block in study.blocks})  # one output stands for each, and is held throughout
    held = held_bytes(study, study.members) + NUMBER * scenarios * study.members * len(study.years) * variables
    sample = held * COPIES_OF_OUTPUTS + held // scenarios * COPIES_OF_TARGET
    indices = NUMBER * (2 * scenarios - 1) * method.indices * 3 * factors * outputs * COPIES_OF_INDICES
    return PROCESS_BYTES + sample + indices


def check_analysis_fits(study: Study, method: Method) -> None:
    """Refuse a study whose analysis the memory does not hold. Raises ProblemsError with what to cut."""
    available = available_memory()
    usable = None if available is None else int(available * (1 - LEFT_FREE))
    needed = analysis_bytes(study, method)
    if usable is None or needed <= usable:
        return
    factors, years, wide = len(study.factors), len(study.years), width(study.blocks)
    what = f"the analysis does not fit: {study.members:,} members x {years} years x {wide:,} numbers, {factors} factors"
    found = f"{amount_of_memory(needed)} of memory needed, {amount_of_memory(usable)} free"
    expected = f"fewer of the {years} years, or of the {wide:,} numbers a year (outputs: variables, regions)"
    raise ProblemsError([Problem(study.file, study.outputs_line or study.design_line, what, found, expected)])
