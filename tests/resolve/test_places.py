"""Where a name lies, and where an event happened."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from dateline import record
from dateline.language.parsed import Parsed
from dateline.mentions.places import find_places
from dateline.resolve.places import event_place, resolve_places

Parse = Callable[..., Parsed]

# (sentence, trigger as written, its actors and recipients, the place as named or resolved)
EVENTS = [
    # in, at, near, over, outside, off
    ("Gunmen killed four soldiers in Kidal on Monday.", "killed", "Gunmen|four soldiers", "Kidal"),
    ("The army shelled rebel positions near Aleppo.", "shelled", "The army|rebel positions", "Aleppo"),
    ("A drone was shot down over Kharkiv on Friday.", "shot", "A drone", "Kharkiv"),
    ("Police arrested nine protesters outside Minsk.", "arrested", "Police|nine protesters", "Minsk"),
    ("The navy seized a tanker off Yemen last week.", "seized", "The navy|a tanker", "Yemen"),
    ("Thousands marched in Athens against the cuts.", "marched", "Thousands", "Athens"),
    # noun modifiers
    ("The Brussels attacks killed 32 people.", "attacks", "", "Brussels"),
    ("France condemned the Istanbul bombing.", "bombing", "", "Istanbul"),
    ("The Idlib raids drew anger from Ankara.", "raids", "", "Idlib"),
    # nested places: the finest
    (
        "A bomb killed six people in Afghanistan's southern Helmand province.",
        "killed",
        "six people",
        "Helmand",
    ),
    ("Rebels attacked a convoy in Goma, eastern Congo.", "attacked", "Rebels|a convoy", "Goma"),
    (
        "Troops clashed with militants on the outskirts of Benghazi.",
        "clashed",
        "Troops|militants",
        "Benghazi",
    ),
    ("Militants burned a school in the northern city of Maiduguri.", "burned", "Militants", "Maiduguri"),
    ("A car bomb exploded in the town of Jalalabad in Afghanistan.", "exploded", "", "Jalalabad"),
    # participants are not where it happened
    ("Moscow intensified its strikes in Homs.", "intensified", "Moscow", "Homs"),
    ("Turkey downed a jet over Latakia.", "downed", "Turkey", "Latakia"),
    ("Washington accused Tehran of arming rebels.", "accused", "Washington|Tehran", None),
    ("Ethiopia and Eritrea signed a treaty in Jeddah.", "signed", "Ethiopia|Eritrea", "Jeddah"),
    ("Israel attacked Lebanon.", "attacked", "Israel|Lebanon", None),
    # towns as objects and targets
    ("Warplanes bombed Raqqa on Tuesday.", "bombed", "Warplanes", "Raqqa"),
    ("Rebels launched an attack on Kobani.", "attack", "Rebels", "Kobani"),
    ("The shelling of Donetsk continued on Sunday.", "shelling", "", "Donetsk"),
    # destinations count, weaker
    ("Kenya will send 300 soldiers to Somalia.", "send", "Kenya|300 soldiers", "Somalia"),
    ("The minister travelled to Baku on Thursday.", "travelled", "The minister", "Baku"),
    ("In Vienna the envoy promised aid to Syria.", "promised", "the envoy|Syria", "Vienna"),
    # from is not where it happened
    ("Jets took off from Incirlik and bombed Mosul.", "bombed", "Jets", "Mosul"),
    ("Jets from the Charles de Gaulle aircraft carrier struck Raqqa.", "struck", "Jets", "Raqqa"),
    # light verbs and objects
    ("Militants carried out a deadly attack in Bamako.", "attack", "Militants", "Bamako"),
    ("The two ministers held talks in Geneva.", "talks", "The two ministers", "Geneva"),
    ("Soldiers opened fire on protesters in Khartoum.", "opened", "Soldiers|protesters", "Khartoum"),
    # enclosing clauses
    (
        "The army described the attacks in Nairobi, in which gunmen killed 21 people.",
        "killed",
        "gunmen|21 people",
        "Nairobi",
    ),
    (
        "Gunmen stormed a hotel in Ouagadougou and killed 18 people.",
        "killed",
        "Gunmen|18 people",
        "Ouagadougou",
    ),
    ("Officials said in Geneva that troops had killed ten people in Homs.", "killed", "troops", "Homs"),
    # capitals and common nouns
    ("Protesters clashed with police in the French capital.", "clashed", "Protesters|police", "Paris"),
    ("Troops massed on the Polish border.", "massed", "Troops", "Poland"),
    (
        "A blast hit Mogadishu. Gunmen then killed a judge in the city.",
        "killed",
        "Gunmen|a judge",
        "Mogadishu",
    ),
    ("Kenya is on alert. Three bombs exploded in the capital.", "exploded", "", "Nairobi"),
    ("A bomb at a market in Baghdad's Sadr City killed 30 people.", "bomb", "", "Sadr City"),
    ("Gunmen attacked the village of Zumbaro, near Maiduguri.", "attacked", "Gunmen", "Zumbaro"),
    ("Rebels withdrew from Homs under a truce.", "withdrew", "Rebels", "Homs"),
    ("A court in Cairo jailed 11 people over a riot in Port Said.", "jailed", "11 people", "Cairo"),
    ("A court in Cairo jailed 11 people over a riot in Port Said.", "riot", "", "Port Said"),
    ("Ukraine accused Russia of shelling Avdiivka.", "shelling", "Russia", "Avdiivka"),
    ("Kenya's president visited Rwanda in May.", "visited", "Kenya's president", "Rwanda"),
    ("Two British soldiers died outside of the Iraqi city of Amara.", "died", "", "Amara"),
    ("Bandits shot three German tourists.", "shot", "Bandits", None),
    ("Helicopters evacuated the wounded from the town of Bria.", "evacuated", "", "Bria"),
    ("They began a hunger strike over a plan to send them to Chad.", "strike", "They", None),
    ("Niger asked for help. Troops then fought rebels in the west African nation.", "fought", "", "Niger"),
    ("Sudan withdrew its troops at Egypt's urging.", "withdrew", "Sudan", None),
    ("Sudan withdrew its troops at the urging of Egypt.", "withdrew", "Sudan", None),
    ("The premier met the president of Uganda.", "met", "The premier|the president of Uganda", None),
    ("Gunmen killed the mayor of Goma.", "killed", "Gunmen|the mayor of Goma", "Goma"),
    ("Warships patrolled off the Libyan coast.", "patrolled", "Warships", "Libya"),
]


def where(parsed: Parsed, trigger: str, who: str) -> tuple[record.Place | None, str]:
    """The place of the event whose trigger is written so, and why."""
    places = resolve_places(parsed, find_places(parsed))
    head = max(t.i for t in parsed.doc if parsed.word(t) == trigger)
    text = parsed.article.text
    spans = [(text.index(w), text.index(w) + len(w)) for w in who.split("|") if w]
    return event_place(parsed, head, places, spans)


@pytest.mark.parametrize(("text", "trigger", "who", "expected"), EVENTS, ids=lambda v: str(v)[:50])
def test_event_place(parse_text: Parse, text: str, trigger: str, who: str, expected: str | None) -> None:
    place, why = where(parse_text(text), trigger, who)
    if expected is None:
        assert place is None, why
    else:
        assert place is not None
        assert expected in (place.extracted_place, place.resolved_place), (place, why)


# (text, place as written, its country's code, its region, resolution)
SENSES = [
    ("Fighting went on in Paris on Friday.", "Paris", "FRA", "Île-de-France", 4),
    ("He was born in Paris, Texas.", "Paris", "USA", "Texas", 4),
    ("The fire began in Springfield, Ill., on Monday.", "Springfield", "USA", "Illinois", 4),
    ("Police in Birmingham, Alabama, arrested a man.", "Birmingham", "USA", "Alabama", 4),
    ("The parade in Lima drew crowds from across Ohio. Toledo sent a band.", "Lima", "USA", "Ohio", 4),
    ("Georgia and Russia broke off relations; Abkhazia stayed calm.", "Georgia", "GEO", None, 1),
    ("A jury in Atlanta, Georgia, acquitted him.", "Georgia", "USA", "Georgia", 2),
    ("Rebels hold most of Latakia province.", "Latakia", "SYR", "Latakia", 2),
    ("Jets struck Latakia in Syria.", "Latakia", "SYR", "Latakia", 4),
    ("Syrian troops entered Palmyra.", "Palmyra", "SYR", "Homs", 4),
    ("A court in Pristina freed him.", "Pristina", "KOS", None, 4),
    ("US officials flew to Paris, Lyon and Nancy in France.", "US", "USA", None, 1),
    ("Ships met off Greenland.", "Greenland", "DNK", None, 1),
    ("Crowds filled the streets of Hong Kong.", "Hong Kong", "HKG", None, 1),
    ("Two rockets were fired from Gaza.", "Gaza", "PSE", None, None),
    ("The ship sank in the Black Sea.", "Black Sea", None, None, None),
    ("Leaders from Africa met.", "Africa", None, None, None),
    ("Crowds gathered in Tahrir Square.", "Tahrir Square", "EGY", None, 5),
    ("Rebels burned the village of Zumbaro in Somalia.", "Zumbaro", "SOM", None, 1),
]


@pytest.mark.parametrize(("text", "name", "code", "region", "resolution"), SENSES, ids=lambda v: str(v)[:40])
def test_sense(
    parse_text: Parse, text: str, name: str, code: str | None, region: str | None, resolution: int | None
) -> None:
    parsed = parse_text(text)
    place = next(p for p in resolve_places(parsed, find_places(parsed)) if p.extracted_place == name)
    assert place.country_code == code
    if region is not None:
        assert place.province == region
    if resolution is not None:
        assert place.resolution == resolution
    assert text[place.start : place.end] == name


def test_one_sense_an_article(parse_text: Parse) -> None:
    text = "Florence, Ala., has a new mayor.\n\nThe mayor of Florence spoke to reporters in Florence."
    parsed = parse_text(text)
    found = [p for p in resolve_places(parsed, find_places(parsed)) if p.extracted_place == "Florence"]
    assert len(found) == 3
    assert {p.province for p in found} == {"Alabama"}


def test_same_order_as_the_mentions(parse_text: Parse) -> None:
    parsed = parse_text("From Lagos he flew to Accra, then to Dakar and Nowherebad.")
    mentions = find_places(parsed)
    places = resolve_places(parsed, mentions)
    assert [(p.start, p.end) for p in places] == [(m.start, m.end) for m in mentions]
    assert resolve_places(parsed, mentions) == places


def test_the_dateline_serves_where_no_place_is_named(parse_text: Parse) -> None:
    parsed = parse_text("KHARTOUM (dateline)\n\nSoldiers shot four protesters on Sunday.")
    article = dataclasses.replace(parsed.article, dateline_place="KHARTOUM")
    here = dataclasses.replace(parsed, article=article)
    head = next(t.i for t in here.doc if t.text == "shot")
    place, why = event_place(here, head, [], [])
    assert place is not None
    assert (place.resolved_place, place.country_code, why) == ("Khartoum", "SDN", "dateline")
    assert here.article.text[place.start : place.end] == "KHARTOUM"


def test_below_the_lead_the_dateline_gives_the_country(parse_text: Parse) -> None:
    lead = "Soldiers shot four protesters. The minister spoke. He was calm."
    parsed = parse_text(f"KHARTOUM (dateline)\n\n{lead} In those years gunmen killed a judge.")
    article = dataclasses.replace(parsed.article, dateline_place="KHARTOUM")
    here = dataclasses.replace(parsed, article=article)
    found = {}
    for word in ("shot", "killed"):
        head = next(t.i for t in here.doc if t.text == word)
        place, why = event_place(here, head, [], [])
        assert place is not None
        found[word] = (place.resolved_place, place.resolution, why)
    assert found == {"shot": ("Khartoum", 4, "dateline"), "killed": ("Sudan", 1, "dateline's country")}


def test_the_paper_s_country_speaks_for_its_towns(parse_text: Parse) -> None:
    parsed = parse_text("A fire broke out in Richmond on Monday.")
    article = dataclasses.replace(parsed.article, url="https://www.example.com.au/news/1")
    abroad = dataclasses.replace(parsed, article=article)
    (place,) = resolve_places(abroad, find_places(abroad))
    assert place.country_code == "AUS"


def test_an_event_without_any_place(parse_text: Parse) -> None:
    parsed = parse_text("The minister resigned.")
    assert event_place(parsed, 2, [], []) == (None, "")


def test_every_word_may_be_a_trigger(parse_text: Parse) -> None:
    text = " ".join(sentence for sentence, *_ in EVENTS[:12])
    parsed = parse_text(text)
    places = resolve_places(parsed, find_places(parsed))
    for token in parsed.doc:
        place, why = event_place(parsed, token.i, places)
        assert (place is None) == (why == "")
        if place is not None:
            assert " ".join(text[place.start : place.end].split()) == place.extracted_place
            assert event_place(parsed, token.i, places) == (place, why)
