"""What day an event happened, by the sentence that tells of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from dateline.language.parsed import Parsed
from dateline.mentions.times import find_times
from dateline.resolve.days import When, event_days

Parse = Callable[..., Parsed]
PUBLISHED = "2015-11-24"  # a Tuesday


def days(parse_text: Parse, text: str, trigger: str, date: str | None = PUBLISHED) -> When:
    parsed = parse_text(text, date)
    head = next(token.i for token in parsed.doc if parsed.word(token) == trigger)
    return event_days(parsed, head, find_times(parsed))


def iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


# text, trigger, first day, last day (None: the same), whether it is historical
EVENTS = [
    ("Gunmen killed four soldiers near Gao on Sunday.", "killed", "2015-11-22", None, False),
    ("A clerk was stabbed while locking up his shop on Sunday.", "stabbed", "2015-11-22", None, False),
    ("Officers were called to the pier on Sunday.", "called", "2015-11-22", None, False),
    ("The brothers fled on Sunday. Two guards were shot.", "shot", "2015-11-22", None, False),
    ("A clerk was stabbed. The incident happened on Sunday.", "stabbed", "2015-11-22", None, False),
    ("A clerk was stabbed. The mayor spoke on Sunday.", "stabbed", "2015-11-24", None, False),
    ("Police on Monday arrested six men in Lyon.", "arrested", "2015-11-23", None, False),
    ("The minister met his Chinese counterpart in Geneva yesterday.", "met", "2015-11-23", None, False),
    ("Troops launched an attack on the village last Friday.", "attack", "2015-11-20", None, False),
    ("Troops launched an attack on the village last Friday.", "launched", "2015-11-20", None, False),
    ("Norway said on Wednesday it would lend two frigates to Malta.", "said", "2015-11-18", None, False),
    ("Norway said on Wednesday it would lend two frigates to Malta.", "lend", "2015-11-18", None, False),
    ("The president will visit Ankara on Thursday.", "visit", "2015-11-26", None, False),
    ("The two sides are to hold talks on Friday in Vienna.", "talks", "2015-11-27", None, False),
    (
        "The November 13 attacks, in which gunmen killed 130 people, shocked France.",
        "attacks",
        "2015-11-13",
        None,
        True,
    ),
    (
        "The November 13 attacks, in which gunmen killed 130 people, shocked France.",
        "killed",
        "2015-11-13",
        None,
        True,
    ),
    ("Monday's bombing wounded nine people.", "bombing", "2015-11-23", None, False),
    ("Monday's bombing wounded nine people.", "wounded", "2015-11-23", None, False),
    (
        "The army shelled the town, killing three civilians, on Saturday.",
        "killing",
        "2015-11-21",
        None,
        False,
    ),
    ("Rebels attacked a convoy and killed two drivers on Monday.", "attacked", "2015-11-23", None, False),
    ("On Sunday, protesters stormed the embassy and burned flags.", "burned", "2015-11-22", None, False),
    ("Turkey shot down a Russian warplane on Tuesday.", "shot", "2015-11-24", None, False),
    ("Britain expelled two diplomats this week.", "expelled", "2015-11-23", "2015-11-24", False),
    ("Lawmakers will vote on the bill this week.", "vote", "2015-11-24", "2015-11-29", False),
    ("France has invoked the treaty's mutual defence clause.", "invoked", "2015-11-24", None, False),
    ("The foreign minister condemned the attack.", "condemned", "2015-11-24", None, False),
    ("Iraq invaded Kuwait in August 1990.", "invaded", "1990-08-01", "1990-08-31", True),
    ("The rebels signed a ceasefire two weeks ago.", "signed", "2015-11-09", "2015-11-15", True),
    ("Thousands were killed during the war in the 1990s.", "killed", "1990-01-01", "1999-12-31", True),
    ("The union called a strike for Friday.", "strike", "2015-11-27", None, False),
    (
        "The court sentenced the general to ten years in prison on Nov. 19.",
        "sentenced",
        "2015-11-19",
        None,
        False,
    ),
    (
        "Pakistani officials said Monday that a drone strike killed five militants on Sunday.",
        "killed",
        "2015-11-22",
        None,
        False,
    ),
    (
        "Pakistani officials said Monday that a drone strike killed five militants on Sunday.",
        "said",
        "2015-11-23",
        None,
        False,
    ),
    (
        "A roadside bomb killed two policemen in Kandahar, an official said Monday.",
        "killed",
        "2015-11-23",
        None,
        False,
    ),
    ("Rioters clashed with police overnight.", "clashed", "2015-11-23", "2015-11-24", False),
    ("The governor was abducted in March and freed on Monday.", "abducted", "2015-03-01", "2015-03-31", True),
    ("The governor was abducted in March and freed on Monday.", "freed", "2015-11-23", None, False),
    ("The king will receive the envoy tomorrow.", "receive", "2015-11-25", None, False),
    ("The parties agreed late on Sunday to resume talks.", "agreed", "2015-11-22", None, False),
    ("Ukraine accused Russia on Monday of shelling its positions.", "accused", "2015-11-23", None, False),
    ("Security forces have detained 200 people since Friday.", "detained", "2015-11-20", "2015-11-24", False),
    ("The ministers are scheduled to meet in Brussels on Dec. 4.", "meet", "2015-12-04", None, False),
    ("Aid workers delivered food to the camp last month.", "delivered", "2015-10-01", "2015-10-31", True),
    (
        "Hundreds marched through Athens on Nov 21 to protest against cuts.",
        "marched",
        "2015-11-21",
        None,
        False,
    ),
    (
        "Gunmen stormed a hotel in Bamako on Friday. They killed 19 people.",
        "killed",
        "2015-11-20",
        None,
        False,
    ),
    ("The prime minister resigned earlier on Tuesday.", "resigned", "2015-11-24", None, False),
    ("The two countries cut diplomatic ties in 2011.", "cut", "2011-01-01", "2011-12-31", True),
    (
        "The Senate approved the sanctions by 60 votes to 38 on Thursday, days after the crash.",
        "approved",
        "2015-11-19",
        None,
        False,
    ),
    (
        "The president condemned the attack on Monday in which 12 people died.",
        "attack",
        "2015-11-23",
        None,
        False,
    ),
    (
        "In a speech on Sunday, the cleric urged his followers to lay down their arms.",
        "urged",
        "2015-11-22",
        None,
        False,
    ),
    (
        "The United Nations suspended aid on Saturday after gunmen attacked a convoy on Thursday.",
        "suspended",
        "2015-11-21",
        None,
        False,
    ),
    (
        "The United Nations suspended aid on Saturday after gunmen attacked a convoy on Thursday.",
        "attacked",
        "2015-11-19",
        None,
        False,
    ),
    ("Israel carried out air strikes on Gaza on Sunday night.", "strikes", "2015-11-22", None, False),
    ("Israel carried out air strikes on Gaza on Sunday night.", "carried", "2015-11-22", None, False),
    ("NATO said it would deploy more troops next year.", "deploy", "2016-01-01", "2016-12-31", False),
    ("The militants freed the hostages on Tuesday morning.", "freed", "2015-11-24", None, False),
    ("Fighting broke out on Wednesday between rival militias.", "Fighting", "2015-11-18", None, False),
    ("The Iranian navy seized a cargo ship on 17 November.", "seized", "2015-11-17", None, False),
    (
        "Police arrested a man on Monday who killed two people in 2009.",
        "killed",
        "2009-01-01",
        "2009-12-31",
        True,
    ),
    ("Police arrested a man on Monday who killed two people in 2009.", "arrested", "2015-11-23", None, False),
    ("The opposition leader was jailed years ago for fraud.", "jailed", None, None, True),
    (
        "The demonstration took place between Saturday and Sunday.",
        "demonstration",
        "2015-11-21",
        "2015-11-22",
        False,
    ),
    ("The shelling lasted from Thursday to Saturday.", "shelling", "2015-11-19", "2015-11-21", False),
    ("Moscow condemned on Monday the attack in Mali.", "condemned", "2015-11-23", None, False),
    ("Moscow condemned Friday's attack in Mali.", "condemned", "2015-11-24", None, False),
    ("Moscow condemned Friday's attack in Mali.", "attack", "2015-11-20", None, False),
    ("The victims of the bombing were buried on Sunday.", "buried", "2015-11-22", None, False),
    ("The victims of the bombing were buried on Sunday.", "bombing", "2015-11-24", None, False),
    ("A wave of bombings hit Baghdad on Saturday.", "bombings", "2015-11-21", None, False),
    ("Protesters are planning to rally on Saturday.", "rally", "2015-11-28", None, False),
    (
        "The ceasefire, signed in February, has been broken repeatedly.",
        "signed",
        "2015-02-01",
        "2015-02-28",
        True,
    ),
    ("Two suspects arrested on Sunday were charged on Monday.", "arrested", "2015-11-22", None, False),
    ("Two suspects arrested on Sunday were charged on Monday.", "charged", "2015-11-23", None, False),
    ("The army had seized the airport a day earlier.", "seized", "2015-11-23", None, False),
    ("Speaking on Monday, the premier rejected the proposal.", "rejected", "2015-11-23", None, False),
    ('"We will not negotiate," the rebel commander said on Monday.', "negotiate", "2015-11-23", None, False),
    (
        "The minister told reporters in Cairo on Sunday that Egypt had closed the crossing on Friday.",
        "closed",
        "2015-11-20",
        None,
        False,
    ),
    (
        "The minister told reporters in Cairo on Sunday that Egypt had closed the crossing on Friday.",
        "told",
        "2015-11-22",
        None,
        False,
    ),
    ("The European Union will impose sanctions from January.", "impose", "2016-01-01", "2016-01-31", False),
    ("Russia pledged last week to withdraw its troops.", "pledged", "2015-11-16", "2015-11-22", False),
    ("Russia pledged last week to withdraw its troops.", "withdraw", "2015-11-16", "2015-11-22", False),
    ("The camp was shelled at 3 a.m. on Monday, wounding dozens.", "wounding", "2015-11-23", None, False),
    ("Workers went on strike on Monday to demand higher pay.", "strike", "2015-11-23", None, False),
    ("Workers went on strike on Monday to demand higher pay.", "demand", "2015-11-23", None, False),
    (
        "China's president arrived in Hanoi on Thursday for talks with his counterpart.",
        "talks",
        "2015-11-19",
        None,
        False,
    ),
    ("The attack came three days after a bombing in Beirut on Nov. 12.", "bombing", "2015-11-12", None, True),
    ("The United States bombed the camp in the early hours of Monday.", "bombed", "2015-11-23", None, False),
    (
        "Six people died on Friday and Saturday in clashes with police.",
        "clashes",
        "2015-11-20",
        "2015-11-21",
        False,
    ),
    (
        "Army units fired tear gas on Tuesday at crowds that had gathered outside parliament.",
        "fired",
        "2015-11-24",
        None,
        False,
    ),
    ("The rebels attack convoys.", "attack", "2015-11-24", None, False),
    ("Kenya will hold an election in 2017.", "hold", "2017-01-01", "2017-12-31", False),
    ("The coup of 1973 was backed by Washington.", "coup", "1973-01-01", "1973-12-31", True),
    ("Riot police used water cannon in Warsaw on Nov. 11, 2015.", "used", "2015-11-11", None, True),
    (
        "The bishop was murdered in 1980 by a death squad, a court said on Monday.",
        "murdered",
        "1980-01-01",
        "1980-12-31",
        True,
    ),
    ("The opposition plans a march on Sunday.", "march", "2015-11-29", None, False),
    (
        "Seoul announced Monday that it has suspended aid to the North.",
        "suspended",
        "2015-11-23",
        None,
        False,
    ),
    ("The presidents of Russia and Turkey will meet next month.", "meet", "2015-12-01", "2015-12-31", False),
    ("Government forces began shelling the city on Sunday.", "began", "2015-11-22", None, False),
    (
        "Two rival groups extended their truce to allow aid deliveries on Friday.",
        "extended",
        "2015-11-20",
        None,
        False,
    ),
    ("Nine soldiers were killed when a mine exploded on Monday.", "killed", "2015-11-23", None, False),
    ("Last month's explosion may be linked to the group.", "explosion", "2015-10-01", "2015-10-31", True),
    ("The attack by rebels last week drew no response.", "attack", "2015-11-16", "2015-11-22", False),
    ("An ambush that killed six soldiers on Sunday was filmed.", "ambush", "2015-11-22", None, False),
    ("The government plans to expel the envoy on Friday.", "plans", "2015-11-24", None, False),
    ("The government plans to expel the envoy on Friday.", "expel", "2015-11-27", None, False),
    ("The group began raising funds in July and holds the town.", "holds", "2015-11-24", None, False),
    ("Six men were shot in Aden on Sunday, police said.", "said", "2015-11-24", None, False),
    ("Rebels freed two hostages, kidnapped in 2012, on Sunday.", "freed", "2015-11-22", None, False),
    (
        "Rebels freed two hostages, kidnapped in 2012, on Sunday.",
        "kidnapped",
        "2012-01-01",
        "2012-12-31",
        True,
    ),
    (
        "Israel and Hamas agreed on a truce that took effect on Wednesday.",
        "agreed",
        "2015-11-24",
        None,
        False,
    ),
]


@pytest.mark.parametrize(("text", "trigger", "first", "last", "historical"), EVENTS)
def test_day(
    parse_text: Parse, text: str, trigger: str, first: str | None, last: str | None, historical: bool
) -> None:
    when = days(parse_text, text, trigger)
    assert (iso(when.first_day), iso(when.last_day)) == (first, last or first)
    assert when.historical is historical


# text, trigger, precision, why
REASONS = [
    ("Gunmen killed four soldiers on Sunday.", "killed", "day", "time at the event"),
    ("The army shelled a town on Sunday, killing six.", "killing", "day", "time of the clause"),
    ("Rebels killed six men, the army said on Monday.", "killed", "day", "time of the saying"),
    (
        "The attack last week in which six men died was filmed.",
        "died",
        "week",
        "time of the noun it describes",
    ),
    ("The town was shelled in May.", "shelled", "month", "time at the event"),
    ("The town was shelled in 2009.", "shelled", "year", "time at the event"),
    ("France has deployed troops to Mali.", "deployed", "day", "publication day"),
    ("France will deploy troops to Mali.", "deploy", "unknown", "publication day"),
    ("Gunmen stormed a hotel on Friday. They killed six people.", "killed", "day", "day told before"),
]


@pytest.mark.parametrize(("text", "trigger", "precision", "why"), REASONS)
def test_reason(parse_text: Parse, text: str, trigger: str, precision: str, why: str) -> None:
    when = days(parse_text, text, trigger)
    assert (when.precision, when.why) == (precision, why)


def test_without_publication_date(parse_text: Parse) -> None:
    """A full date holds without a publication date; a weekday names no day."""
    when = days(parse_text, "Gunmen killed four soldiers on 22 November 2015.", "killed", None)
    assert (iso(when.first_day), when.historical) == ("2015-11-22", False)
    when = days(parse_text, "Gunmen killed four soldiers on Sunday.", "killed", None)
    assert (when.first_day, when.precision) == (None, "unknown")


def test_every_token_of_every_sentence(parse_text: Parse) -> None:
    """Whatever the trigger, days are in order, and a past event is not dated after publication."""
    for text, *_ in EVENTS:
        parsed = parse_text(text, PUBLISHED)
        times = find_times(parsed)
        for token in parsed.doc:
            when = event_days(parsed, token.i, times)
            assert (when.first_day is None) == (when.last_day is None)
            if when.first_day and when.last_day:
                assert when.first_day <= when.last_day
                assert not (when.historical and when.last_day >= dt.date.fromisoformat(PUBLISHED))
