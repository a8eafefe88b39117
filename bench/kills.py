"""Ingest killed at random moments: `python -m bench.kills --articles 2000 --kills 200 [--each 10]`.

Written articles, copies and later versions among them, go into a store with a coder that costs little. The
process is killed with SIGKILL at a random moment, `--each` times for one store; then ingest runs to its end
and every row of every table is compared with an undisturbed run's. Prints one line a store; exits with 1
where one differs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from bench.synthetic import article_stream, cheap
from dateline.article import Article
from dateline.ingest import ArticleStore, open_store

BATCH = 50
TABLES = ("stored_articles", "all_tellings", "all_mentions", "all_entities", "sketches", "events", "links")


def rows(store: ArticleStore) -> dict[str, list[str]]:
    """Every row that must be the same whatever happened on the way."""
    found = {}
    with store.connect() as connection:
        for table in TABLES:
            given = connection.sql(f"SELECT * FROM {table}").to_arrow_table().to_pylist()
            found[table] = sorted(json.dumps(row, default=str, sort_keys=True) for row in given)
    return found


def killed(folder: Path, articles: list[Article], after: float) -> bool:
    """Whether a process that ingests was still at work when it was killed, seconds after its start."""
    child = os.fork()
    if child == 0:
        try:
            open_store(folder).ingest(articles, coder=cheap, batch=BATCH)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main() -> int:
    """Runs the trial."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--articles", type=int, default=2000)
    given.add_argument("--kills", type=int, default=200)
    given.add_argument("--each", type=int, default=10)
    asked = given.parse_args()
    chance, articles = random.Random(1), list(article_stream(asked.articles))
    done = different = 0
    with tempfile.TemporaryDirectory() as place:
        plain = open_store(Path(place) / "plain")
        begun = time.monotonic()
        counts = plain.ingest(articles, coder=cheap, batch=BATCH)
        whole = time.monotonic() - begun
        expected = rows(plain)
        print(f"undisturbed: {counts}, {whole:.1f} s", flush=True)
        number = 0
        while done < asked.kills:
            folder, number, here = Path(place) / f"s{number}", number + 1, 0
            open_store(folder)
            while here < asked.each and done + here < asked.kills:
                # What is in already is passed over quickly, so that the time to the end shrinks.
                known = sum(int(p.name.split("-")[0]) > 0 for p in folder.glob("batches/0*")) * BATCH
                left = whole * max(0.1, 1 - known / len(articles))
                if killed(folder, articles, chance.uniform(0.01, left)):
                    here += 1
                else:
                    break
            done += here
            store = open_store(folder)
            store.ingest(articles, coder=cheap, batch=BATCH)
            same = rows(store) == expected
            different += not same
            print(f"store {number}: {here} kills, {'same rows' if same else 'DIFFERENT ROWS'}", flush=True)
    print(f"kills {done}\nstores {number}\ndifferent {different}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
