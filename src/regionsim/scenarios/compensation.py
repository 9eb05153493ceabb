"""From what a scenario says of ecological compensation to the agreements that the model is fed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from regionsim.place.agreements import Agreement, load_agreements
from regionsim.scenarios.schema import AgreementTerms


def agreements_under(terms: Mapping[str, AgreementTerms]) -> tuple[Agreement, ...]:
    """All agreements with the scenario's terms, by key, in place of the known ones."""
    return tuple(
        _under(agreement, terms[agreement.key]) if agreement.key in terms else agreement
        for agreement in load_agreements()
    )


def _under(agreement: Agreement, terms: AgreementTerms) -> Agreement:
    price = agreement.price if terms.price is None else float(terms.price)
    scale = 1.0 if terms.scale is None else terms.scale
    return replace(
        agreement,
        price=price * scale,
        award=agreement.award * scale,
        bonus=agreement.bonus if terms.bonus is None else terms.bonus,
        start=agreement.start if terms.start is None else terms.start,
        end=agreement.end if terms.until is None else terms.until,
    )
