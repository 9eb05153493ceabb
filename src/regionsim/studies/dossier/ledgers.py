"""Ledgers: people, land, money, capital, carbon and schooling add up at every step of every scenario."""

from __future__ import annotations

from regionsim.engine.guard import LEDGER_TOLERANCE
from regionsim.studies.dossier.result import Column, Finding, Table, passed
from regionsim.studies.dossier.setting import Setting


def closing_ledgers(setting: Setting) -> Finding:
    """The largest relative residual of each ledger over all steps, of each scenario that comes with the model."""
    runs = setting.runs
    worst = {name: max(run.ledgers.items(), key=lambda each: each[1]) for name, run in runs.items()}
    ledgers = sorted({ledger for run in runs.values() for ledger in run.ledgers})
    largest = max(residual for _, residual in worst.values())
    by_ledger = {ledger: max((run.ledgers[ledger], name) for name, run in runs.items()) for ledger in ledgers}
    about = {name: ledger.about.splitlines()[0] for name, ledger in setting.base_model.ledgers.items()}
    return Finding(
        passed(largest <= LEDGER_TOLERANCE),
        (f"{len(ledgers)} ledgers close in {len(runs)} scenarios; the largest residual is {largest:.2g}.",),
        (
            Table(
                "By scenario, the ledger with the largest residual",
                (Column("scenario"), Column("ledger"), Column("largest residual", "relative", ".2g")),
                tuple((name, *found) for name, found in worst.items()),
            ),
            Table(
                "By ledger, the largest residual over all scenarios",
                (Column("ledger"), Column("what it adds up"), Column("largest residual", "relative", ".2g"))
                + (Column("in scenario"),),
                tuple((name, about[name], *by_ledger[name]) for name in ledgers),
            ),
        ),
        limits=("A ledger that closes says that nothing is lost, not that what flows is of the right size.",),
    )
