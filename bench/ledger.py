"""The ledger of pledges on written stories (data/pledge-stories): each is ingested, linked and read.

A story's pledge is the row whose sentence is the gold passage (of several that of the gold actor). Its state
on the story's day is compared with the gold.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline import Coder
from dateline.ingest import open_store

Story = dict[str, Any]


def measure(path: Path) -> Mapping[str, Any]:
    """Figures for each half: share of stories with the right state, of pledges found, of right days and
    kinds, `kept` rows without evidence (must be 0), `kept` whose evidence is not of the gold article."""
    coder = Coder()
    figures: dict[str, Any] = {}
    halves: dict[str, list[tuple[Story, Mapping[str, Any]]]] = {}
    for story in stories(path):
        halves.setdefault(story["half"], []).append((story, told(story, coder)))
    for half, pairs in halves.items():
        number = len(pairs)
        wrong = Counter(
            f"{s['gold']['state']} > {row.get('state', 'none')}"
            for s, row in pairs
            if row.get("state") != s["gold"]["state"]
        )
        due = [str(row["due_last"] or None) == str(s["gold"]["due_last"]) for s, row in pairs if row]
        kept = [(s, json.loads(row["evidence"])) for s, row in pairs if row.get("state") == "kept"]
        figures |= {
            f"{half}_stories": number,
            f"{half}_state": 1 - sum(wrong.values()) / number,
            f"{half}_found": sum(bool(row) for _, row in pairs) / number,
            f"{half}_due": sum(due) / max(len(due), 1),
            f"{half}_kind": sum(row.get("kind") == s["gold"]["kind"] for s, row in pairs) / number,
            f"{half}_renewals": sum(row.get("renewals") == s["gold"]["renewals"] for s, row in pairs)
            / number,
            f"{half}_kept_without_evidence": sum(not any(e["decides"] for e in its) for _, its in kept),
            f"{half}_kept_falsely": sum(s["gold"]["state"] != "kept" for s, _ in kept),
            f"{half}_evidence_of_the_article": sum(
                any(e["decides"] and e["doc"] == s["gold"]["evidence"] for e in its) for s, its in kept
            )
            / max(len(kept), 1),
            f"{half}_wrong": ", ".join(f"{what}: {many}" for what, many in sorted(wrong.items())),
        }
    return figures


def stories(path: Path) -> Iterator[Story]:
    """The stories of a file, or of all `*.jsonl` of a folder, the large file first."""
    for file in sorted(path.glob("*.jsonl"), reverse=True) if path.is_dir() else [path]:
        with file.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def told(story: Story, coder: Coder) -> Mapping[str, Any]:
    """The ledger's row for a story's pledge, `doc` added to its evidence; empty where there is none."""
    gold = story["gold"]
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "articles.jsonl"
        given.write_text("".join(json.dumps(a) + "\n" for a in story["articles"]), encoding="utf-8")
        store = open_store(Path(folder) / "store")
        store.ingest(given, coder=coder)
        day = dt.date.fromisoformat(story["as_of"])
        docs: dict[str, str] = dict(store.query("SELECT article, doc FROM stored_articles"))
        rows = store.query(f"SELECT * FROM ledger_on(DATE '{day.isoformat()}')").to_dict()
    mine = [
        row
        for row in rows
        if docs[row["article"]] == gold["article"]
        and (row["text"] in gold["passage"] or gold["passage"] in row["text"])
    ]
    if not mine:
        return {}
    row = min(mine, key=lambda r: (gold["who"] not in (r["who_code"] or ""), r["kind"] != gold["kind"]))
    evidence = [e | {"doc": docs[e["article"]]} for e in json.loads(row["evidence"])]
    return row | {"evidence": json.dumps(evidence)}
