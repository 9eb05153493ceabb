"""What a sweep is: everything that decides its numbers, to be held against when it is taken up again."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from regionsim import __version__
from regionsim.studies.engines import Engine
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.sweep.plan import Plan

PACKAGES: dict[Engine, tuple[str, ...]] = {"reference": ("numpy", "scipy"), "compiled": ("numpy", "scipy", "llvmlite")}
MOST_LISTED = 1000
# What a hash stands for that is different where all that can be read is the same.
HASHES = {
    "design.hash": "the numbers of the members",
    "levers_hash": "what the scenarios of the members say",
    "outputs.hash": "the regions of the outputs",
    "data_hash": "the data, parameters or equations of the model",
}


def identity(plan: Plan) -> dict[str, Any]:
    """The study, its design, scenarios, data and versions, as plain values that JSON gives back as they were."""
    study = plan.study
    design = {key: value for key, value in study.design.model_dump().items() if value is not None}
    content = {
        "study": study.name,
        "title": {"en": study.title_en, "zh": study.title_zh},
        "scenarios": {scenario.name: scenario.content_hash() for scenario in study.scenarios},
        "design": {**design, "members": plan.members, "hash": plan.design_hash},
        "factors": [factor.record for factor in plan.factors],
        "levers_hash": _levers_hash(plan),
        "correlation": [
            [plan.factors[each.first].key, plan.factors[each.second].key, each.coefficient]
            for each in study.correlations
        ],
        "outputs": {
            "blocks": {block.key: len(block.regions) for block in study.blocks},
            "hash": _hash([(block.key, block.regions) for block in study.blocks]),
            "years": list(study.years),
        },
        "engine": study.engine,
        "chunk": study.chunk,
        "data_hash": data_hash(),
        "versions": versions_of(study.engine),
    }
    return dict(json.loads(json.dumps(content)))


def versions_of(engine: Engine) -> dict[str, str]:
    """What decides the last bit of a number, with its version."""
    packages = {name: version(name) for name in PACKAGES[engine]}
    return {"regionsim": __version__, "python": platform.python_version(), **packages}


def changes(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What differs between two identities, in words, part by part; nothing where they are the same."""
    found = list(_changes(before, now, ""))
    said = [f"{where} was {was}, is {becomes}" for where, was, becomes in found if where not in HASHES]
    # A hash says what has changed only where nothing else does.
    return said or [HASHES[where] for where, _, _ in found]


def _changes(before: dict[str, Any], now: dict[str, Any], above: str) -> Iterator[tuple[str, str, str]]:
    # The numbers of a chunk lie in the order of the names, by which two mappings do not differ.
    if list(before) != list(now) and set(before) == set(now):
        yield f"the order of {above.removesuffix('.') or 'the record'}", _short(list(before)), _short(list(now))
    for key in dict.fromkeys((*before, *now)):
        old, new = before.get(key), now.get(key)
        if old == new and not isinstance(old, dict):
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            yield from _changes(old, new, f"{above}{key}.")
        elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new) < MOST_LISTED:
            yield from _changes(_named(old), _named(new), f"{above}{key}.")
        else:
            yield f"{above}{key}", _short(old), _short(new)


def _named(items: list[Any]) -> dict[str, Any]:
    """The items of a list by what to call them: a factor by its key, others by their place."""
    return {str(item["key"]) if isinstance(item, dict) else str(k): item for k, item in enumerate(items)}


def _levers_hash(plan: Plan) -> str:
    """Of all that the members' scenarios say, which a file that is extended can change, too."""
    if not plan.study.levers:
        return ""
    hashes: dict[int, str] = {}
    for own in plan.scenarios:
        for scenario in own:
            if id(scenario) not in hashes:
                hashes[id(scenario)] = scenario.content_hash()
    return _hash([[hashes[id(scenario)] for scenario in own] for own in plan.scenarios])


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode("ascii")).hexdigest()


def _short(value: object) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}..."
