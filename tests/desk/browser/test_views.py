"""Every view: it opens without a fault, fits the screen, and is accessible."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from dateline.ingest import open_store

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
VIEWS = (
    "/",
    "/timeline",
    "/network",
    "/map",
    "/ledger",
    "/events",
    "/events?actor=PER&quad=4",
    "/sql?sql=SELECT+*+FROM+dyads_daily",
    "/api",
    "/articles",
    "/article/{article}",
    "/record/{event}",
    "/nowhere",
)
WIDTHS = (1280, 390)
Visit = Callable[..., Any]


@pytest.fixture(params=VIEWS)
def path(request: pytest.FixtureRequest, coded_week: Path) -> str:
    """Each view of the week's store: the article on the raid, and the event told most often."""
    store = open_store(coded_week, create=False)
    article = store.query("SELECT article FROM articles WHERE doc = 'wk-03'").to_dict()[0]["article"]
    event = store.query("SELECT id FROM events ORDER BY tellings DESC, id LIMIT 1").to_dict()[0]["id"]
    return str(request.param).format(article=article, event=event)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_view_has_no_serious_barrier(visit: Visit, address: str, path: str, scheme: str) -> None:
    # Only so that axe may run: the page's policy lets no script in from elsewhere.
    page = visit(address + path, bypass_csp=True, color_scheme=scheme)
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        (rule["id"], [node["html"][:200] for node in rule["nodes"]])
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
    assert found["passes"]
    assert not serious


@pytest.mark.parametrize("width", WIDTHS)
def test_a_view_opens_without_a_fault_and_fits_the_screen(
    visit: Visit, address: str, faults: list[str], path: str, width: int
) -> None:
    page = visit(address + path, width)
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [fault for fault in faults if "404" not in fault or path != "/nowhere"] == []


def test_a_view_says_its_piece_without_scripts(visit: Visit, address: str, path: str) -> None:
    page = visit(address + path, java_script_enabled=False)
    assert len(page.locator("main").inner_text()) > 40


def test_a_page_weighs_no_more_than_500_kb(visit: Visit, address: str, path: str) -> None:
    page = visit("about:blank")
    weights: list[int] = []
    page.on("response", lambda answer: weights.append(len(answer.body())))
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert 0 < sum(weights) <= 500_000


def test_nothing_comes_from_elsewhere(address: str, path: str) -> None:
    text = httpx.get(address + path).text
    for start in ("//cdn", 'src="http', "src='http", 'rel="stylesheet" href="http'):
        assert start not in text
