"""`dateline export`, `series`, `network`: from records of `code`, and from a store."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from dateline import open_store
from dateline.article import Article
from dateline.cli import app
from dateline.exports.dyads import PERIODS
from dateline.exports.formats import FORMATS
from dateline.record import CiteInfo, Entity, Event, Telling, TextInfo, to_json

# By article, two months apart, so that no two articles tell of one event.
DAYS = {
    "a0": ("2024-03-12", "2024-03-13", "2024-03-19", None),
    "a1": ("2024-05-12", "2024-05-13", "2024-05-19", None),
}


def record(article: Article, number: int) -> Event:
    """A record that needs no coder: Kenya does to Chad and Togo what the number says."""
    scale, quad, kind, cameo = ((-9.0, 4, "ASSAULT", "190"), (2.5, 1, "CONSULT", "046"))[number % 2]
    day = DAYS[article.id][number % 4]

    def party(code: str, sector: str) -> Entity:
        return Entity(code=code, sector=sector, cameo=code + sector, entity_text=code.title(), start=0, end=3)

    return Event(
        id=f"dl-{article.id}-{number}",
        doc=article.id,
        date=day,
        enddate=day,
        date_precision="day" if day else "unknown",
        actor=[party("KEN", "MIL")],
        recipient=[party("TCD", "REB"), party("TGO", "GOV")],
        event=[kind],
        aux=["negation"] if number == 5 else [],
        quad_code=quad,  # type: ignore[arg-type]
        event_scale=scale,
        cameo=cameo,
        size={"dead": number, "hostages": 1},
        event_text="did",
        text=article.text,
        text_info=TextInfo(sequence=0, start=0, end=4),
        mentions=[Telling(start=0, end=4, trigger_start=0, trigger_end=4)],
        cite_info=CiteInfo(url=article.url, publication=article.publication),
        confidence=0.5,
        coder="dateline 0",
        coded_date="2024-03-20",
    )


def code(article: Article) -> Iterable[Event]:
    return [record(article, number) for number in range(6)]


ARTICLES = [
    Article(
        id=f"a{n}",
        text=f"Article {n} tells of {word} and of little else that matters here today.",
        url=f"https://www.p{n}.example/{n}",
        date=dt.date(2024, 3 + 2 * n, 20),
    )
    for n, word in enumerate(("bridges", "harvests"))
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stores") / "store"
    open_store(folder).ingest(ARTICLES, coder=code)
    return folder


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "events.jsonl"
    path.write_text("".join(to_json(e) + "\n" for a in ARTICLES for e in code(a)), encoding="utf-8")
    return path


def run(*words: str | Path, status: int = 0) -> tuple[str, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    if not isinstance(done.exception, SystemExit) and done.exception is not None:
        raise done.exception
    assert done.exit_code == status, done.output
    return done.stdout, done.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_both_inputs_give_the_same_count(form: str, store: Path, records: Path, tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    for path, words in zip(paths, (("--store", store), ("--in", records)), strict=True):
        run("export", *words, "--format", form, "--out", path)
    if form == "parquet":
        counts = [pq.read_table(path).num_rows for path in paths]
    elif form == "geojson":
        counts = [len(json.loads(path.read_text(encoding="utf-8"))["features"]) for path in paths]
    else:
        heads = form in ("icews", "polecat", "csv")
        counts = [path.read_text(encoding="utf-8").count("\n") - heads for path in paths]
    # Two recipients make two rows; what is denied is left out where the format cannot say so.
    rows = {"gdelt": 20, "icews": 20, "phoenix": 20, "polecat": 10}.get(form, 12)
    assert counts == [rows, rows]


def test_what_is_left_out_is_said(records: Path) -> None:
    _, said = run("export", "--in", records, "--format", "gdelt")
    assert "2 events" in said and "--all writes them" in said
    out, said = run("export", "--in", records, "--format", "gdelt", "--all")
    assert not said and out.count("\n") == 24


def test_a_table_gets_its_description(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    run("export", "--store", store, "--format", "csv", "--out", path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["resources"][0]["rows"] == 12 and (tmp_path / "croissant.json").exists()
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["sources"] for row in rows} == {"p0.example", "p1.example"}
    assert {row["hostages"] for row in rows} == {"1"}
    assert all(row["coded_date"] for row in rows), "the store knows the day of coding"


@pytest.mark.parametrize("by", PERIODS)
@pytest.mark.parametrize("party", ["code", "sector"])
def test_series_are_alike(by: str, party: str, store: Path, records: Path) -> None:
    found, _ = run("series", "--store", store, "--by", by, "--party", party)
    assert found == run("series", "--in", records, "--by", by, "--party", party)[0]
    rows = list(csv.DictReader(io.StringIO(found)))
    # Of six records an article one has no day and one is denied; each has two pairs.
    assert sum(int(row["events"]) for row in rows) == 2 * 4 * 2
    assert {row["actor"] for row in rows} == {"KEN" if party == "code" else "KEN MIL"}


def test_the_series_by_day_is_the_stores_view(store: Path) -> None:
    found = json.loads(run("series", "--store", store, "--format", "json")[0])
    view = open_store(store).query("SELECT * FROM dyads_daily ORDER BY date, actor, recipient").to_dict()
    assert found == [{**row, "date": str(row["date"])} for row in view]


def test_networks_are_alike(store: Path, records: Path) -> None:
    for form in ("json", "graphml", "csv"):
        found = run("network", "--store", store, "--format", form)[0]
        assert found == run("network", "--in", records, "--format", form)[0]
    rows = list(csv.DictReader(io.StringIO(found)))
    assert [(r["source"], r["target"], r["weight"], r["sign"]) for r in rows] == [
        ("KEN", "TCD", "10", "-1"),
        ("KEN", "TGO", "10", "-1"),
    ]


def test_lines_that_are_no_records_are_named(records: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(records.read_text(encoding="utf-8") + '{"id": 1}\n\x00\n', encoding="utf-8")
    for command in (("export", "--format", "csv"), ("series",), ("network",)):
        _, said = run(*command, "--in", path, status=1)
        assert "bad.jsonl:13: not an event record" in said and "bad.jsonl:14: not JSON" in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("export", "--format", "csv"), "either --store DIR or --in"),
        (("export", "--format", "xml", "--in", "x"), "'xml' is none of plover"),
        (("export", "--format", "parquet", "--in", "x"), "Parquet needs a file"),
        (("export", "--format", "csv", "--in", "no-such"), "E101"),
        (("export", "--format", "csv", "--store", "no-such"), "E401"),
        (("series", "--store", "x", "--by", "year"), "'year' is none of day"),
        (("series", "--store", "x", "--in", "y"), "either --store DIR or --in"),
        (("network", "--in", "x", "--party", "name"), "'name' is none of code"),
        (("network", "--in", "x", "--format", "dot"), "'dot' is none of json"),
    ],
)
def test_a_wrong_call_is_explained(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, list(words))
    assert says in str(done.exception)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--engine", "spark"), "'spark' is none of local, ray"),
        (("--address", "auto"), "goes with --engine ray"),
    ],
)
def test_an_engine_that_there_is_not(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["ingest", "x.txt", "--store", str(tmp_path / "s"), *words])
    assert says in str(done.exception)
    assert not (tmp_path / "s").exists()
