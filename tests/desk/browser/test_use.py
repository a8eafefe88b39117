"""The desk as a person uses it: filters, links, history, keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Visit = Callable[..., Any]


def total(page: Any) -> int:
    return int(page.locator(".lead").inner_text().split()[0].replace(",", ""))


@pytest.mark.parametrize(
    ("how", "name", "value"),
    [
        ("fill", "actor", "PER"),
        ("fill", "recipient", "BOL"),
        ("fill", "place", "Desaguadero"),
        ("fill", "since", "2024-05-18"),
        ("fill", "until", "2024-05-01"),
        ("fill", "publisher", "rioherald.example"),
        ("fill", "confidence", "0.9"),
        ("select", "type", "COERCE"),
        ("check", "quad", "4"),
        ("check", "aux", "future"),
        ("check", "status", "denied"),
    ],
)
def test_each_filter_narrows_the_list_and_stands_in_the_address(
    visit: Visit, address: str, how: str, name: str, value: str
) -> None:
    page = visit(f"{address}/events")
    before = total(page)
    if how == "fill":
        page.locator(f'[name="{name}"]').fill(value)
    elif how == "select":
        page.locator(f'[name="{name}"]').select_option(value)
    else:
        page.locator(f'[name="{name}"][value="{value}"]').check()
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/events?*")
    assert page.url.split("?")[1] == f"{name}={value}"
    assert 0 < total(page) < before
    # The address alone gives the same view.
    assert total(visit(page.url)) == total(page)


def test_back_and_forward_return_to_each_view(visit: Visit, address: str) -> None:
    page = visit(f"{address}/events")
    everything = total(page)
    page.locator('[name="actor"]').fill("BRA")
    page.keyboard.press("Enter")
    page.wait_for_url("**actor=BRA")
    narrowed = total(page)
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Today").click()
    page.wait_for_url("**/?actor=BRA")
    page.go_back()
    assert (total(page), page.locator('[name="actor"]').input_value()) == (narrowed, "BRA")
    page.go_back()
    assert total(page) == everything
    page.go_forward()
    assert total(page) == narrowed


def test_the_keyboard_alone_reaches_everything(visit: Visit, address: str) -> None:
    page = visit(f"{address}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(f"{address}/")
    reached, seen = [], False
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.textContent"))
        seen = seen or page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'")
    assert {"actor", "since", "quad", "publisher", "confidence"} <= set(reached)
    assert "Events" in reached
    assert seen


def test_the_filters_fold_on_a_phone(visit: Visit, address: str) -> None:
    page = visit(f"{address}/events", 390)
    assert not page.locator('[name="actor"]').is_visible()
    page.get_by_text("Filters", exact=True).click()
    page.locator('[name="actor"]').fill("BRA")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**actor=BRA")
