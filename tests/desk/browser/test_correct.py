"""Corrections as a person makes them, and what they do to views and exports."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from dateline.ingest import ArticleStore

Visit = Callable[..., Any]


@pytest.fixture
def article(week: ArticleStore) -> str:
    """The key of the article on the raid."""
    found = week.query("SELECT article FROM articles WHERE doc = 'wk-06'").to_dict()
    return str(found[0]["article"])


def exported(store: ArticleStore, call: Callable[..., Any]) -> list[dict[str, str]]:
    done = call("export", "--store", str(store.folder), "--format", "csv")
    assert done.status == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out)))


def event(page: Any, words: str) -> Any:
    """The event of the article's list with these words at its head."""
    return page.locator("details.card").filter(has=page.locator("summary .kind", has_text=words)).first


def test_a_correction_takes_two_clicks_and_is_in_the_export(
    visit: Visit, own: str, week: ArticleStore, article: str, run: Callable[..., Any]
) -> None:
    before = [row for row in exported(week, run) if row["event_text"] == "closed"]
    assert [row["event"] for row in before] == ["SANCTION"]
    page = visit(f"{own}/article/{article}")
    row = event(page, "SANCTION")
    row.locator("summary").first.click()
    row.get_by_text("correct type", exact=True).click()
    row.locator('select[name="value"]').first.select_option("COERCE")
    row.get_by_role("button", name="Save").first.click()
    page.wait_for_load_state()
    assert page.url.split("#")[0] == f"{own}/article/{article}"
    assert "SANCTION → COERCE" in " ".join(page.locator(".log").inner_text().split())
    after = [row for row in exported(week, run) if row["event_text"] == "closed"]
    assert [row["event"] for row in after] == ["COERCE"]
    page.goto(f"{own}/events?type=SANCTION&actor=BOL")
    assert page.locator(".event").count() == 0


def test_an_event_is_rejected_in_two_clicks_and_taken_back(
    visit: Visit, own: str, week: ArticleStore, article: str, run: Callable[..., Any]
) -> None:
    many = len(exported(week, run))
    page = visit(f"{own}/article/{article}")
    row = event(page, "COERCE")
    row.locator("summary").first.click()
    row.get_by_role("button", name="No such event").click()
    page.wait_for_load_state()
    assert len(exported(week, run)) == many - 1
    page.get_by_role("button", name="Undo").first.click()
    page.wait_for_load_state()
    assert len(exported(week, run)) == many


def test_an_event_is_added_by_choosing_its_words(
    visit: Visit, own: str, week: ArticleStore, article: str, run: Callable[..., Any]
) -> None:
    page = visit(f"{own}/article/{article}")
    page.get_by_text("Add an event", exact=True).click()
    text = week.query("SELECT text FROM articles WHERE doc = 'wk-06'").to_dict()[0]["text"]
    start = text.index("try them")
    adding = page.locator("#add")
    adding.locator('[name="start"]').fill(str(start))
    adding.locator('[name="end"]').fill(str(start + len("try")))
    adding.locator('[name="event_type"]').select_option("COERCE")
    adding.get_by_label("Actor", exact=True).fill("BOL")
    adding.get_by_label("future").check()
    adding.get_by_role("button", name="Add").click()
    page.wait_for_load_state()
    (added,) = [row for row in exported(week, run) if row["coder"].startswith("person")]
    assert (added["event"], added["actor_code"], added["aux"]) == ("COERCE", "BOL", "future")


def test_without_scripts_a_correction_works_too(
    visit: Visit, own: str, week: ArticleStore, article: str, run: Callable[..., Any]
) -> None:
    page = visit(f"{own}/article/{article}", java_script_enabled=False)
    row = event(page, "SANCTION")
    row.locator("summary").first.click()
    row.get_by_role("button", name="No such event").click()
    assert "closed" not in {row["event_text"] for row in exported(week, run)}


def test_a_pledges_state_is_set_from_the_ledger(visit: Visit, own: str, week: ArticleStore) -> None:
    page = visit(f"{own}/ledger")
    pledge = page.locator(".pledge").filter(has_text="offered to mediate")
    assert pledge.locator(".state").inner_text() == "open"
    pledge.locator("select").select_option("broken")
    pledge.get_by_role("button", name="Set").click()
    page.wait_for_load_state()
    assert pledge.locator(".state").inner_text() == "broken"
    assert "proposed: open" in pledge.inner_text()
    (row,) = week.query("SELECT state, state_by FROM ledger WHERE what LIKE '%mediate%'").to_dict()
    assert row == {"state": "broken", "state_by": "person"}


def test_the_keyboard_alone_corrects(visit: Visit, own: str, week: ArticleStore, article: str) -> None:
    page = visit(f"{own}/article/{article}")
    event(page, "SANCTION").locator("summary").first.focus()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "No such event":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert [c.kind for c in week.corrections()] == ["reject"]
    assert [c.author for c in week.corrections()] == ["Ada"]
