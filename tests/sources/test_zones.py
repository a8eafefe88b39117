"""What a paragraph is: tables of (paragraph, kind), and whole articles."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline.article import ZoneKind
from dateline.sources.furniture import judge
from dateline.sources.paragraphs import LONGEST, paragraphs
from dateline.sources.zones import Layout, find_zones

FURNITURE = [
    "You are here",
    "You are here: Home",
    "Home > World > Europe",
    "Home » News » Africa",
    "World | Politics | Business | Sport",
    "Home News Sport Weather Video",
    "Politics",
    "Share",
    "Tweet",
    "Share on Facebook",
    "Advertisement",
    "ADVERTISEMENT",
    "Story continues below advertisement",
    "Read more: Why the talks failed",
    "READ MORE: Minister resigns over leak",
    "Related: Five things to know about the border",
    "Sign up for our newsletter",
    "Get the day's best stories. Sign up for our newsletter here.",
    "Subscribe to our daily briefing",
    "Follow us on Twitter",
    "© 2015 The Harbour Post",
    "Copyright 2015 The Harbour Post. All rights reserved.",
    "(Copyright 2015 by The Harbour Post. All rights reserved.)",
    "By John Smith",
    "By John Smith and Mary Holt, Harbour Post",
    "BY JOHN SMITH",
    "By Mary Holt, Staff Writer",
    "Last updated 12:30",
    "Published: 25 November 2015, 09:20 GMT",
    "Updated at 9:50 p.m. ET Thursday",
    "2015-11-25 17:52",
    "November 4, 2015",
    "3 hours ago",
    "Reuters",
    "AFP / Reuters",
    "___",
    "* * *",
    "https://www.harbourpost.example/world/a-story",
    "mary.holt@harbourpost.example",
    "Twitter: @maryholt",
    "We use cookies to give you the best experience on our website.",
    "Please enable JavaScript to watch this video",
    "(Reporting by Mary Holt; editing by John Smith)",
    "Mary Holt in Cairo contributed to this report.",
    "The views expressed in this article are the author's own.",
    "Click here to read the full report",
    "See also:",
]

CAPTION = [
    "French President Jean Martin (right) and Chancellor Eva Brandt (left) make a statement at the palace.",
    "President Jean Martin speaks during a news conference with Eva Brandt in Paris on Nov 25 2015.",
    "Minister Ali Noor (L) shakes hands with his counterpart (R) in Doha",
    "Photo: A. Photographer",
    "File photo of the harbour",
    "FILE - In this Nov. 3, 2015 file photo, soldiers stand guard in the port.",
    "Soldiers stand near the bridge. (AP Photo/A. Photographer)",
    "Soldiers stand near the bridge. REUTERS/A. Photographer",
    "The harbour after the storm (A. Photographer/AFP/Getty Images)",
    "Soldiers near the bridge on Monday. Credit: Reuters",
    "Image copyright Getty Images Image caption The bridge was closed",
    "The bridge (pictured) was closed in May",
    "Pictured: the mayor and his wife",
]

BODY = [
    "France signed an agreement with Germany on Monday.",
    "By Monday evening the troops had left the town.",
    "By signing up to the treaty, Iran gave up its claim.",
    "Home Secretary Jane Roe met her French counterpart.",
    "Copyright infringement talks between the two countries failed.",
    "The senator, John Roe (R), met the governor (R) on Friday.",
    "Share prices fell after Russia threatened to cut off gas.",
    "World leaders condemned the attack.",
    "Turn left, the officer said.",
    "Reuters said that its reporter had been arrested.",
    "Sixty people were killed on 25 November 2015.",
    "Syria",
    "More than 30 people were arrested.",
    "For the latest round of talks, diplomats flew to Geneva.",
    "Watch towers were built along the border.",
]


@pytest.mark.parametrize("text", FURNITURE)
def test_furniture(text: str) -> None:
    assert judge(text).kind is ZoneKind.FURNITURE


@pytest.mark.parametrize("text", CAPTION)
def test_caption(text: str) -> None:
    assert judge(text).kind is ZoneKind.CAPTION


@pytest.mark.parametrize("text", BODY)
def test_running_text(text: str) -> None:
    assert judge(text).kind is ZoneKind.BODY


def shape(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(z.kind.value, text[z.start : z.end]) for z in find_zones(text, title).zones]


PAGE = """Home > World > Africa

Egypt and Sudan sign water deal

By Mary Holt in Khartoum

Last updated 14 March 2016, 12:30

The ministers (left) shake hands in Khartoum

Egypt and Sudan signed an agreement on Monday.

Related stories

Dam talks collapse

Why the river matters

Ethiopia condemned it.

© 2016 The Harbour Post"""


def test_a_page_pasted_as_text() -> None:
    assert [kind for kind, _ in shape(PAGE)] == [
        *("furniture", "headline", "dateline", "furniture", "caption", "body"),
        *("furniture", "furniture", "furniture", "body", "furniture"),
    ]


def test_what_the_opening_says() -> None:
    layout = find_zones(PAGE)
    assert (layout.place, layout.author) == ("Khartoum", "Mary Holt")
    assert layout.stamp == dt.date(2016, 3, 14)


def test_dateline_and_text_are_two_zones() -> None:
    text = "Deal signed\n\nPARIS, Nov 25 (Reuters) - France signed it."
    assert shape(text) == [
        ("headline", "Deal signed"),
        ("dateline", "PARIS, Nov 25 (Reuters) -"),
        ("body", "France signed it."),
    ]


WIRE = """   LIMA, 6 NOV 89 (EL DIARIO) -- [TEXT] THE GOVERNMENT OF PERU SAID
TODAY THAT IT WOULD SEND FURTHER TROOPS TO THE VALLEY, WHERE REBELS
HAD ATTACKED THREE VILLAGES IN THE COURSE OF THE LAST TWO WEEKS.  THE
MINISTER DENIED THAT VILLAGERS WERE ARRESTED.

   THE REBELS REJECTED AN OFFER OF TALKS, ACCORDING TO A LETTER THAT
A RADIO STATION READ OUT.
   A SECOND LETTER WAS SENT TO THE BISHOP, WHO HAD OFFERED TO SPEAK
WITH BOTH SIDES."""


def test_wrapped_lines_are_joined() -> None:
    kinds = [(kind, words.split()[0], words.split()[-1]) for kind, words in shape(WIRE)]
    assert kinds == [
        ("dateline", "LIMA,", "[TEXT]"),
        ("body", "THE", "ARRESTED."),
        ("body", "THE", "OUT."),
        ("body", "A", "SIDES."),
    ]


def test_one_paragraph_a_line() -> None:
    text = "France signed it.\nGermany did not sign it and left.\r\nSpain waited."
    assert [words for _, words in shape(text)] == [
        "France signed it.",
        "Germany did not sign it and left.",
        "Spain waited.",
    ]


def test_title_opens_the_text() -> None:
    text = "Deal signed in Paris. PARIS (AFP) - France signed it."
    assert shape(text, "Deal signed in Paris") == [
        ("headline", "Deal signed in Paris."),
        ("dateline", "PARIS (AFP) -"),
        ("body", "France signed it."),
    ]


def test_title_with_the_name_of_the_site() -> None:
    text = "Deal signed in Paris\nFrance signed it."
    assert shape(text, "Deal signed in Paris - The Harbour Post")[0] == ("headline", "Deal signed in Paris")


def test_a_sentence_that_begins_as_the_title_is_no_headline() -> None:
    assert shape("France signed it on Monday.", "France signed") == [("body", "France signed it on Monday.")]


def test_a_single_line_without_stop_is_text() -> None:
    assert shape("France signed the deal with Germany") == [("body", "France signed the deal with Germany")]


def test_no_sentence_end_anywhere() -> None:
    text = " ".join(["troops crossed the river and"] * 100)
    assert shape(text) == [("body", text)]


def test_sentence_of_300_words_is_one_zone() -> None:
    text = "The minister said that " + "the talks went on and " * 60 + "the talks failed."
    assert shape(text) == [("body", text)]


def test_long_paragraph_is_cut_at_a_sentence_end() -> None:
    text = "The army left the town on Monday morning. " * 2000
    zones = find_zones(text).zones
    assert all(z.end - z.start <= LONGEST for z in zones)
    assert all(text[z.start : z.end].endswith("morning.") for z in zones)
    assert "".join(text[z.start : z.end] for z in zones).replace(" ", "") == text.replace(" ", "")


def test_long_paragraph_without_sentence_end_is_cut_at_a_space() -> None:
    text = "troops " * 10_000
    zones = find_zones(text).zones
    assert all(text[z.start : z.end].split()[0] == "troops" and z.end - z.start <= LONGEST for z in zones)


def test_word_of_a_thousand_letters_is_not_read() -> None:
    text = "The army left. " + "A1b2" * 500 + " It came back."
    assert [kind for kind, _ in shape(text)] == ["body", "furniture", "body"]


def test_invisible_marks_stay_outside_of_zones() -> None:
    text = "\u200f\u202bThe army left.\u202c\u200f\n\n\u200b\n\nIt came back.\f"
    assert [words for _, words in shape(text)] == ["The army left.", "It came back."]


def test_form_feed_ends_a_paragraph() -> None:
    assert len(paragraphs("The army left the town\fIt came back")) == 2


def test_remark_of_a_monitor_is_not_read() -> None:
    text = "The army left the town.\n\n[END RECORDING] It came back."
    assert shape(text)[1:] == [("furniture", "[END RECORDING]"), ("body", "It came back.")]


def test_empty_text_has_no_zones() -> None:
    assert find_zones("") == Layout(())
