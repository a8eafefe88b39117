"""What the documents say is what the program does."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import re
from pathlib import Path
from types import ModuleType

import pytest

from dateline import json_schema

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ("docs/reference/cli.md", "docs/reference/record.md", "docs/schema/event.json", "README.md")


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The script that writes the pages."""
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_current(reference: ModuleType, page: str) -> None:
    written = (ROOT / page).read_text(encoding="utf-8")
    assert written == reference.PAGES[ROOT / page](), "write it anew: python docs/make_reference.py"


def test_every_command_has_help_and_stands_in_the_readme(reference: ModuleType) -> None:
    names = reference.commands()
    assert len(names) >= 8
    for name in names:
        assert f"| `dateline {name}" in README, f"{name} is not in the table"
        text = reference.help_of(*name.split())
        assert f"dateline {name}" in text and text.count("\n") > 5
    stated = re.findall(r"^\| `dateline ([a-z]+(?: build)?)", README, re.M)
    assert set(stated) == set(names)


def test_every_option_says_what_it_does(reference: ModuleType) -> None:
    for name in reference.commands():
        for line in reference.help_of(*name.split()).splitlines():
            if re.match(r"│ (\*\s+)?--\w", line):
                words = re.sub(r"[│*]|--[\w-]+|<[^>]*>|\[.*?\]", " ", line).split()
                assert len(words) >= 2, line


def test_every_field_has_a_meaning(reference: ModuleType) -> None:
    fields = {(part, field) for part, d in json_schema()["$defs"].items() for field in d["properties"]}
    assert set(reference.meanings()) == fields
    assert all(reference.meanings().values())


def test_the_readmes_python_runs() -> None:
    blocks = re.findall(r"```python\n(.*?)```", README, re.S)
    assert blocks
    for block in blocks:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(block, {})
        stated = re.findall(r"^# (.*)$", block, re.M)
        assert out.getvalue().splitlines() == stated


def test_the_readmes_links_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_just_file_has_contributings_words() -> None:
    recipes = set(re.findall(r"^([a-z-]+)[^:\n]*:$", (ROOT / "justfile").read_text(encoding="utf-8"), re.M))
    assert {"setup", "run", "test", "lint", "bench", "docs"} <= recipes
