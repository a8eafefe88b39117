"""Who is meant in whole articles: references by class, with quotations and places as the coder reads them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from dateline.knowledge.actors.book import ActorBook
from dateline.language.parse import parse
from dateline.language.parsed import Parsed
from dateline.mentions.places import find_places
from dateline.mentions.speech import find_quotes
from dateline.resolve.actors import ArticleActors
from dateline.resolve.places import resolve_places
from dateline.sources import as_article

Parse = Callable[..., Parsed]
DAY = "2015-11-25"


def meaning(parsed: Parsed, phrase: str) -> str:
    """Codes and sectors of what the last occurrence of the phrase means."""
    places = resolve_places(parsed, find_places(parsed))
    said = {i: q.speaker for q in find_quotes(parsed) if q.direct for i in range(q.first, q.last)}
    actors = ArticleActors(parsed, ActorBook.load(), said.get, places)
    last = list(re.finditer(rf"\b{re.escape(phrase)}(?!\w)", parsed.article.text))[-1]
    first, end = parsed.tokens(last.start(), last.end())
    found = actors.at(int(parsed.doc[first:end].root.i))
    return " + ".join(sorted(f"{e.code or '-'} {e.sector or '-'}" for e in found))


SIDES = [
    (
        "Armenia and Azerbaijan traded fire on Sunday. Swiss and UN mediators flew in. The two sides blamed"
        " each other.",
        "The two sides",
        "ARM GOV + AZE GOV",
    ),
    (
        "Eritrean and Ethiopian troops clashed. The African Union urged calm. Both sides said they would"
        " fight on.",
        "they",
        "ERI MIL + ETH MIL",
    ),
    (
        "Chad accused Sudan of arming rebels. Sudan denied it. Libya offered to host talks in Tripoli. The"
        " two countries cut ties in 2006.",
        "The two countries",
        "SDN GOV + TCD GOV",
    ),
    (
        "India and Pakistan will hold talks, a UN spokesman said. The neighbours have fought three wars.",
        "The neighbours",
        "IND GOV + PAK GOV",
    ),
    (
        "Peru's president met Ecuador's president in Brazil. The two presidents signed a pact.",
        "The two presidents",
        "ECU GOV + PER GOV",
    ),
    (
        "Greece and Turkey resumed talks in Berlin, hosted by Germany. They agreed to meet again.",
        "They",
        "GRC GOV + TUR GOV",
    ),
    (
        "A Chinese jet flew close to a Japanese destroyer. The United States urged restraint. The rival"
        " powers both claim the islets.",
        "The rival powers",
        "CHN GOV + JPN GOV",
    ),
    (
        "The Colombian government and the FARC met in Havana. Norway and Cuba are guarantors. The two sides"
        " signed a truce.",
        "The two sides",
        "COL GOV + COL REB",
    ),
    (
        "Serbia and Kosovo signed a deal. The two sides met in Brussels. They promised to open the border.",
        "They",
        "KOS GOV + SRB GOV",
    ),
    (
        "Rwanda said Congo had shelled its border. Congo said Rwanda had fired first. An Angolan envoy will"
        " meet both sides.",
        "both sides",
        "COD GOV + RWA GOV",
    ),
]

OBJECTS = [
    ("Police fired on a crowd and detained 20 of them.", "them", "- CVL"),
    ("Kenyan police fired tear gas at students and beat them.", "them", "KEN EDU"),
    ("Soldiers freed the hostages and took them to Niamey.", "them", "NER CVL"),
    (
        "Canada froze the assets of eleven Belarusian officials and barred them from entering.",
        "them",
        "BLR GOV",
    ),
    ("The army surrounded the rebels and shelled them.", "them", "- REB"),
    ("Iran invited Iraq and asked it to send a team.", "it", "IRQ GOV"),
    ("Ghana expelled two Togolese diplomats and accused them of spying.", "them", "TGO GOV"),
]

SPEAKERS = [
    (
        "Nepal's foreign ministry protested to India. A spokeswoman said talks had failed.",
        "A spokeswoman",
        "NPL GOV",
    ),
    ("Norway will send aid to Haiti. A spokesman said ships had sailed.", "A spokesman", "NOR GOV"),
    ("NATO struck a bridge. A spokesman said no one was hurt.", "A spokesman", "IGO MIL"),
    ("The Kenyan army killed ten gunmen. An official said two soldiers died.", "An official", "KEN MIL"),
    (
        'Taiwan\'s navy chased off a Chinese ship. "We will defend ourselves," a ministry spokesman said.',
        "We",
        "TWN GOV",
    ),
    ('"Moscow threatens us," Latvia\'s defence ministry said.', "us", "LVA GOV"),
    ('"Our troops will stay," the Ugandan president said.', "Our troops", "UGA MIL"),
    ('Hezbollah vowed revenge. "We will strike," a spokesman said.', "We", "LBN REB"),
]

LAST_NAMED = [
    (
        "General Musa Bello of Nigeria met Ana Costa, Brazil's energy minister. The general left early.",
        "The general",
        "NGA MIL",
    ),
    (
        "Brazil's energy minister, Ana Costa, met Nigeria's General Musa Bello. The minister left early.",
        "The minister",
        "BRA GOV",
    ),
    (
        "Zambia and Malawi met in Kampala. The host, Uganda's president, spoke first.",
        "The host",
        "UGA GOV",
    ),
    ("France met the rebels in Tripoli. The Libyan leader stayed away.", "The Libyan leader", "LBY GOV"),
    ("The bloc's biggest member, Germany, opposed the plan.", "member", "DEU GOV"),
    ("Kenya's interior minister flew to Juba. The minister met elders.", "The minister", "KEN GOV"),
]

BARE = [
    ("Niger's president said the army would pursue rebels from Mali.", "the army", "NER MIL"),
    (
        "The president of Chad said the government would not negotiate with Libya.",
        "the government",
        "TCD GOV",
    ),
    (
        "Thailand closed a crossing with Cambodia. In Bangkok, parliament backed the step.",
        "parliament",
        "THA LEG",
    ),
    (
        "Burundi's opposition leader fled to Rwanda. He accused the police of torture.",
        "the police",
        "BDI COP",
    ),
    (
        "President Ali Musa of Niger scolded Mali and dismissed his ministry's chief.",
        "his ministry",
        "NER GOV",
    ),
    ("The Taliban attacked Herat. Its gunmen burned a school.", "Its gunmen", "AFG REB"),
    ("Kenyan opposition leader Raila Odinga went to Ghana. His party cheered.", "His party", "KEN PTY"),
    ("Peru and Chile sent ministers. Their aides signed a paper.", "Their aides", "CHL GOV + PER GOV"),
    (
        "Rebels in Chad attacked soldiers. The army sent tanks. Sudan denied a part in it.",
        "The army",
        "TCD MIL",
    ),
    (
        "Pakistan's Supreme Court freed a man wanted in India. The authorities appealed.",
        "The authorities",
        "PAK GOV",
    ),
]

DATELINES = [
    (
        "LIMA, March 3 - Police clashed with miners on Monday. Chile and Bolivia closed their borders.",
        "Police",
        "PER COP",
    ),
    (
        "NAIROBI, March 3 (Agency) - The government expelled envoys from Somalia and Ethiopia.",
        "The government",
        "KEN GOV",
    ),
]

PLANS = [
    ("Kenya backed a Ugandan plan for talks. Burundi opposed it.", "it", "UGA GOV"),
    ("Egypt tabled a proposal. Sudan rejected it.", "it", ""),
    ("Iran and Iraq signed a deal. Israel condemned it.", "it", ""),
    ("Serbia proposed a Russian-drafted resolution. Kosovo opposed it.", "it", ""),
]

NAMED_BY = [
    (
        "The Front for Justice (FFJ), a Chadian rebel faction, seized a town. The FFJ burned it.",
        "The FFJ",
        "TCD REB",
    ),
    (
        "The Movement for Unity and Law, a Ugandan rebel group, took hostages.",
        "The Movement for Unity and Law",
        "UGA REB",
    ),
    ("The Army of Light, a Nigerian militia, burned a market.", "The Army of Light", "NGA PRM"),
    (
        "The Popular Justice Party, Zambia's main opposition party, walked out.",
        "The Popular Justice Party",
        "ZMB PTY",
    ),
    ("The People's Police Watch, a Kenyan rights group, sued.", "The People's Police Watch", "KEN SOC"),
]

THINGS = [
    ("Rebels blocked roads near Goma.", "roads", ""),
    ("Japan will build clinics in Tonga.", "clinics", ""),
    ("Shells hit a bus in the Syrian city of Homs.", "city", "SYR CVL"),
    ("Troops left the area.", "the area", ""),
    ("Floods hit the region.", "the region", ""),
    ("Gunmen attacked a village in Niger.", "a village", "NER CVL"),
    ("Jets bombed a refugee camp in Lebanon.", "a refugee camp", "LBN REF"),
    ("A bomb hit a market in Kabul.", "a market", "AFG CVL"),
    ("Gunmen attacked a school in Kenya.", "a school", "KEN EDU"),
    ("Rebels shelled a hospital in Aden.", "a hospital", "YEM MED"),
]

BODIES = [
    ("The Vatican sent an envoy to Cuba.", "The Vatican", "VAT GOV"),
    ("Pope Francis met bishops.", "Pope Francis", "VAT REL"),
    ("The pope prayed for Syria.", "The pope", "VAT REL"),
    ("The Paris Club forgave the debt.", "The Paris Club", "IGO GOV"),
    ("The Gulf states cut ties with Iran.", "The Gulf states", "IGO GOV"),
    ("The Council of Europe criticised Turkey.", "The Council of Europe", "IGO GOV"),
    ("The African Union suspended Mali.", "The African Union", "IGO GOV"),
    ("MONUSCO fired on rebels.", "MONUSCO", "UNO MIL"),
    ("UN peacekeepers were shot at in Mali.", "UN peacekeepers", "UNO MIL"),
    ("The UN mission in South Sudan sheltered families.", "The UN mission", "UNO GOV"),
]

HEADS = [
    ("The presidents of Kenya and Somalia met.", "The presidents", "KEN GOV + SOM GOV"),
    (
        "The foreign ministers of Armenia, Iran and India met.",
        "The foreign ministers",
        "ARM GOV + IND GOV + IRN GOV",
    ),
    ("The navies of Singapore and India trained.", "The navies", "IND MIL + SGP MIL"),
    ("The Kenyan and Somali presidents met.", "presidents", "KEN GOV + SOM GOV"),
    ("Officials from Chad and Niger met.", "Officials", "NER GOV + TCD GOV"),
    ("Russia's and Turkey's defence ministers met.", "ministers", "RUS GOV + TUR GOV"),
]


WHOLE = [
    (
        "The presidents of Mali and Niger met on Friday. The leaders signed a pact.",
        "The leaders",
        "MLI GOV + NER GOV",
    ),
    (
        "Chad attacked Sudan. Egypt said it backed its neighbour. Chad cut ties with its neighbour.",
        "its neighbour",
        "SDN GOV",
    ),
    (
        "Gunmen seized a school in Ghana. They fled before soldiers came. Troops pursued them.",
        "them",
        "GHA UAF",
    ),
    (
        "Kenya hosted talks between Ethiopia and the rebels. The two sides signed a truce. The African"
        " Union's envoy said they would meet again.",
        "they",
        "- REB + ETH GOV",
    ),
    ("The rebels said the Ugandan army had shelled a town. The government denied it.", "it", ""),
    ("Peru and Chile agreed on a tunnel and opened it.", "it", ""),
    (
        "The National Liberation Army burned a bridge in Colombia. The army sent troops.",
        "The army",
        "COL MIL",
    ),
    ("Traders in the Indian city of Pune met ministers. Police used gas. Traders fled.", "Police", "IND COP"),
    ("A spokeswoman for Chad's army said ten men had died. She gave no names.", "She", "TCD MIL"),
]

AGAIN = [
    (
        "Laos accused Vietnam. Hanoi denied it. The foreign ministry summoned the Vietnamese envoy.",
        "The foreign ministry",
        "LAO GOV",
    ),
    ("Togo accused Benin. Ghana, which has invested in the country, was silent.", "the country", "TGO GOV"),
    (
        "The Iraqi foreign minister called in the Turkish ambassador. The envoy denied it.",
        "The envoy",
        "TUR GOV",
    ),
    (
        "The Iraqi foreign minister called in the Turkish ambassador and told him that raids hurt his"
        " country.",
        "his country",
        "IRQ GOV",
    ),
    (
        "The Congolese army said a market was hit in Uganda. Its chief blamed rebels.",
        "Its chief",
        "COD MIL",
    ),
]

BOTH = [
    ("Mali and Niger met in Accra after both lost ground to rebels.", "both", "MLI GOV + NER GOV"),
    ("Reuters said troops attacked both Chad and Niger.", "both", ""),
]

GUESTS = [
    ("Several foreign ministers in Cairo met.", "Several foreign ministers", "- GOV"),
    (
        "Kenji Mori, a Japanese lawyer, spoke. Mori, the United Nations relief coordinator, left Iraq.",
        "Mori",
        "UNO GOV",
    ),
    (
        "The Greek foreign minister met his Cypriot counterpart. Turkey and Libya were angry. The"
        " ministers left.",
        "The ministers",
        "CYP GOV + GRC GOV",
    ),
]

REGIONS = [
    ("Latin American countries met in Lima.", "Latin American countries", ""),
    ("European leaders met in Paris.", "European leaders", "- GOV"),
    ("Ships crossed the South China Sea.", "China", ""),
    ("Peru asked governments to act.", "governments", "- GOV"),
    ("Iraq attacked tankers in the Persian Gulf. The country fought Iran.", "The country", "IRQ GOV"),
]

NEW_PEOPLE = [
    ("Mali and Niger met. Two women were killed in a raid in Gao.", "Two women", "- CVL"),
    ("Police held Selim Amman, a student. Amman was freed.", "Amman", "- EDU"),
    ("Peter Duarte Jr. left. Mr Duarte is ill.", "Mr Duarte", "- UNK"),
    (
        "A Chilean official denied it. Bolivia protested. Another official said ties were good.",
        "Another official",
        "CHL GOV",
    ),
    (
        "Peruvian defence ministry officials flew to Chile. The officials met miners.",
        "The officials",
        "PER GOV",
    ),
]


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        *WHOLE,
        *AGAIN,
        *BOTH,
        *GUESTS,
        *REGIONS,
        *NEW_PEOPLE,
        *SIDES,
        *OBJECTS,
        *SPEAKERS,
        *LAST_NAMED,
        *BARE,
        *PLANS,
        *NAMED_BY,
        *THINGS,
        *BODIES,
        *HEADS,
    ],
)
def test_reference_in_an_article(text: str, phrase: str, expected: str, parse_text: Parse) -> None:
    assert meaning(parse_text(text, DAY), phrase) == expected


@pytest.mark.parametrize(("text", "phrase", "expected"), DATELINES)
def test_dateline_gives_the_country(text: str, phrase: str, expected: str) -> None:
    assert meaning(parse(as_article("text", text, date=DAY)), phrase) == expected
