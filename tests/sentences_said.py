"""The sentences that sources say to readers, by which a catalogue of translations is held complete."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path


def sentences_said(files: Iterable[Path], function: str) -> dict[str, set[str]]:
    """Every sentence that the files hand to the function of that name, with the names of its values."""
    found = {}
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function:
                (sentence,) = node.args
                assert isinstance(sentence, ast.Constant), f"{file.name}:{node.lineno}: not a literal"
                found[sentence.value] = {keyword.arg for keyword in node.keywords}
    return found
