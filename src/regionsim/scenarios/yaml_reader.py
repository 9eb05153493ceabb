"""YAML 1.2 as plain values with the line of every key: what is wrong is said with its line, never as a traceback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import AliasEvent, DocumentStartEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

from regionsim.problems import Problem, ProblemsError
from regionsim.scenarios.yaml_words import BLANKS, NARROW_COLON, WIDE_COLON, problem_of_syntax

Key = str | int | float
KeyPath = tuple[Key, ...]

# No file of ours comes near these; they stop a file that would fill the memory by aliases of aliases.
DEEPEST = 40
MOST_VALUES = 200_000
LONGEST_NUMBER = 300

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
INTEGER = re.compile(r"[-+]?[0-9]+")
BASED_INTEGER = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
INFINITY = re.compile(r"([-+]?)\.(inf|Inf|INF)")
WORDS: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
CORE_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")}


@dataclass(frozen=True)
class Document:
    """The mapping of one YAML file: `data` in plain types, `lines` from the path of a key or list item to its line.

    `file` is the file as it was given. Lines count from 1.
    """

    file: str
    data: dict[Key, Any]
    lines: dict[KeyPath, int]

    def line(self, path: KeyPath) -> int:
        """The line of the key at `path`, or of the nearest key above it that stands in the file; 0 for none."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)


def read_yaml(path: str | Path, *, shown: str = "") -> Document:
    """The mapping in the file `path`; problems name the file as `shown`, or as `path` was given.

    Raises ProblemsError for a file that cannot be opened, is not UTF-8, is empty, is not YAML 1.2, holds anything
    but one mapping at the top, a key twice, a key that is neither text nor number, or a tag.
    """
    file = shown or str(path)
    try:
        raw = Path(path).read_bytes()
    except FileNotFoundError:
        raise ProblemsError([Problem(file, 0, "the file does not exist")]) from None
    except IsADirectoryError:
        raise ProblemsError([Problem(file, 0, "cannot be read", "a folder", "a YAML file")]) from None
    except (OSError, ValueError) as error:
        # Windows reports a folder as "permission denied".
        found = "a folder" if _is_folder(path) else str(getattr(error, "strerror", None) or error)
        raise ProblemsError([Problem(file, 0, "cannot be read", found, "a YAML file")]) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{raw[error.start]:02x}"
        problem = Problem(file, line, "the text is not UTF-8", found, "a file saved with the encoding UTF-8")
        raise ProblemsError([problem]) from None
    return parse_yaml(text, file)


def _is_folder(path: str | Path) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def parse_yaml(text: str, file: str) -> Document:
    """The mapping in `text`, with problems that name `file`. Raises ProblemsError as `read_yaml` does."""
    text = text.removeprefix("\ufeff")
    unprintable = UNPRINTABLE.search(text)
    if unprintable:
        line = text.count("\n", 0, unprintable.start()) + 1
        raise ProblemsError([Problem(file, line, "a character that cannot be printed", _code(unprintable.group()))])
    # The parser written in C is several times faster, but absent on some platforms, where ruamel.yaml then takes its
    # own. What the C parser refuses is read once more, so that every platform says the same; the two differ only in
    # oddities like an anchor whose name ends in a colon.
    composer = _Composer(file)
    try:
        root = composer.compose(YAML(typ="safe", pure=False).parse(text))
    except ProblemsError:
        raise
    except Exception:  # whatever the first parser raises, it is the second one that counts
        composer = _Composer(file)
        try:
            root = composer.compose(YAML(typ="safe", pure=True).parse(text))
        except ProblemsError:
            raise
        except Exception as error:  # the parser is not ours, and a few texts bring it to errors of its own
            raise ProblemsError([*composer.problems, problem_of_syntax(error, text, file)]) from None
    if root is None or (root.items is None and root.value is None):
        composer.problems.append(Problem(file, 0, "the file is empty", expected="keys with values, like 'name: base'"))
    elif not root.is_mapping:
        composer.problems.append(_not_a_mapping(root, text, file))
    if composer.problems or root is None:
        raise ProblemsError(composer.problems)
    lines: dict[KeyPath, int] = {}
    data = _plain(root, lines, file)
    return Document(file, data, lines)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _not_a_mapping(root: _Node, text: str, file: str) -> Problem:
    expected = "keys with values, like 'name: base'"
    if root.items is not None:
        return Problem(file, root.line, "the file is a list", "'- ...' at the top", expected)
    if "：" in text:
        return Problem(file, root.line, "the file has no keys", WIDE_COLON, NARROW_COLON)
    if isinstance(root.value, str) and re.search(r"\w:\S", root.value):
        return Problem(file, root.line, "the file has no keys", "':' without a space after it", expected)
    return Problem(file, root.line, "the file has no keys", "one single value", expected)


@dataclass(slots=True)
class _Node:
    """One value of the file. A mapping's items have keys, a list's items have their index as key."""

    line: int
    value: str | int | float | bool | None = None
    is_mapping: bool = False
    items: list[tuple[Key, int, _Node]] | None = None
    open: bool = True


class _Composer:
    """Makes the tree of one document from the parser's events and keeps what is wrong in it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.anchors: dict[str, _Node] = {}

    def problem(self, line: int, what: str, found: str = "", expected: str = "") -> None:
        self.problems.append(Problem(self.file, line, what, found, expected))

    def compose(self, events: Iterator[Any]) -> _Node | None:
        """The root of the first document, None where there is no document."""
        root = None
        for event in events:
            if not isinstance(event, DocumentStartEvent):
                continue
            if root is not None:
                line = event.start_mark.line + 1
                self.problem(line, "a second document begins", "'---'", "one document in a file")
                return root
            root = self.node(next(events), events, 0)
        return root

    def node(self, event: Any, events: Iterator[Any], depth: int) -> _Node:
        line = event.start_mark.line + 1
        if depth > DEEPEST:
            # Nothing below can be told apart any more, so reading ends here.
            self.problem(line, "too many levels of nesting", expected=f"at most {DEEPEST}")
            raise ProblemsError(self.problems)
        if isinstance(event, AliasEvent):
            return self.alias(event.anchor, line)
        if event.tag is not None and event.tag not in CORE_TAGS:
            self.problem(line, "a tag is not allowed", f"'{_short(event.tag)}'", "a plain value")
        node = _Node(line)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        if isinstance(event, MappingStartEvent):
            node.is_mapping = True
            node.items = self.mapping(events, depth)
        elif isinstance(event, SequenceStartEvent):
            node.items = self.sequence(events, depth)
        elif isinstance(event, ScalarEvent):
            node.value = self.scalar(event, line)
        node.open = False
        return node

    def alias(self, name: str, line: int) -> _Node:
        node = self.anchors.get(name)
        if node is None:
            self.problem(line, f"'*{_short(name)}' refers to nothing", expected=f"an anchor '&{_short(name)}' above it")
        elif node.open:
            self.problem(line, f"the anchor '&{_short(name)}' contains itself", f"'*{_short(name)}'")
            node = None
        return node or _Node(line, f"*{name}", open=False)

    def sequence(self, events: Iterator[Any], depth: int) -> list[tuple[Key, int, _Node]]:
        items: list[tuple[Key, int, _Node]] = []
        while not _ends(event := next(events)):
            line = event.start_mark.line + 1
            items.append((len(items), line, self.node(event, events, depth + 1)))
        return items

    def mapping(self, events: Iterator[Any], depth: int) -> list[tuple[Key, int, _Node]]:
        items: dict[Key, tuple[Key, int, _Node]] = {}
        while not _ends(event := next(events)):
            line = event.start_mark.line + 1
            node = self.node(event, events, depth + 1)
            key = self.key(node, line)
            value = self.node(next(events), events, depth + 1)
            if key is None:
                continue
            if key in items:
                self.problem(line, f"key '{_short(str(key))}' stands twice", f"also on line {items[key][1]}")
            else:
                items[key] = (key, line, value)
        return list(items.values())

    def key(self, node: _Node, line: int) -> Key | None:
        """The key, or None where it cannot be one."""
        value = node.value
        if value == "<<":
            self.problem(line, "the merge key '<<' is not allowed", expected="'extends' with the name of a file")
        elif isinstance(value, str) and value[:1] in BLANKS:  # YAML takes such blanks for letters
            self.problem(line, "the indentation", BLANKS[value[0]], "spaces")
        elif isinstance(value, float) and not abs(value) < float("inf"):
            self.problem(line, "a key that is not a finite number", expected="text or a number")
        elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
            return value
        else:
            names = {True: "true", False: "false", None: "nothing"}
            found = names[value] if node.items is None else "a mapping" if node.is_mapping else "a list"
            self.problem(line, "a key that is neither text nor number", found)
        return None

    def scalar(self, event: Any, line: int) -> str | int | float | bool | None:
        text: str = event.value
        unprintable = UNPRINTABLE.search(text)
        if unprintable:  # written as an escape, like "\x07"
            self.problem(line, "a character that cannot be printed", _code(unprintable.group()))
            return UNPRINTABLE.sub(lambda match: _code(match.group()), text)
        if event.style in ("'", '"', "|", ">"):
            return text
        if event.tag == "tag:yaml.org,2002:str":
            return text
        if len(text) > LONGEST_NUMBER and (INTEGER.fullmatch(text) or BASED_INTEGER.fullmatch(text)):
            self.problem(line, "a number with too many digits", f"{len(text)} digits", f"at most {LONGEST_NUMBER}")
            return 0
        return plain_scalar(text)


def plain_scalar(text: str) -> str | int | float | bool | None:
    """What a scalar without quotation marks means in YAML 1.2 (core schema): `yes` is text, `1.5e6` a number."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    if BASED_INTEGER.fullmatch(text):
        return int(text, 0)
    if FLOAT.fullmatch(text):
        return float(text)
    infinity = INFINITY.fullmatch(text)
    if infinity:
        return float(f"{infinity.group(1)}inf")
    return text


def _ends(event: Any) -> bool:
    return type(event).__name__ in ("MappingEndEvent", "SequenceEndEvent")


def _short(text: str) -> str:
    text = " ".join(text.splitlines())
    return text if len(text) <= 60 else f"{text[:57]}..."


def _plain(root: _Node, lines: dict[KeyPath, int], file: str) -> Any:
    """The tree in plain types; an alias becomes a copy. `lines` is filled."""

    def plain(node: _Node, path: KeyPath) -> Any:
        if node.items is None:
            return node.value
        if len(lines) + len(node.items) > MOST_VALUES or len(path) > DEEPEST:
            problem = Problem(file, node.line, "the file holds too many values", expected=f"at most {MOST_VALUES}")
            raise ProblemsError([problem])
        values = []
        for key, line, item in node.items:
            below = (*path, key)
            lines[below] = line
            values.append(plain(item, below))
        if node.is_mapping:
            return {key: value for (key, _, _), value in zip(node.items, values, strict=True)}
        return values

    return plain(root, ())
