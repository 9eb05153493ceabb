"""Extreme conditions, and what must hold wherever in their ranges the parameters stand."""

from __future__ import annotations

from regionsim.engine.guard import SimulationError
from regionsim.studies.checks.files import Check, all_checks, asked_for
from regionsim.studies.checks.judgement import failures
from regionsim.studies.checks.variants import Changes, corners, run_variant
from regionsim.studies.dossier.result import Column, Finding, Table, passed
from regionsim.studies.dossier.setting import Setting

WORST_SHOWN = 3
BASE_RUN = "base"
TEXT = (Column("check"), Column("what is looked at"))


def extreme_conditions(setting: Setting) -> Finding:
    """Each check of an extreme in its own run."""
    groups: dict[str, list[Check]] = {}
    for check in all_checks():
        if check.is_extreme:
            groups.setdefault(repr((check.under, check.emptied)), []).append(check)
    rows = [
        (check.name, _subject(check), "holds" if not lines else "fails", " / ".join(lines[:WORST_SHOWN]))
        for group, found in zip(groups.values(), setting.hands.map(_judged, groups.values()), strict=True)
        for check, lines in zip(group, found, strict=True)
    ]
    failing = sum(row[2] == "fails" for row in rows)
    return Finding(
        passed(failing == 0),
        (f"{len(rows) - failing} of {len(rows)} checks hold in {len(groups)} extremes.",),
        (Table("Checks of extremes", (*TEXT, Column("outcome"), Column("worst")), tuple(rows)),),
        limits=(
            "That counties alike in everything stay alike is held by a test of the project that replaces the place, "
            "and the exact times of travel without a limit of speed by another: neither is repeated here.",
        ),
    )


def ends_of_ranges(setting: Setting) -> Finding:
    """What must always hold, in the base run and with every parameter at an end of its range at once."""
    checks = [check for check in all_checks() if check.pair is None and not check.is_extreme]
    jobs = [(BASE_RUN, {}), *corners()]
    lines = setting.hands.map(_always, jobs)
    rows = []
    for k, check in enumerate(checks):
        broken = [(name, found[k][0]) for (name, _), found in zip(jobs, lines, strict=True) if found[k]]
        worst = " / ".join(f"{name}: {line}" for name, line in broken[:WORST_SHOWN])
        rows.append((check.name, _subject(check), len(jobs) - len(broken), len(jobs), worst))
    failing = sum(row[2] < row[3] for row in rows)
    return Finding(
        passed(failing == 0),
        (f"{len(rows) - failing} of {len(rows)} checks hold in all of {len(jobs)} runs.",),
        (Table("What must always hold", (*TEXT, Column("holds in"), Column("runs"), Column("worst")), tuple(rows)),),
        limits=(
            f"{len(jobs) - 1} corners of a space that has as many dimensions as parameters; the tests of the project "
            "hold the same checks against each parameter alone at each of its ends.",
        ),
    )


def _judged(checks: list[Check]) -> list[list[str]]:
    """What does not hold of the checks of one extreme."""
    try:
        run = run_variant(checks[0].under or {}, checks[0].emptied or ())
    except SimulationError as error:
        return [[f"the run stopped: {error}"] for _ in checks]
    return [failures(check, run) for check in checks]


def _always(job: tuple[str, Changes]) -> list[list[str]]:
    """What does not hold of each check that must always hold, in one run."""
    checks = [check for check in all_checks() if check.pair is None and not check.is_extreme]
    try:
        run = run_variant(job[1])
    except SimulationError as error:
        return [[f"the run stopped: {error}"] for _ in checks]
    return [failures(check, run) for check in checks]


def _subject(check: Check) -> str:
    """The names or patterns of a check, and where it is held."""
    where = [*check.counties, *check.where.values()]
    return ", ".join(asked_for(check)) + (f" in {', '.join(where)}" if where else "")
