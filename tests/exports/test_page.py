"""docs/exports.md says what is: its commands and its Python run, its tables name what there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline import open_store
from dateline.article import Article
from dateline.cli import app
from dateline.exports.exported import Exported
from dateline.exports.formats import FORMATS, TABBED
from dateline.record import Event

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line) for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S) for line in block.splitlines()
]
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.S)
# What the blocks print over the store that the test makes, in the page's order. Of its seven tellings the
# accusation and its denial are linked to one event.
PRINTED = ("6 ['04', '11', '19']\n['date', 'actor', 'recipient']\n", "KEN", "6 2\n", "6 int64\n")


@pytest.fixture
def folder(events: list[Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the store "news" of the test's events, after the page's commands."""
    article = Article(id="a1", text="Kenya accused Romanian troops of theft on Tuesday, and much followed.")
    open_store(tmp_path / "news").ingest([article], coder=lambda _: events)
    monkeypatch.chdir(tmp_path)
    for program, *words in COMMANDS:
        assert program == "dateline"
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0 and done.exception is None, done.output
    return tmp_path


def test_the_commands_write_what_they_name(folder: Path) -> None:
    assert len(COMMANDS) >= 6
    for words in COMMANDS:
        assert (folder / words[words.index("--out") + 1]).stat().st_size > 0


@pytest.mark.parametrize(("block", "printed"), list(zip(BLOCKS, PRINTED, strict=True)))
def test_the_python_runs(block: str, printed: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in re.findall(r"^(?:import|from) (\w+)", block, re.M):
        pytest.importorskip(name, reason=f"{name} is not installed: pip install '.[readers]'")
    exec(block, {})
    assert printed in capsys.readouterr().out


def test_every_format_is_in_the_table(items: list[Exported]) -> None:
    stated = {
        name for row in re.findall(r"^\| (`.*?) \|", PAGE, re.M) for name in re.findall(r"`(\w+)`", row)
    }
    assert set(FORMATS) <= stated
    for name, form in TABBED.items():
        row = re.search(rf"^\| `{name}` \|.*$", PAGE, re.M)
        assert row is not None and f"{len(form.columns)} columns" in row[0]
        assert ("no head" in row[0]) != form.head
        per_event = "one an event" in row[0]
        assert per_event == all(len(list(form.rows(item))) == 1 for item in items)
