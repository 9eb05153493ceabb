"""Plain values as YAML that a person would write: two blanks for each level, lists in one line, texts in quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from regionsim.scenarios.report import number

PLAIN_KEY = re.compile(r"[a-z][a-z0-9_-]*")
NOT_PLAIN = ("true", "false", "null")
# Older readers of YAML fold these, or drop them.
LINE_BREAKS_ELSEWHERE = "\u2028\u2029\ufeff"


def yaml_text(mapping: Mapping[Any, Any]) -> str:
    """The mapping in its own order, ending with a line break; keys without values are left out."""
    return "\n".join(_lines(mapping, 0)) + "\n"


def _lines(mapping: Mapping[Any, Any], depth: int) -> list[str]:
    indentation = "  " * depth
    lines = []
    for key, value in mapping.items():
        if value in ({}, ""):
            continue  # what is empty is what a file has that leaves the key out
        name = f"{indentation}{_scalar(key, is_key=True)}:"
        if isinstance(value, dict):
            lines += [name, *_lines(value, depth + 1)]
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [name, *(f"{indentation}  - {_flow(item)}" for item in value)]
        else:
            lines.append(f"{name} {_flow(value)}")
    return lines


def _flow(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key, is_key=True)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value: Any, *, is_key: bool = False) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number(value)
    if is_key and PLAIN_KEY.fullmatch(value) and value not in NOT_PLAIN:
        return str(value)
    text = json.dumps(value, ensure_ascii=False)
    for character in LINE_BREAKS_ELSEWHERE:
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
