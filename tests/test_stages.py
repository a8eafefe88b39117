"""The order of the stages: each imports only from those before it (CONTRIBUTING.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import dateline

ROOT = Path(dateline.__file__).parent
STAGES = (
    "sources",
    "language",
    "mentions",
    "frames",
    "coding",
    "resolve",
    "linking",
    "ledger",
    "store",
    "exports",
)
# What every stage may use, and what these may use themselves.
SHARED = {
    "article": set[str](),
    "record": set[str](),
    "errors": set[str](),
    "flat": {"record"},
    "knowledge": {"errors"},
}
LONGEST_MODULE = 400

MODULES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))


def room(name: str) -> str:
    """The stage, or the module beside them, that a module's path or dotted name belongs to."""
    return name.replace("/", ".").removesuffix(".py").split(".")[0]


def imports(path: Path) -> Iterator[str]:
    """The rooms of Dateline that a module imports from, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the module in full"
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "dateline" else [module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (room(name.removeprefix("dateline.")) for name in names if name.startswith("dateline."))


def allowed(name: str) -> set[str]:
    """The rooms that a room may import from, itself among them."""
    if name in SHARED:
        return {name} | SHARED[name]
    # A store says which version wrote it.
    return {"__version__", *STAGES[: STAGES.index(name) + 1], *SHARED}


@pytest.mark.parametrize("module", [m for m in MODULES if room(m) in (*STAGES, *SHARED)])
def test_a_stage_imports_only_from_those_before(module: str) -> None:
    later = set(imports(ROOT / module)) - allowed(room(module))
    assert not later, f"{module} imports from {', '.join(sorted(later))}"


def test_every_stage_is_there() -> None:
    assert {room(module) for module in MODULES} >= {*STAGES, *SHARED}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_short_and_says_what_it_is(module: str) -> None:
    text = (ROOT / module).read_text(encoding="utf-8")
    assert text.count("\n") < LONGEST_MODULE
    assert len(ast.get_docstring(ast.parse(text)) or "") > len("TODO")
