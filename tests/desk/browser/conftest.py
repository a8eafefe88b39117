"""A real Chromium and desks that it can reach."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn

from dateline.desk.app import make_app
from dateline.ingest import ArticleStore, open_store

playwright = pytest.importorskip("playwright.sync_api", reason="no browser tests without playwright")
NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextlib.contextmanager
def serving(store: ArticleStore, author: str = "Ada") -> Iterator[str]:
    """The address of a desk over a store, while it is served."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = make_app(store, author=author)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="session")
def serve() -> Callable[..., contextlib.AbstractContextManager[str]]:
    """`with serve(store, author) as address`."""
    return serving


@pytest.fixture(scope="session")
def chromium() -> Iterator[playwright.Browser]:
    """Debian's Chromium; where there is none, a user's tests are skipped and CI fails."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        why = "no Chromium on this machine (apt-get install chromium): the desk was not tried in a browser"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(coded_week: Path) -> Iterator[str]:
    """The address of a desk over the week's store, which nobody changes."""
    with serving(open_store(coded_week)) as found:
        yield found


@pytest.fixture
def own(week: ArticleStore) -> Iterator[str]:
    """The address of a desk over a store of the test's own."""
    with serving(week) as found:
        yield found


@pytest.fixture
def faults() -> list[str]:
    """What the pages of a test complained of: errors of scripts, refused resources, failed requests."""
    return []


@pytest.fixture
def visit(chromium: playwright.Browser, faults: list[str]) -> Iterator[Callable[..., playwright.Page]]:
    """`visit(url, width=1280, **context)` opens a page in a browser of its own."""
    opened = []

    def go(url: str, width: int = 1280, **options: object) -> playwright.Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto(url)
        return page

    yield go
    for context in opened:
        context.close()
