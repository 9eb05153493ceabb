"""What a YAML parser objects to, said in words that tell a writer of scenarios what to change."""

from __future__ import annotations

import re

from regionsim.problems import Problem

BLANKS = {"\t": "a tab", "\xa0": "a space that does not break", "\u3000": "a wide space"}
WIDE_COLON = "the wide colon '：'"
NARROW_COLON = "':' and a space after it"


def problem_of_syntax(error: Exception, text: str, file: str) -> Problem:
    """One Problem for the error that ruamel.yaml's own parser raised on `text`."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem(file, 0, "cannot be read as YAML")
    lines = text.splitlines() or [""]
    index = min(mark.line, len(lines) - 1)
    line, written = index + 1, lines[index]
    context_mark = getattr(error, "context_mark", None)
    opened = context_mark.line + 1 if context_mark is not None else line
    before = written[: mark.column]
    said = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")

    def problem(what: str, found: str = "", expected: str = "", at: int = line) -> Problem:
        return Problem(file, at, what, found, expected)

    indentation = re.match(r"\s*", written).group()  # type: ignore[union-attr]
    for blank, name in BLANKS.items():
        if blank in indentation:
            return problem("the indentation", name, "spaces")
    if "quoted scalar" in context and "end of stream" in said:
        return problem("a quotation mark is not closed", at=opened)
    if "document separator" in said:
        return problem("a quotation mark is not closed", at=opened)
    if "escape" in said or isinstance(error, UnicodeError):
        return problem("a '\\' between double quotation marks", expected="single quotation marks, or '\\\\'")
    if "flow sequence" in context:
        return problem("a '[' is not closed or lacks a comma", at=opened)
    if "flow mapping" in context:
        return problem("a '{' is not closed or lacks a comma", at=opened)
    if "mapping values are not allowed" in said and "：" in before:
        return problem("a line without a key", WIDE_COLON, NARROW_COLON)
    if "mapping values are not allowed" in said:
        expected = "one key on a line, indented like its neighbours; a text that holds ': ' in quotation marks"
        return problem("a ':' that does not belong here", _quoted(written), expected)
    if "could not find expected ':'" in said:
        at = min(opened, len(lines))
        if "：" in lines[at - 1]:
            return problem("a line without a key", WIDE_COLON, NARROW_COLON, at)
        return problem("a line without a key", _quoted(lines[at - 1]), "'key: value'", at)
    if "cannot start any token" in said:
        character = written[mark.column : mark.column + 1]
        return problem(f"a value that begins with '{character}'", expected="the value in quotation marks")
    if "expected <block end>" in said and before.strip() and "'-'" not in said:
        expected = "nothing after the closing quotation mark; a quotation mark inside a text is written twice"
        return problem("text after a quotation mark", _quoted(written), expected)
    if "expected <block end>" in said:
        return problem(
            "the indentation", _quoted(written), "keys of one level indented alike, items of a list with '- '"
        )
    if "expected the node content" in said:
        return problem("a sign that does not belong here", _quoted(written), "a value")
    return problem("cannot be read as YAML", _quoted(written))


def _quoted(line: str) -> str:
    line = line.strip()
    return f"'{line if len(line) <= 60 else line[:57] + '...'}'"
