"""Takes the pictures of the desk in docs/desk/: `python docs/make_screenshots.py`.

Needs Playwright and Debian's Chromium. The store is made of examples/week.jsonl.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from dateline.desk.app import make_app
from dateline.ingest import open_store

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "desk"
SIZES = {1280: 860, 390: 844}
# The name of each picture and the address it shows; {event} and {article} are looked up in the store.
VIEWS = {
    "today": "/?days=3",
    "timeline": "/timeline?since=2024-05-04&until=2024-05-26",
    "network": "/network",
    "map": "/map",
    "ledger": "/ledger",
    "events": "/events?actor=PER",
    "articles": "/articles",
    "article": "/article/{article}",
    "record": "/record/{event}",
    "sql": "/sql?sql=SELECT+*+FROM+dyads_daily+ORDER+BY+events+DESC",
    "api": "/api",
}


def main() -> None:
    """Makes the store, serves it, and takes each picture at each width."""
    OUT.mkdir(exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder, socket.socket() as listening, sync_playwright() as running:
        store = open_store(folder)
        store.ingest(str(ROOT / "examples" / "week.jsonl"))
        event = store.query("SELECT id FROM events ORDER BY tellings DESC, id LIMIT 1").to_dict()[0]["id"]
        article = store.query("SELECT article FROM articles ORDER BY events DESC, seq LIMIT 1").to_dict()
        listening.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(make_app(store, author="Ada"), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for width, height in SIZES.items():
            for name, path in VIEWS.items():
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(address + path.format(event=event, article=article[0]["article"]))
                page.wait_for_load_state("networkidle")
                page.screenshot(path=OUT / f"{name}-{width}.png")
                page.close()
        browser.close()
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
