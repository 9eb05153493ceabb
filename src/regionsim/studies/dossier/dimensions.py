"""Dimensional consistency: the unit of every equation, stock, flow and ledger, read from its text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from regionsim.engine.units import check_units
from regionsim.studies.dossier.result import Column, Finding, Table, passed
from regionsim.studies.dossier.setting import Setting


def dimensional_consistency(setting: Setting) -> Finding:
    """Evaluate every expression with units in place of numbers."""
    model = setting.base_model
    problems = check_units(model)
    found = Counter(Path(problem.file).stem for problem in problems)
    groups = (model.equations, model.stocks, model.ledgers)
    counts = [Counter(Path(each.file).stem for each in group.values()) for group in groups]
    mechanisms = sorted({name for count in counts for name in count})
    flows = sum(len(each.inflows) + len(each.outflows) for each in model.stocks.values())
    equations, stocks, ledgers = map(len, groups)
    checked = f"{equations} equations, {stocks} stocks with {flows} flows and {ledgers} ledgers"
    return Finding(
        passed(not problems),
        (
            f"{checked} in {len(mechanisms)} mechanisms: {len(problems)} disagree.",
            *(str(problem) for problem in problems),
        ),
        (
            Table(
                "By mechanism",
                (Column("mechanism"), *map(Column, ("equations", "stocks", "ledgers", "disagree"))),
                tuple((name, *(count[name] for count in counts), found[name]) for name in mechanisms),
            ),
        ),
        limits=("Units that agree say nothing of numbers: a rate that is ten times too high passes.",),
    )
