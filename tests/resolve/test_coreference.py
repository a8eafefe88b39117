"""Whom pronouns and nouns of reference stand for, text by text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from dateline.knowledge.actors.book import ActorBook
from dateline.language.parsed import Parsed
from dateline.resolve.actors import ArticleActors

Parse = Callable[..., Parsed]


def meaning(parsed: Parsed, phrase: str, speaker: str | None = None) -> str:
    """Code, sector and name of what the last occurrence of the phrase means."""
    text = parsed.article.text

    def head(words: str, at: int) -> int:
        first, last = parsed.tokens(at, at + len(words))
        return int(parsed.doc[first:last].root.i)

    speaker_head = head(speaker, text.index(speaker)) if speaker else None
    actors = ArticleActors(parsed, ActorBook.load(), speaker_of=lambda _: speaker_head)
    last = list(re.finditer(rf"\b{re.escape(phrase)}\b", text))[-1]
    found = actors.at(head(phrase, last.start()))
    return " + ".join(f"{e.code or '-'} {e.sector or '-'} {e.identifier_text or '-'}" for e in found)


PRONOUNS = [
    ("Germany said it would send aid.", "it", "DEU GOV Germany"),
    ("Turkey accused Russia of violating its airspace.", "its", "TUR GOV Turkey"),
    ("Peru recalled its ambassador.", "its", "PER GOV Peru"),
    ("Canada thanked the Netherlands for its help.", "its", "CAN GOV Canada"),
    ("Brazilian Energy Minister Ana Costa resigned. She had been ill.", "She", "BRA GOV Ana Costa"),
    ("Jane Hill, the British foreign secretary, met Omar Saleh. She thanked him.", "him", "- UNK Omar Saleh"),
    ("Jane Hill, the British foreign secretary, met Omar Saleh. She left.", "She", "GBR GOV Jane Hill"),
    ("Finland summoned the Russian ambassador. He denied the claims.", "He", "RUS GOV -"),
    ("Spanish police arrested Maria Lopez. They said nothing.", "They", "ESP COP -"),
    ("Spanish police arrested Maria Lopez. Police said she had fled.", "she", "- UNK Maria Lopez"),
    (
        "Ethiopia and Eritrea signed a treaty. They had fought a war.",
        "They",
        "ETH GOV Ethiopia + ERI GOV Eritrea",
    ),
    ("Protesters in Athens said they would return.", "they", "GRC CVL -"),
    ("French jets launched their first strikes.", "their", "FRA MIL -"),
    ("In his speech, French President Marc Dubois criticised Iran.", "his", "FRA GOV Marc Dubois"),
    ("Mr Olsen said he hoped Norway would help.", "he", "- UNK Olsen"),
    ("Colombian rebels freed a mayor. The rebels had held him for a year.", "him", "COL GOV -"),
    ("The Red Star Militia seized a port. It then left.", "It", "- PRM Red Star Militia"),
]

DUMMIES = [
    ("It is clear that Egypt will not sign.", "It", ""),
    ("It was raining. Egypt signed.", "It", ""),
    ("Chad wrote a treaty. The treaty failed after it was signed.", "it", ""),
]

RELATIVES = [
    ("Rebels who seized the town fled.", "who", "- REB -"),
    ("The rebels, whose leader died, fled.", "whose", "- REB -"),
    ("The militants that attacked Kenya were killed.", "that", "KEN REB -"),
    ("Iran, which has denied the claims, protested.", "which", "IRN GOV Iran"),
    ("The truce, which had held for a year, ended.", "which", ""),
]

POSSESSED = [
    ("Mexico's president, Luis Ortega, said his country would pay.", "his country", "MEX GOV Mexico"),
    ("President Ibrahim Diallo of Mali sacked his prime minister.", "his prime minister", "MLI GOV -"),
    ("President Ibrahim Diallo of Mali said his government would act.", "his government", "MLI GOV -"),
    ("Peru said its troops had left.", "its troops", "PER MIL -"),
    (
        "The president of Ghana, John Mensah, met his Ivorian counterpart.",
        "his Ivorian counterpart",
        "CIV GOV Alassane Ouattara",
    ),
]

NOUNS = [
    ("India tested a missile. The country called it a success.", "The country", "IND GOV India"),
    (
        "Italy's foreign minister Paolo Ricci flew out. The minister met aides.",
        "The minister",
        "ITA GOV Paolo Ricci",
    ),
    ("Colombian rebels held a mayor. The rebels freed him.", "The rebels", "COL REB -"),
    ("Soldiers from Chad entered Libya. The soldiers shot a man.", "The soldiers", "TCD MIL -"),
    ("Nigerian police arrested 12 men in Ghana. Police gave no details.", "Police", "NGA COP -"),
    ("Japan's prime minister visited Seoul. The premier met students.", "The premier", "JPN GOV Shinzo Abe"),
    ("A Chinese court freed a Dane. The court gave no reason.", "The court", "CHN JUD -"),
    ("The government of Peru wrote to Chile. The government wants talks.", "The government", "PER GOV -"),
    ("Hezbollah shelled Israel. The group said it would go on.", "The group", "LBN REB Hezbollah"),
    (
        "French President Marc Dubois met Kenji Mori of Japan. The French leader smiled.",
        "The French leader",
        "FRA GOV Marc Dubois",
    ),
    (
        "French President Marc Dubois met farmers. The president smiled.",
        "The president",
        "FRA GOV Marc Dubois",
    ),
    ("Brazilian Energy Minister Ana Costa met farmers. Costa left early.", "Costa", "BRA GOV Ana Costa"),
    (
        "Brazilian Energy Minister Ana Costa met farmers. Ms Costa left early.",
        "Ms Costa",
        "BRA GOV Ana Costa",
    ),
]

BODIES = [
    (
        "Egyptian police held Muslim Brotherhood leaders. The Brotherhood was angry.",
        "The Brotherhood",
        "ISM PTY Muslim Brotherhood",
    ),
    (
        "The International Criminal Court charged a Sudanese general. The court is in The Hague.",
        "The court",
        "IGO JUD International Criminal Court",
    ),
    ("NATO met Russia. The alliance said it was ready.", "The alliance", "IGO MIL NATO"),
    ("Rebels attacked Chadian troops. The rebels killed two of them.", "them", "TCD MIL -"),
    ("The Kenyan government and the opposition agreed. They will meet.", "They", "KEN GOV - + KEN PTY -"),
    ("Ukraine's President Petro Poroshenko and his wife left.", "his", "UKR GOV Petro Poroshenko"),
    (
        "President Vladimir Putin met Angela Merkel. Both sides made demands. She left.",
        "She",
        "DEU GOV Angela Merkel",
    ),
]

HEADLINES = [
    ("Costa quits over dam\n\nBrazilian Energy Minister Ana Costa resigned.", "Costa", "BRA GOV Ana Costa"),
]

PAIRS = [
    (
        "Ethiopia and Eritrea signed. The two countries had fought.",
        "The two countries",
        "ETH GOV Ethiopia + ERI GOV Eritrea",
    ),
    (
        "Israel and Hamas agreed to a truce. Both sides broke it.",
        "Both sides",
        "ISR GOV Israel + PSE REB Hamas",
    ),
    (
        "The Polish president and the Czech premier met. The two leaders signed a pact.",
        "The two leaders",
        "POL GOV Andrzej Duda + CZE GOV Bohuslav Sobotka",
    ),
    (
        "President Marc Dubois of France met Kenji Mori, the Japanese premier. The two men spoke.",
        "The two men",
        "FRA GOV Marc Dubois + JPN GOV Kenji Mori",
    ),
]

ALIASES = [
    (
        "The Ghana Farmers' Union (GFU) called a strike in Togo. The GFU was angry.",
        "The GFU",
        "GHA AGR Ghana Farmers' Union",
    ),
    (
        "The Scarlet Front, also known as the Red Dawn, bombed a bank. The Red Dawn is small.",
        "The Red Dawn",
        "- - Scarlet Front",
    ),
    (
        "Islamic State, also known as the Black Banner, fled. The Black Banner is weak.",
        "The Black Banner",
        "IMG REB Islamic State",
    ),
]


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [*PRONOUNS, *DUMMIES, *RELATIVES, *POSSESSED, *NOUNS, *BODIES, *HEADLINES, *PAIRS, *ALIASES],
)
def test_reference(text: str, phrase: str, expected: str, parse_text: Parse) -> None:
    assert meaning(parse_text(text, "2015-11-25"), phrase) == expected


@pytest.mark.parametrize(
    ("text", "phrase", "speaker", "expected"),
    [
        ('"We will act," said Ana Costa, Brazil\'s energy minister.', "We", "Costa", "BRA GOV Ana Costa"),
        ('"I am ready," the Czech premier said.', "I", "premier", "CZE GOV Bohuslav Sobotka"),
        ('"This is our land," the Czech premier said.', "our", "premier", "CZE GOV Bohuslav Sobotka"),
        ('"We will act," a letter said.', "We", None, ""),
    ],
)
def test_first_person_is_the_speaker(
    text: str, phrase: str, speaker: str | None, expected: str, parse_text: Parse
) -> None:
    assert meaning(parse_text(text, "2015-11-25"), phrase, speaker) == expected
