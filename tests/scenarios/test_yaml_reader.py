"""YAML 1.2 in plain types with lines; the same from the C parser and from the one in Python."""

from __future__ import annotations

import json
import math
import time
from pathlib import Path

import pytest
import ruamel.yaml.main
from hypothesis import given
from hypothesis import strategies as st

from regionsim.problems import ProblemsError
from regionsim.scenarios.yaml_reader import Document, parse_yaml, read_yaml

TEXT = """\
name: base   # a comment
run:
  start: 2020
  steps:
    - 0.25
    - 0.5
years: {2020: 1.5,
        2035: 1.25}
"""


@pytest.fixture(params=["C", "Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the two parsers; the one in C is absent on some platforms."""
    if request.param == "Python":
        monkeypatch.setattr(ruamel.yaml.main, "CParser", None)
    return str(request.param)


def messages(text: str) -> str:
    with pytest.raises(ProblemsError) as raised:
        parse_yaml(text, "file.yaml")
    return str(raised.value)


def test_every_key_and_item_has_its_line(parser: str) -> None:
    document = parse_yaml(TEXT, "base.yaml")
    assert document.data == {
        "name": "base",
        "run": {"start": 2020, "steps": [0.25, 0.5]},
        "years": {2020: 1.5, 2035: 1.25},
    }
    assert document.lines == {
        ("name",): 1,
        ("run",): 2,
        ("run", "start"): 3,
        ("run", "steps"): 4,
        ("run", "steps", 0): 5,
        ("run", "steps", 1): 6,
        ("years",): 7,
        ("years", 2020): 7,
        ("years", 2035): 8,
    }


def test_a_path_that_is_not_there_has_the_line_of_the_key_above() -> None:
    document = Document("base.yaml", {}, {("run",): 2, ("run", "start"): 3})
    assert document.line(("run", "end", "year")) == 2
    assert document.line(("transport",)) == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.5e6", 1.5e6),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-3", -3),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("yes", "yes"),
        ("no", "no"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("2030-01-01", "2030-01-01"),
        ("12:30", "12:30"),
        ("'1.5'", "1.5"),
        ('"true"', "true"),
        ("!!str 5", "5"),
        ("-.inf", -math.inf),
        ("长赣高铁", "长赣高铁"),
        ("|\n  two\n  lines\n", "two\nlines\n"),
    ],
)
def test_a_value_is_what_yaml_1_2_says(parser: str, text: str, value: object) -> None:
    read = parse_yaml(f"key: {text}", "file.yaml").data["key"]
    assert read == value
    assert type(read) is type(value)


def test_not_a_number_is_a_number_of_yaml(parser: str) -> None:
    assert math.isnan(parse_yaml("key: .nan", "file.yaml").data["key"])


def test_an_alias_is_a_copy_with_the_lines_of_its_anchor(parser: str) -> None:
    document = parse_yaml("first: &range\n  low: 1\nsecond: *range\n", "file.yaml")
    assert document.data == {"first": {"low": 1}, "second": {"low": 1}}
    assert document.data["first"] is not document.data["second"]
    assert document.lines[("second",)] == 3
    assert document.lines[("second", "low")] == 2


def test_all_duplicate_keys_are_told_with_both_lines(parser: str) -> None:
    text = "a: 1\nb: {c: 1, c: 2}\na: 3\n2020: 1\n2020.0: 2\n"
    assert messages(text) == (
        "file.yaml:2: key 'c' stands twice; found also on line 2\n"
        "file.yaml:3: key 'a' stands twice; found also on line 1\n"
        "file.yaml:5: key '2020.0' stands twice; found also on line 4"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "file.yaml: the file is empty"),
        ("---\n", "file.yaml: the file is empty"),
        ("- 1\n", "file.yaml:1: the file is a list"),
        ("hello\n", "file.yaml:1: the file has no keys; found one single value"),
        ("a:\n\tb: 1\n", "file.yaml:2: the indentation; found a tab; expected spaces"),
        ("a:\n\u3000\u3000b: 1\n", "file.yaml:2: the indentation; found a wide space; expected spaces"),
        ("a: 'x\nb: 2\n", "file.yaml:1: a quotation mark is not closed"),
        ("a: [1, 2\nb: 3\n", "file.yaml:1: a '[' is not closed or lacks a comma"),
        ("a: 1\nb\nc: 2\n", "file.yaml:2: a line without a key; found 'b'"),
        ("a: @b\n", "file.yaml:1: a value that begins with '@'"),
        ("a: }\n", "file.yaml:1: a sign that does not belong here"),
        ("a: \x07\n", "file.yaml:1: a character that cannot be printed; found U+0007"),
        ('a: 1\nb: "\\x07"\n', "file.yaml:2: a character that cannot be printed; found U+0007"),
        ('a: "\\ud800"\n', "file.yaml:1: a character that cannot be printed; found U+D800"),
        ("%YAML 3.0\n---\na: 1\n", "file.yaml:1: cannot be read as YAML"),
        ("a: " + "[" * 5000, "file.yaml:1: too many levels of nesting; expected at most 40"),
        ("a: " + "9" * 5000, "file.yaml:1: a number with too many digits; found 5000 digits"),
        (".nan: 1\n", "file.yaml:1: a key that is not a finite number"),
    ],
)
def test_a_broken_text_is_one_problem_with_its_line(parser: str, text: str, message: str) -> None:
    found = messages(text)
    assert found.startswith(message)
    assert "\n" not in found


def test_aliases_of_aliases_do_not_fill_the_memory(parser: str) -> None:
    text = "a: &a [1,1,1,1,1,1,1,1,1,1]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        text += f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]\n"
    assert messages(text).endswith("the file holds too many values; expected at most 200000")


def test_a_missing_file_and_a_folder_are_named_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    for name, message in [("none.yaml", "does not exist"), ("folder", "a folder"), ("nul\0.yaml", "cannot be read")]:
        with pytest.raises(ProblemsError) as raised:
            read_yaml(name)
        assert str(raised.value).startswith(f"{name}: ")
        assert message in str(raised.value)


def test_the_mark_that_windows_puts_before_utf8_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    (tmp_path / "mark.yaml").write_bytes(b"\xef\xbb\xbfname: base\r\ntitle: x\r\n")
    document = read_yaml(tmp_path / "mark.yaml", shown="mark.yaml")
    assert document.data == {"name": "base", "title": "x"}
    assert document.lines[("title",)] == 2


def test_bytes_that_are_not_utf8_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("name: base\ntitle: 合作\n".encode("gbk"))
    with pytest.raises(ProblemsError, match=r"^gbk\.yaml:2: the text is not UTF-8; found the byte 0xba"):
        read_yaml(tmp_path / "gbk.yaml", shown="gbk.yaml")


# What JSON may hold and a file of ours may not.
TOLD = ("a character that cannot", "the indentation", "the merge key", "a number with too many digits")
keys = st.one_of(st.text(min_size=1, max_size=8), st.integers(-5000, 5000).map(str))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=12,
)


@given(st.dictionaries(keys, values, min_size=1, max_size=5))
def test_json_is_read_as_what_it_is(data: dict[str, object]) -> None:
    try:
        document = parse_yaml(json.dumps(data), "file.yaml")
    except ProblemsError as error:
        assert all(problem.what.startswith(TOLD) for problem in error.problems)
    else:
        assert document.data == data


@given(st.text(alphabet="ab:：-?[]{},#&*!|>'\"%@` \n\t\\0x.~<é长\ufeff\x85\u2028", max_size=60))
def test_any_text_is_read_or_told_in_words(text: str) -> None:
    try:
        document = parse_yaml(text, "file.yaml")
    except ProblemsError as error:
        assert error.problems
        assert all(problem.file == "file.yaml" for problem in error.problems)
    else:
        assert isinstance(document.data, dict)


def outcome_of_each_parser(text: str) -> list[object]:
    def outcome() -> object:
        try:
            document = parse_yaml(text, "file.yaml")
        except ProblemsError as error:
            return str(error)
        return repr(document.data), document.lines

    with_c = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ruamel.yaml.main, "CParser", None)
        return [with_c, outcome()]


@given(st.text(alphabet="ab12:- []{},#'\"\n.", max_size=40))
def test_both_parsers_say_the_same(text: str) -> None:
    with_c, with_python = outcome_of_each_parser(text)
    assert with_c == with_python


@given(st.text(alphabet="ab12:- []{},#&*!|>'\"\n.", max_size=40))
def test_no_text_means_one_thing_to_one_parser_and_another_to_the_other(text: str) -> None:
    with_c, with_python = outcome_of_each_parser(text)
    assert with_c == with_python or isinstance(with_c, str) or isinstance(with_python, str)


def test_a_thousand_lines_take_a_small_part_of_a_second() -> None:
    entry = "name_{}:\n  about: What it is.\n  unit: 1/year\n  value: 0.04\n  range: {{low: 0.01, high: 0.1}}\n"
    text = "".join(entry.format(k) for k in range(200))
    parse_yaml(text, "file.yaml")
    shortest = min(_seconds(text) for _ in range(3))
    assert shortest < 0.5, f"{shortest:.3f} s"


def _seconds(text: str) -> float:
    begin = time.perf_counter()
    assert len(parse_yaml(text, "file.yaml").lines) == 1400
    return time.perf_counter() - begin
