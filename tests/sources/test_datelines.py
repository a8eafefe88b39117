"""Datelines: (opening, place, day, what follows)."""

from __future__ import annotations

import pytest

from dateline.sources.datelines import read_dateline
from dateline.sources.days import Day

YES = [
    ("[PARIS] France sent more troops to the coast.", "PARIS", None, "France"),
    ("[Nairobi] Kenya closed its embassy on Friday.", "Nairobi", None, "Kenya"),
    ("PARIS, Nov 25 (Reuters) - France sent troops.", "PARIS", (None, 11, 25), "France"),
    ("BEIRUT (AP) — The army left the town.", "BEIRUT", None, "The army"),
    ("BEIRUT (AP) _ The army left the town.", "BEIRUT", None, "The army"),
    ("WASHINGTON, March 3 /PRNewswire/ -- A group asked for aid.", "WASHINGTON", (None, 3, 3), "A group"),
    ("LIMA, 6 NOV 89 (EL DIARIO) -- [TEXT] THE ARMY LEFT.", "LIMA", (1989, 11, 6), "THE ARMY"),
    (
        "QUITO (ECUADOR), 2 MAR 90 (DPA) -- [REPORT] [ANNOUNCER] IT RAINED.",
        "QUITO, ECUADOR",
        (1990, 3, 2),
        "IT",
    ),
    ("LA PAZ, NO DATE (RADIO NORTE) -- [TEXT] THE MINERS STRUCK.", "LA PAZ", None, "THE MINERS"),
    ("NO CITY (PERU), NO DATE (RADIO SUR) -- WE FIGHT ON.", "PERU", None, "WE"),
    ("THE HAGUE, June 19 - The court met.", "THE HAGUE", (None, 6, 19), "The court"),
    ("CLANDESTINE, 4 JAN 90 (RADIO SUR) -- WE FIGHT ON.", None, (1990, 1, 4), "WE"),
    ("SEOUL/TOKYO (Reuters) - The two met.", "SEOUL", None, "The two"),
    ("SEOUL, South Korea — The North fired a rocket.", "SEOUL, South Korea", None, "The North"),
    ("ERIE, Pa. (AP) - Police closed a bridge.", "ERIE, Pa.", None, "Police"),
    ("Portsmouth, Va. – Police closed a bridge.", "Portsmouth, Va.", None, "Police"),
    ("Lyon (AFP) – Police closed a bridge.", "Lyon", None, "Police"),
    ("GENEVA (25 November 2015) – Experts asked for access.", "GENEVA", (2015, 11, 25), "Experts"),
    ("PARIS, 25 November 2015 (AFP) - France sent troops.", "PARIS", (2015, 11, 25), "France"),
    ("ACCRA, Ghana, Nov. 7, 2016 (Xinhua) -- The bank lent.", "ACCRA, Ghana", (2016, 11, 7), "The bank"),
    ("AMMAN, Jordan, Wednesday, Nov. 4 - The king left.", "AMMAN, Jordan", (None, 11, 4), "The king"),
    ("Moscow, Nov 3, Interfax - Russia paid.", "Moscow", (None, 11, 3), "Russia"),
    ("MOSCOW, Reuters - Russia paid.", "MOSCOW", None, "Russia"),
    ("NEW DELHI, Nov 25 (PTI) India paid.", "NEW DELHI", (None, 11, 25), "India"),
    ("Cairo, Egypt (CNN)The army left.", "Cairo, Egypt", None, "The army"),
    ("(Reuters) - The army left.", None, None, "The army"),
    ("Dec 29 (Reuters) - Oil fell.", None, (None, 12, 29), "Oil"),
    ("Mar. 21 -- A fire broke out.", None, (None, 3, 21), "A fire"),
    ("ANKARA - Turkey paid.", "ANKARA", None, "Turkey"),
    ("PORT-AU-PRINCE, Haiti - The police left.", "PORT-AU-PRINCE, Haiti", None, "The police"),
    ("RIO DE JANEIRO (Reuters) - Brazil paid.", "RIO DE JANEIRO", None, "Brazil"),
    ("N'DJAMENA (AFP) - Chad paid.", "N'DJAMENA", None, "Chad"),
    ("WASHINGTON D.C. - The Senate voted.", "WASHINGTON D.C.", None, "The Senate"),
    ("McALLEN, Texas — The patrol left.", "McALLEN, Texas", None, "The patrol"),
    ("Paris, France; 3 May 2016 — The bank lent.", "Paris, France", (2016, 5, 3), "The bank"),
    ("GARISSA, Kenya, March 12 (Coast Wire) - Gunmen fled.", "GARISSA, Kenya", (None, 3, 12), "Gunmen"),
    ("LIMA, 12 March (Wire) - Gunmen fled.", "LIMA", (None, 3, 12), "Gunmen"),
    ("OSLO, Norway (KXYZ) –\nThe police left.", "OSLO, Norway", None, "The police"),
]

NO = [
    "TRUMP: We shall see what comes of it.",
    "But wait — There is more to come.",
    "Jane Roe — A doctor in the town — disagreed.",
    "EXCLUSIVE – The army left the town.",
    "UPDATE: Two men were arrested.",
    "NATO — the alliance — sent no troops.",
    "ISIS - The group left the town.",
    "On May 3 - The army left the town.",
    "The army left -- As it had to -- the town.",
    "THE ARMY LEFT -- AS IT HAD TO -- THE TOWN.",
    "Indian Naval Services (INS) Example sailed on Monday.",
    "FILE - In this Nov. 3, 2015 file photo, the king waves.",
    "[TEXT]",
    "Attacks of 3 May (Colonia Sur) - The third this week.",
    "The twenty-year-old soldier left.",
    "",
]


@pytest.mark.parametrize(("text", "place", "day", "rest"), YES)
def test_dateline(text: str, place: str | None, day: tuple[int | None, int, int] | None, rest: str) -> None:
    found = read_dateline(text)
    assert found is not None
    assert found.place == place
    assert found.day == (Day(*day) if day else None)
    assert text[found.end :].startswith(rest)


@pytest.mark.parametrize("text", NO)
def test_no_dateline(text: str) -> None:
    assert read_dateline(text) is None
