"""Where a name lies, and where an event happened."""

from __future__ import annotations

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
