"""Memory and disk, asked before they are taken."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from regionsim.problems import Problem, ProblemsError
from regionsim.results.blocks import raw_size, width
from regionsim.studies.sweep.study import Study

NUMBER = 8  # bytes
# Measured: what a process takes with the model in it, and each member that it simulates beside its outputs.
PROCESS_BYTES = 180_000_000
MEMBER_BYTES = 2_000_000
# So many bytes of outputs are held at once when results are written or analysed, or one variable in all its regions and
# scenarios: its values, differences between scenarios, and parts again while they are written and sorted. Of what a
# chunk keeps, the model's arrays, their copies by label, and the chosen columns.
GROUP_BYTES = 64_000_000
COPIES_OF_OUTPUTS = 3
COPIES_IN_CHUNK = 3
COPIES_OF_DESIGN = 4
COPIES_OF_RUN = 4  # of a run with members: by chunk, joined, by label, and for the tables
SCENARIO_BYTES = 20_000  # of one that levers make
# What stays free for others, and for what was not foreseen.
LEFT_FREE = 0.1


@dataclass(frozen=True)
class Room:
    """Bytes that a study takes: its design, its outputs as far as they are held at once, each process that simulates.

    `stored` is what it takes on the disk.
    """

    design: int
    outputs: int
    process: int
    stored: int

    @property
    def with_one_process(self) -> int:
        """The least that it takes."""
        return self.design + max(self.outputs * COPIES_OF_OUTPUTS + PROCESS_BYTES, self.process)


def room_of(study: Study, members: int) -> Room:
    """What a study of so many members takes."""
    column = NUMBER * len(study.scenarios) * members * len(study.years)
    outputs = column * width(study.blocks)
    years = max(scenario.end - scenario.start + 1 for scenario in study.scenarios)
    together = min(study.chunk, members)
    kept = NUMBER * years * raw_size(study.blocks, study.axes) * together * COPIES_IN_CHUNK
    factors = len(study.factors) + (len(study.posterior.keys) if study.posterior else 0)
    scenarios = SCENARIO_BYTES * len(study.scenarios) if study.levers else 0
    design = members * (COPIES_OF_DESIGN * NUMBER * factors + scenarios)
    return Room(design, held_bytes(study, members), PROCESS_BYTES + MEMBER_BYTES * together + kept, 2 * outputs)


def held_bytes(study: Study, members: int) -> int:
    """The outputs of so many members that are held at once."""
    column = NUMBER * len(study.scenarios) * members * len(study.years)
    widest = max(len(block.regions) for block in study.blocks)
    return max(min(column * width(study.blocks), GROUP_BYTES), column * widest)


def processes_that_fit(study: Study, out: Path, processes: int, *, stored: int = 0) -> int:
    """As many of the processes as there is memory for; `stored` bytes are on the disk already.

    Raises ProblemsError, with the numbers and what to cut, where there is none for one, or none on the disk.
    """
    room = room_of(study, study.members)
    available = available_memory()
    if available is not None:
        usable = int(available * (1 - LEFT_FREE))
        if room.with_one_process > usable:
            raise ProblemsError([_refused(study, usable, "memory", lambda room: room.with_one_process)])
        processes = max(1, min(processes, usable // room.process))
    free = shutil.disk_usage(next(path for path in (out, *out.absolute().parents) if path.is_dir())).free
    if room.stored - stored > free:
        raise ProblemsError([_refused(study, free + stored, "disk", lambda room: room.stored)])
    return processes


def available_memory() -> int | None:
    """Bytes that this process may still take, None where the system does not say."""
    found = [each for each in (_of_system(), _of_group(), _of_limit()) if each is not None]
    return min(found, default=None)


def check_members_fit(members: int, years: int, numbers: int, name: str) -> None:
    """Refuse a run whose members each keep so many numbers a year, if they do not fit. Raises ProblemsError."""
    available = available_memory()
    each = NUMBER * years * numbers * COPIES_OF_RUN
    usable = None if available is None else int(available * (1 - LEFT_FREE)) - PROCESS_BYTES
    if usable is not None and members * each > usable:
        needed, free = (amount_of_memory(size + PROCESS_BYTES) for size in (members * each, usable))
        found = f"{needed} of memory needed, {free} free"
        expected = f"at most {max(usable // each, 1):,}, or a study that keeps less of each (regionsim sweep)"
        raise ProblemsError([Problem(name, 0, f"{members:,} members do not fit", found, expected)])


def _refused(study: Study, usable: int, what: str, need: Callable[[Room], int]) -> Problem:
    """The study takes more than there is: by how much, and what to cut."""
    members, years, wide = study.members, len(study.years), width(study.blocks)
    fitting = members
    while fitting > 1 and need(room_of(study, fitting)) > usable:
        fitting //= 2
    needed = need(room_of(study, members))
    ways = [f"fewer of the {years} years", f"of the {wide:,} numbers a year (variables, regions)"]
    ways.append(f"or of the {members:,} members ({fitting:,} would fit)" if fitting < members else "or of the members")
    return Problem(
        study.file,
        study.outputs_line or study.design_line,
        f"the outputs do not fit: {len(study.scenarios)} x {members:,} members x {years} years x {wide:,} numbers",
        f"{amount_of_memory(needed)} of {what} needed, {amount_of_memory(usable)} free",
        ", ".join(ways),
    )


def amount_of_memory(size: int) -> str:
    """Bytes in words."""
    return f"{size / 1e9:,.1f} GB" if size >= 1e8 else f"{size / 1e6:,.0f} MB"


def _of_system() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError, IndexError):
        pass
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def _of_group() -> int | None:
    """What the group of processes that a container is may still take."""
    for limit, used in (
        ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
        ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
    ):
        try:
            return max(int(Path(limit).read_text()) - int(Path(used).read_text()), 0)
        except (OSError, ValueError):  # no group, or one without a limit
            continue
    return None


def _of_limit() -> int | None:
    """What a limit of the shell leaves (ulimit -v)."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit == resource.RLIM_INFINITY:
        return None
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return int(limit)
    return max(int(limit) - pages * os.sysconf("SC_PAGE_SIZE"), 0)
