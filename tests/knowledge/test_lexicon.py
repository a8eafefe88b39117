"""The lexicon's tables load, and a bad line in any of them is refused with its file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.errors import DatelineError, Problem
from dateline.knowledge import codebook, lexicon, tables
from dateline.knowledge.lexicon import Lexicon, read

HEADS = {
    "verbs/bad.tsv": "verb\tneeds\tby\tto\tcameo\tmode\tcontext\tevent\tnote",
    "nouns/bad.tsv": "noun\tneeds\tby\tto\tcameo\tmode\tcontext\tevent\tuse\tnote",
    "classes-bad.tsv": "class\twords",
    "light.tsv": "verb\tslot\tby\tto",
    "operators.tsv": "operator\tmeaning",
    "composition.tsv": "operator\tembedded\tcameo\tevent\tmode\taux",
}
Load = Callable[[str, str], Lexicon]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """`load(file, line)` loads the shipped lexicon with one line more, as the last of that file."""
    real = tables.shipped
    shutil.copytree(Path(str(tables.shipped("lexicon"))), tmp_path / "lexicon")

    def shipped(*names: str) -> Path:
        return tmp_path.joinpath(*names) if names[0] == "lexicon" else Path(str(real(*names)))

    def load_with(file: str, line: str) -> Lexicon:
        path = tmp_path / "lexicon" / file
        before = path.read_text(encoding="utf-8").rstrip("\n") if path.exists() else HEADS[file]
        path.write_text(f"{before}\n{line}\n", encoding="utf-8")
        monkeypatch.setattr(tables, "shipped", shipped)
        monkeypatch.setattr(read, "shipped", shipped)
        return read.load.__wrapped__()

    return load_with


@pytest.mark.parametrize(
    ("file", "line", "what"),
    [
        ("verbs/bad.tsv", "zap\tobj=@nosuchclass\t\t\t190", "the class @nosuchclass is in no classes file"),
        ("verbs/bad.tsv", "zap\tobject\t\t\t190", "'object' in needs is no slot"),
        ("verbs/bad.tsv", "zap\tobj=\t\t\t190", "is no condition"),
        ("verbs/bad.tsv", "zap\t-\t\t\t190", "needs"),
        ("verbs/bad.tsv", "zap\tobj\t\t\t999", "'999' is no CAMEO code"),
        ("verbs/bad.tsv", "zap\tobj\t\t\t", "'' is no CAMEO code"),
        ("verbs/bad.tsv", "zap\tobj\t\t\t190\tarrest", "ASSAULT has no mode 'arrest'"),
        ("verbs/bad.tsv", "zap\tobj\t\t\t190\t\tweather", "'weather' is no context"),
        ("verbs/bad.tsv", "zap\tobj\t\t\t190\t\t\tATTACK", "'ATTACK' is no event type"),
        ("verbs/bad.tsv", "zap\tobj\t\t\t!wish_away", "!wish_away is not in composition.tsv"),
        ("verbs/bad.tsv", "\tobj\t\t\t190", "the column verb is empty"),
        ("verbs/bad.tsv", " | \tobj\t\t\t190", "the column verb is empty"),
        ("verbs/bad.tsv", "zap\tobj\t\t\t190\t\t\t\tnote\tmore", "10 cells where there are 9 columns"),
        ("nouns/bad.tsv", "\tof\t\t\t190", "the column noun is empty"),
        ("nouns/bad.tsv", "zapping\t\t\t\t190\t\t\t\tloose", "use is 'loose': it is free or light"),
        ("nouns/bad.tsv", "zapping\twith=@nosuchclass\t\t\t190", "the class @nosuchclass"),
        ("classes-bad.tsv", "\tword", "a class needs a name and words"),
        ("classes-bad.tsv", "empty\t", "a class needs a name and words"),
        ("classes-bad.tsv", "outer\t@nosuchclass", "the unknown class @nosuchclass"),
        ("light.tsv", "zap\t\tsubj\t", "the column slot is empty"),
        ("composition.tsv", "!nosuch\t*\t=", "'!nosuch' is not in operators.tsv"),
        ("composition.tsv", "!promise\t*\t999", "'999' is no CAMEO code"),
    ],
)
def test_a_bad_line_is_refused(load: Load, tmp_path: Path, file: str, line: str, what: str) -> None:
    with pytest.raises(DatelineError) as raised:
        load(file, line)
    assert raised.value.problem is Problem.BAD_KNOWLEDGE
    assert what in str(raised.value)
    number = (tmp_path / "lexicon" / file).read_text(encoding="utf-8").count("\n")
    assert raised.value.place == f"lexicon/{file}:{number}"


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("verbs/bad.tsv", "verb"),
        ("verbs/bad.tsv", "cameo"),
        ("nouns/bad.tsv", "use"),
        ("classes-bad.tsv", "words"),
    ],
)
def test_a_missing_column_is_named(
    load: Load, monkeypatch: pytest.MonkeyPatch, file: str, column: str
) -> None:
    monkeypatch.setitem(HEADS, file, "\t".join(c for c in HEADS[file].split("\t") if c != column))
    with pytest.raises(DatelineError, match=f"lexicon/{file}:1: the column {column} is missing"):
        load(file, "zap")


def test_a_good_line_is_taken(load: Load) -> None:
    found = load("verbs/bad.tsv", "zap|zap away\tobj=ACTOR with=@weapon\t\tobj\t190\tbeat\t\t\tnote")
    (entry,) = found.verbs["zap"]
    assert (entry.event, entry.modes, entry.to, entry.source) == (
        "ASSAULT",
        ("beat",),
        ("obj",),
        "verbs/bad.tsv:2",
    )
    assert (entry.weight("zap"), entry.weight("zap away")) == (4, 5)
    assert found.verbs["zap away"] == (entry,)


def test_the_shipped_lexicon() -> None:
    found = lexicon.load()
    entries = {e.source: e for table in (found.verbs, found.nouns) for es in table.values() for e in es}
    assert len(entries) > 2500
    for name in codebook.event_types():
        assert any(e.event == name for e in entries.values()), name
    for entry in entries.values():
        kinds = [entry.veto, bool(entry.operator), entry.event is not None]
        assert sum(kinds) == 1, entry.source
        assert all(name == name.lower().strip() for name in entry.names), entry.source
    for operator in found.composition:
        assert any(e.operator == operator for e in entries.values()), f"{operator} is no entry's"


@pytest.mark.parametrize(
    ("operator", "cameo", "event", "becomes"),
    [
        ("!promise", "045", "CONSULT", "039"),
        ("!promise", "042", "CONSULT", "036"),
        ("!promise", "020", "AGREE", "="),
    ],
)
def test_the_most_specific_composition_holds(operator: str, cameo: str, event: str, becomes: str) -> None:
    row = lexicon.load().compose(operator, cameo, event)
    assert row is not None and row.cameo == becomes
