"""Three thousand strings that run as scripts where a page lets text become markup: none does.

They are made of the parts that such strings are known to be made of (elements that load or focus, event
handlers, ways out of attributes, comments and raw text, schemes, encodings), not copied from a list.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import random
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import lxml.html
import pytest
from starlette.testclient import TestClient

from dateline.article import Article
from dateline.desk.app import make_app
from dateline.ingest import ArticleStore, open_store
from dateline.record import Attribution, CiteInfo, Entity, Event, Place, Telling, TextInfo

HIT = "alert(1)"
_ELEMENTS = (
    "img src=x",
    "svg",
    "body",
    "video src=x",
    "audio src=x",
    "iframe",
    "details open",
    "input autofocus",
    "select autofocus",
    "textarea autofocus",
    "marquee",
    "object data=x",
    "embed src=x",
    "math",
    "a href=#",
    "form",
    "button autofocus",
    "style",
    "link rel=stylesheet href=x",
    "svg><animate attributeName=x dur=1s",
    "svg><set attributeName=x",
    "x tabindex=1 id=x",
)
_HANDLERS = (
    "onload",
    "onerror",
    "onfocus",
    "onmouseover",
    "onclick",
    "ontoggle",
    "onstart",
    "onbegin",
    "onanimationstart",
    "onpointerenter",
    "onwheel",
    "onpageshow",
)
_OUT = ("", '">', "'>", "</textarea>", "</title>", "</script>", "-->", "</style>", "]]>", "`>", "</select>")
_SCHEMES = (
    "javascript:",
    "JaVaScRiPt:",
    "java\tscript:",
    "\x01javascript:",
    "data:text/html,<script>",
    "vbscript:",
)
_WHOLE = (
    f"<script>{HIT}</script>",
    f"<ScRiPt>{HIT}</sCrIpT>",
    f"<script/src=data:,{HIT}></script>",
    f"<<script>{HIT}//<</script>",
    f"&lt;script&gt;{HIT}&lt;/script&gt;",
    f"\\x3cscript\\x3e{HIT}\\x3c/script\\x3e",
    f"<svg><script>{HIT}</script></svg>",
    f"<svg><foreignObject><iframe srcdoc='<script>parent.{HIT}</script>'></foreignObject></svg>",
    f"{{{{constructor.constructor('{HIT}')()}}}}",
    f"{{% set x = cycler.__init__.__globals__ %}}{HIT}",
    f"${{{HIT}}}",
    f"' onmouseover='{HIT}' x='",
    f'" autofocus onfocus="{HIT}" x="',
    f"\u202e<script>{HIT}</script>\u202c",
    f"\ufeff<script>{HIT}</script>",
    f"<scr\0ipt>{HIT}</scr\0ipt>",
    f"<base href='javascript:{HIT}//'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{HIT}'>",
)


def _made() -> Iterator[str]:
    yield from _WHOLE
    for scheme, out in itertools.product(_SCHEMES, _OUT):
        yield f'{out}<a href="{scheme}{HIT}">x</a>'
        yield f'{out}<iframe src="{scheme}{HIT}"></iframe>'
    for out, element, handler in itertools.product(_OUT, _ELEMENTS, _HANDLERS):
        yield f"{out}<{element} {handler}={HIT}>"


# Mixed, so that no article looks like a copy of another.
STRINGS = tuple(random.Random(1).sample(list(itertools.islice(_made(), 3000)), 3000))
AUTHOR = f"<script>{HIT}</script>"
AN_ARTICLE = 100  # strings of an article
AN_EVENT = 5  # strings of an event
Visit = Callable[..., Any]


def code(article: Article) -> list[Event]:
    """Records whose every text is one of the article's strings."""
    lines = article.text.split("\n\n")
    found, at = [], 0
    for number in range(0, len(lines), AN_EVENT):
        who, whom, act, place, speaker = lines[number : number + AN_EVENT]
        end = at + len("\n\n".join(lines[number : number + AN_EVENT]))
        span = {"start": at, "end": at + len(who)}
        key = hashlib.sha256(f"{article.id}{number}".encode()).hexdigest()
        found.append(
            Event(
                id=f"dl-{key[:16]}",
                doc=article.id,
                date=article.date.isoformat() if article.date else None,
                enddate=None,
                date_precision="day",
                actor=[Entity(code="KEN", sector="GOV", entity_text=who, identifier_text=who, **span)],
                recipient=[Entity(entity_text=whom, identifier_text=whom, office=whom, **span)],
                event=["THREATEN"],
                aux=["future"] if number % 2 else [],
                quad_code=3,
                event_scale=-3.5,
                cameo="130",
                event_loc=Place(
                    extracted_place=place,
                    resolved_place=place,
                    lat=1.0,
                    lon=number / 2.0,
                    resolution=4,
                    **span,
                ),
                size={"dead": number},
                attribution=[Attribution(entity_text=speaker, cue=speaker, **span)],
                event_text=act,
                text=article.text[at:end],
                text_info=TextInfo(sequence=number, start=at, end=end),
                mentions=[Telling(start=at, end=end, trigger_start=at, trigger_end=at + len(who))],
                cite_info=CiteInfo(title=article.title, url=article.url, publication=article.publication),
                why={"event": act, "actor": who},
                confidence=0.5,
                coder=act,
                coded_date="2024-05-01",
            )
        )
        at = end + 2
    return found


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> ArticleStore:
    """A store whose articles, titles, publishers, addresses and records are hostile text."""
    store = open_store(tmp_path_factory.mktemp("hostile") / "store")
    articles = []
    for n in range(0, len(STRINGS), AN_ARTICLE):
        lines = STRINGS[n : n + AN_ARTICLE]
        day = dt.date(2024, 5, 1) + dt.timedelta(days=n // AN_ARTICLE % 20)
        articles.append(
            Article(
                lines[0],
                "\n\n".join(lines),
                date=day,
                title=lines[1],
                url=("javascript:alert(1)//" if n % 200 else "https://h.example/") + lines[2],
                publication=lines[3],
                author=lines[4],
            )
        )
    store.ingest(articles, coder=code, link=True)
    assert store.query("SELECT count(*) FROM tellings").to_dict()[0]["count_star()"] == 600
    return store


@pytest.fixture(scope="module")
def asking(hostile: ArticleStore) -> TestClient:
    return TestClient(make_app(hostile, author=AUTHOR), base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def address(hostile: ArticleStore, serve: Callable[..., Any]) -> Iterator[str]:
    with serve(hostile, AUTHOR) as found:
        yield found


def paths(store: ArticleStore) -> list[str]:
    """Every view, and every page of those that page."""
    events = [row["id"] for row in store.query("SELECT id FROM events ORDER BY id").to_dict()]
    found = ["/?days=30", "/timeline", "/network", "/map", "/ledger", "/api", "/sql?sql=SELECT+*+FROM+events"]
    articles = [row["article"] for row in store.query("SELECT article FROM articles ORDER BY seq").to_dict()]
    found += ["/articles", *(f"/article/{key}" for key in articles)]
    found += [f"/record/{key}" for key in events[::20]]
    found += [f"/events?page={n + 1}" for n in range(-(-len(events) // 50))]
    return found


def markup(text: str) -> list[str]:
    """What in a page could run: scripts that are not the desk's, handlers, addresses that are scripts."""
    found = []
    for element in lxml.html.document_fromstring(text).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("iframe", "object", "embed", "base", "frame", "foreignobject", "animate", "set"):
            found.append(element.tag)
        data = element.tag == "script" and element.get("type") == "application/json"
        if element.tag == "script" and not data and not str(element.get("src", "")).startswith("/static/"):
            found.append("script")
        for name, value in element.attrib.items():
            address = "".join(value.split()).lower().lstrip("".join(map(chr, range(33))))
            if name.lower().startswith("on") or name.lower() in ("style", "srcdoc", "http-equiv"):
                found.append(f"{element.tag} {name}")
            if name.lower() in ("href", "src", "action", "formaction", "xlink:href", "data") and not (
                address.startswith(("/", "#", "https://h.example/", "?"))
            ):
                found.append(f"{element.tag} {name}={value[:60]}")
    return found


def test_no_view_turns_text_into_markup(hostile: ArticleStore, asking: TestClient) -> None:
    for path in paths(hostile):
        answer = asking.get(path)
        assert answer.status_code == 200, path
        assert markup(answer.text) == [], path


def test_no_address_is_given_back_as_markup(asking: TestClient) -> None:
    for n, string in enumerate(STRINGS):
        name = ("actor", "place", "publisher", "type", "since", "confidence")[n % 6]
        answer = asking.get(("/events", "/sql")[n % 2], params={name: string, "sql": string})
        assert answer.status_code in (200, 400, 422), string
        assert markup(answer.text) == [], string


def test_no_path_is_given_back_as_markup(asking: TestClient) -> None:
    for string in STRINGS[::50]:
        answer = asking.get("/" + quote(string, safe=""))
        assert answer.status_code == 404
        assert markup(answer.text) == []


def test_nothing_runs_in_a_browser_even_without_the_policy(
    hostile: ArticleStore, address: str, visit: Visit, faults: list[str]
) -> None:
    page = visit("about:blank", bypass_csp=True)
    for path in paths(hostile):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.keyboard.press("Tab")
    assert [fault for fault in faults if "dialog" in fault or "is not defined" in fault] == []
