"""Events for the tests of the exporters, written here."""

from __future__ import annotations

import pytest

from dateline.exports.exported import Exported, exported
from dateline.record import CiteInfo, Entity, Event, Place, Telling, TextInfo


def party(code: str | None, sector: str | None, cameo: str | None, words: str, **more: object) -> Entity:
    return Entity(code=code, sector=sector, cameo=cameo, entity_text=words, start=0, end=4, **more)  # type: ignore[arg-type]


KENYA = party("KEN", "GOV", "KEN", "Nairobi", identifier_text="Kenya", identifier_id="Q114")
ROMANIA = party("ROU", "MIL", "ROUMIL", "Romanian troops", other_sectors=["GOV"])
NATIONS = party("UNO", "GOV", "IGOUNOGOV", "the UN", identifier_text="United Nations")
CROWD = party(None, "CVL", "CVL", "villagers")
MANDERA = Place(
    extracted_place="Mandera",
    resolved_place="Mandera",
    geonameid=187896,
    lat=3.93726,
    lon=41.85688,
    city="Mandera",
    province="Mandera County",
    country="Kenya",
    country_code="KEN",
    feature_code="PPLA",
    resolution=4,
    start=0,
    end=7,
)
KENYA_PLACE = Place(
    extracted_place="Kenya",
    resolved_place="Kenya",
    lat=1.0,
    lon=38.0,
    country="Kenya",
    country_code="KEN",
    resolution=1,
    start=0,
    end=5,
)
TEXAS = Place(
    extracted_place="Texas",
    resolved_place="Texas",
    lat=31.25,
    lon=-99.25,
    province="Texas",
    country="United States",
    country_code="USA",
    resolution=2,
    start=0,
    end=5,
)


def make(id: str, **changes: object) -> Event:
    fields: dict[str, object] = {
        "id": id,
        "doc": "a1",
        "date": "2024-03-12",
        "enddate": "2024-03-12",
        "date_precision": "day",
        "actor": [KENYA],
        "recipient": [ROMANIA],
        "event": ["ACCUSE"],
        "mode": ["allege"],
        "context": ["legal", "economic"],
        "quad_code": 3,
        "event_scale": -2.5,
        "cameo": "112",
        "event_loc": MANDERA,
        "event_text": "accused",
        "text": "Kenya accused Romanian troops of theft.",
        "text_info": TextInfo(sequence=1, start=0, end=39),
        "mentions": [Telling(start=0, end=39, trigger_start=6, trigger_end=13)],
        "cite_info": CiteInfo(
            title="Theft",
            url="https://www.paper.example/a1",
            publication="The Paper",
            language="en",
            date="2024-03-13",
        ),
        "confidence": 0.7,
        "coder": "dateline 0",
        "coded_date": "2024-03-14",
    }
    return Event(**{**fields, **changes})  # type: ignore[arg-type]


NASTY = 'tab\there\nline "quoted", semi; =1+1 \x1b[31m\u202e'


@pytest.fixture
def events() -> list[Event]:
    """One of each kind: plain, many parties, mutual, denied, announced, unplaced, hostile text."""
    return [
        make("dl-1"),
        make(
            "dl-2",
            actor=[KENYA, NATIONS],
            recipient=[ROMANIA, CROWD],
            event_loc=KENYA_PLACE,
            size={"dead": 3, "hostages": 2, "vehicles": 1},
            event=["ASSAULT"],
            mode=[],
            cameo="190",
            quad_code=4,
            event_scale=-9.0,
        ),
        make(
            "dl-3", actor=[KENYA, NATIONS], recipient=[], event=["CONSULT"], mode=[], cameo="046", quad_code=1
        ),
        make("dl-4", aux=["negation"]),
        make("dl-5", aux=["future"], event_loc=TEXAS),
        make("dl-6", event_loc=None, date=None, enddate=None, date_precision="unknown", recipient=[]),
        make(
            "dl-7",
            actor=[party("KEN", "COP", "KENCOP", f"=cmd {NASTY}", identifier_text=f"=cmd {NASTY}")],
            event_loc=TEXAS,
            event_text=f"+{NASTY}",
            text=f"@{NASTY}",
            cite_info=CiteInfo(title=f"-{NASTY}", url="=cmd|x", publication=f"=P {NASTY}"),
            coded_date="",
        ),
    ]


@pytest.fixture
def items(events: list[Event]) -> list[Exported]:
    """The events as exporters take them; the first reported widely."""
    urls = ["https://www.paper.example/a1", "https://other.example/b;2"]
    wide = Exported(events[0], 5, 2, ["paper.example", "other.example"], urls, 3)
    return [wide, *map(exported, events[1:])]
