"""Direct and indirect speech: who is given as the source of which words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import DatelineError
from dateline.language.parsed import Parsed
from dateline.mentions import speech_cues
from dateline.mentions.speech import Quote, find_quotes
from dateline.mentions.speech_cues import cues, kinds
from dateline.mentions.speech_marks import find_marked

Parse = Callable[..., Parsed]

# construction, text, (speaker, cue, content) of each quote; "-" where the text has none
SENTENCES = [
    (
        "that-clause",
        "The minister said that rebels had shelled the town.",
        ["The minister|said|that rebels had shelled the town"],
    ),
    (
        "clause without that",
        "The minister said rebels had shelled the town.",
        ["The minister|said|rebels had shelled the town"],
    ),
    (
        "cue after",
        "Rebels had shelled the town, the minister said.",
        ["the minister|said|Rebels had shelled the town"],
    ),
    (
        "inverted, with a relative clause",
        "Rebels had shelled the town, said the minister, who visited the front on Monday.",
        ["the minister, who visited the front on Monday|said|Rebels had shelled the town"],
    ),
    (
        "inserted",
        "Ankara will, the spokesman said, answer every attack.",
        ["the spokesman|said|Ankara will, the spokesman said, answer every attack"],
    ),
    (
        "inserted after the place",
        "In Geneva, the envoy said, the talks had stalled.",
        ["the envoy|said|In Geneva, the envoy said, the talks had stalled"],
    ),
    (
        "as X reported",
        "As the ministry reported, two pilots were killed.",
        ["the ministry|reported|two pilots were killed"],
    ),
    (
        "speaker with an insertion",
        "The governor, who took office in May, said the dam had burst.",
        ["The governor, who took office in May,|said|the dam had burst"],
    ),
    (
        "speaker with a participle",
        "The colonel, speaking to reporters in Goma, said the rebels had retreated.",
        ["The colonel, speaking to reporters in Goma,|said|the rebels had retreated"],
    ),
    (
        "day after the cue",
        "Turkey's foreign minister said on Tuesday that Greece had violated its airspace.",
        ["Turkey's foreign minister|said|that Greece had violated its airspace"],
    ),
    (
        "day at the end",
        "Nobody was hurt in the blast, officials said on Sunday.",
        ["officials|said|Nobody was hurt in the blast"],
    ),
    (
        "statement after",
        "Kenya has closed the border, the foreign ministry said in a statement.",
        ["the foreign ministry|said|Kenya has closed the border"],
    ),
    (
        "statement before the clause",
        "The foreign ministry said in a statement that Kenya had closed the border.",
        ["The foreign ministry|said|that Kenya had closed the border"],
    ),
    (
        "a paper speaks",
        "A statement by the ministry said that two diplomats were expelled.",
        ["A statement by the ministry|said|that two diplomats were expelled"],
    ),
    (
        "a paper's maker",
        "The group issued a statement claiming responsibility for the bombing.",
        ["The group|claiming|responsibility for the bombing"],
    ),
    (
        "participle goes on",
        "Officials said the bridge collapsed, adding that nobody was hurt.",
        ["Officials|said|the bridge collapsed", "Officials|adding|that nobody was hurt"],
    ),
    (
        "participle after the cue",
        "Two soldiers were killed, the army said, adding that a third was missing.",
        ["the army|said|Two soldiers were killed", "the army|adding|that a third was missing"],
    ),
    (
        "second cue of the same speaker",
        "Officials said the bridge collapsed and blamed heavy rain.",
        ["Officials|said|the bridge collapsed", "Officials|blamed|heavy rain"],
    ),
    (
        "two speakers in one sentence",
        "Officials say the bridge collapsed; witnesses say it was bombed.",
        ["Officials|say|the bridge collapsed", "witnesses|say|it was bombed"],
    ),
    (
        "semicolon",
        "Guinea accused France of plotting a coup; Paris denied the charge.",
        ["Guinea|accused|France of plotting a coup", "Paris|denied|the charge"],
    ),
    (
        "relative pronoun",
        "The rebels, who say they control the port, freed six sailors.",
        ["who|say|they control the port"],
    ),
    (
        "coordinated contents",
        "The deputy said that he had seen the tanks and that the bridge had burned.",
        ["The deputy|said|that he had seen the tanks and that the bridge had burned"],
    ),
    (
        "addressee",
        "The army told reporters that ten militants were killed.",
        ["The army|told|that ten militants were killed"],
    ),
    (
        "addressee without that",
        "The police chief told parliament the suspects had fled.",
        ["The police chief|told|the suspects had fled"],
    ),
    (
        "went on to say",
        "The envoy went on to say that the truce was dead.",
        ["The envoy|to say|that the truce was dead"],
    ),
    ("would say is not said", "He would say that the truce was dead.", []),
    (
        "according to, first",
        "According to the Syrian Observatory for Human Rights, warplanes bombed the market.",
        ["the Syrian Observatory for Human Rights|According to|warplanes bombed the market"],
    ),
    (
        "according to, last",
        "Warplanes bombed the market, according to a monitoring group based in Britain.",
        ["a monitoring group based in Britain|according to|Warplanes bombed the market"],
    ),
    (
        "according to, of verbs that share a subject",
        "Soldiers raided the camp and detained nine herders, according to a rights group.",
        ["a rights group|according to|Soldiers raided the camp and detained nine herders"],
    ),
    (
        "quoted as saying",
        "Mr Okello was quoted as saying that talks had failed.",
        ["Mr Okello|saying|that talks had failed"],
    ),
    (
        "it was reported",
        "It was reported that the envoy had resigned.",
        ["-|was reported|that the envoy had resigned"],
    ),
    (
        "is reported to",
        "The envoy is reported to have resigned.",
        ["-|is reported|The envoy is reported to have resigned"],
    ),
    (
        "passive with by",
        "The report that rebels had taken the port was denied by the army.",
        ["the army|was denied|The report that rebels had taken the port"],
    ),
    (
        "noun with possessor",
        "The ministry's statement that the pilots had died shocked the capital.",
        ["The ministry's|statement|that the pilots had died"],
    ),
    (
        "noun with pronoun",
        "His claim that the vote was rigged angered the opposition.",
        ["His|claim|that the vote was rigged"],
    ),
    (
        "nested",
        "The army said that the rebels had claimed that they shot down the plane.",
        [
            "The army|said|that the rebels had claimed that they shot down the plane",
            "the rebels|had claimed|that they shot down the plane",
        ],
    ),
    (
        "a pledge that is reported",
        "The rebels pledged to lay down their arms, the mediator said.",
        [
            "the mediator|said|The rebels pledged to lay down their arms",
            "The rebels|pledged|to lay down their arms",
        ],
    ),
    (
        "accuse of",
        "Sudan accused Chad of arming the rebels.",
        ["Sudan|accused|Chad of arming the rebels"],
    ),
    (
        "scare quotes belong to the content",
        'Sudan has accused its neighbour of a "planned provocation" at the border.',
        ['Sudan|has accused|its neighbour of a "planned provocation" at the border'],
    ),
    (
        "quoted phrase in a clause",
        'The chancellor said that "the hour of decision" had come.',
        ['The chancellor|said|that "the hour of decision" had come'],
    ),
    ("blame for", "Iran blamed Israel for the explosion.", ["Iran|blamed|Israel for the explosion"]),
    ("deny that", "Chad denied that it had armed the rebels.", ["Chad|denied|that it had armed the rebels"]),
    ("deny doing", "Chad denied arming the rebels.", ["Chad|denied|arming the rebels"]),
    (
        "admit doing",
        "The colonel admitted killing the prisoners.",
        ["The colonel|admitted|killing the prisoners"],
    ),
    (
        "promise",
        "The president promised to release the prisoners.",
        ["The president|promised|to release the prisoners"],
    ),
    (
        "threaten",
        "The general threatened to attack the capital.",
        ["The general|threatened|to attack the capital"],
    ),
    (
        "warn",
        "The union warned that a strike would follow.",
        ["The union|warned|that a strike would follow"],
    ),
    (
        "urge",
        "The UN urged both sides to stop fighting.",
        ["The UN|urged|both sides to stop fighting"],
    ),
    ("order", "The judge ordered the minister to appear.", ["The judge|ordered|the minister to appear"]),
    (
        "demand that",
        "The envoy demanded that Serbia withdraw its troops.",
        ["The envoy|demanded|that Serbia withdraw its troops"],
    ),
    (
        "call on",
        "The UN called on Israel to open the crossing.",
        ["The UN|called|Israel to open the crossing"],
    ),
    (
        "call for",
        "The opposition called for new elections.",
        ["The opposition|called for|new elections"],
    ),
    (
        "call for somebody to",
        "The opposition called for the president to step down.",
        ["The opposition|called for|the president to step down"],
    ),
    ("claim to", "The rebels claim to hold the port.", ["The rebels|claim|to hold the port"]),
    (
        "describe how",
        "The guard described how the prisoners had fled.",
        ["The guard|described|how the prisoners had fled"],
    ),
    (
        "ask whether",
        "The president asked whether the troops had left.",
        ["The president|asked|whether the troops had left"],
    ),
    (
        "ask to",
        "The president asked parliament to approve the treaty.",
        ["The president|asked|parliament to approve the treaty"],
    ),
    (
        "asked about",
        "Asked about the raid, the colonel said that nobody was hurt.",
        ["-|Asked about|the raid", "the colonel|said|that nobody was hurt"],
    ),
    (
        "belief",
        "Villagers believe that the soldiers killed the boy.",
        ["Villagers|believe|that the soldiers killed the boy"],
    ),
    (
        "suspicion",
        "Police suspect that the gang kidnapped the banker.",
        ["Police|suspect|that the gang kidnapped the banker"],
    ),
    (
        "adjective",
        "The ruling party is confident that it will win.",
        ["The ruling party|is confident|that it will win"],
    ),
    ("intention", "The minister wants to visit Tehran.", ["The minister|wants|to visit Tehran"]),
    (
        "expectation without a holder",
        "The minister is expected to visit Tehran.",
        ["-|is expected|The minister is expected to visit Tehran"],
    ),
    (
        "refusal",
        "The prime minister refused to say whether he would resign.",
        ["The prime minister|refused|to say whether he would resign"],
    ),
    ("praise", "The bishop praised the rescuers.", ["The bishop|praised|the rescuers"]),
    ("naming", "The senator called the deal a mistake.", ["The senator|called|the deal a mistake"]),
    (
        "describe as",
        "The senator described the deal as a mistake.",
        ["The senator|described|the deal as a mistake"],
    ),
    (
        "announce something",
        "The ministry announced the expulsion of two diplomats.",
        ["The ministry|announced|the expulsion of two diplomats"],
    ),
    (
        "complain of",
        "In a letter to the Security Council, Rwanda complained of attacks across its border.",
        ["Rwanda|complained of|attacks across its border"],
    ),
    (
        "label before a colon",
        "Police: gunman killed three in mall",
        ["Police|:|gunman killed three in mall"],
    ),
    (
        "nobody's reports",
        "Reports that soldiers opened fire could not be confirmed.",
        ["-|Reports|that soldiers opened fire"],
    ),
    (
        "a claim that is answered is another's",
        "The army responded to claims that it had shot civilians.",
        ["The army|responded to|claims that it had shot civilians", "-|claims|that it had shot civilians"],
    ),
    (
        "quoted somebody as saying",
        "The agency quoted a witness as saying that the bus was burning.",
        [
            "The agency|quoted|a witness as saying that the bus was burning",
            "a witness|saying|that the bus was burning",
        ],
    ),
    (
        "that-clause that the parser takes for an object",
        "The UN report found that both sides had committed crimes.",
        ["The UN report|found|that both sides had committed crimes"],
    ),
    ("one word", "The group vowed revenge.", ["The group|vowed|revenge"]),
    (
        "relative subject of what is believed",
        "The law, which he believes will fail, was passed.",
        ["he|believes|which he believes will fail"],
    ),
    (
        "second cue in an inserted sentence",
        "Iran's nuclear chief has said Tehran would resume enrichment, state media reported on Tuesday.",
        [
            "state media|reported|Iran's nuclear chief has said Tehran would resume enrichment",
            "Iran's nuclear chief|has said|Tehran would resume enrichment",
        ],
    ),
    (
        "two denials deep",
        "The United Nations says that Sudan has denied that its planes bombed the camp.",
        [
            "The United Nations|says|that Sudan has denied that its planes bombed the camp",
            "Sudan|has denied|that its planes bombed the camp",
        ],
    ),
    (
        "day hung on the second verb",
        "Germany said on Wednesday it would help.",
        ["Germany|said|it would help"],
    ),
    (
        "the writer's own clause at the end",
        "Ghana pledged to send troops, as its president prepared to leave for Mali.",
        ["Ghana|pledged|to send troops"],
    ),
    (
        "the writer's own gloss",
        'The general said "the dogs" had fled to "the den", using his word for the capital.',
        ['The general|said|"the dogs" had fled to "the den"'],
    ),
    ("no cue", "Gunmen killed three people in a mall on Friday.", []),
    ("quoted, cue after", '"We will not leave," the mayor said.', ['the mayor|said|"We will not leave,"']),
    (
        "quoted, addressee",
        '"Soldiers fired at the crowd," witnesses told Reuters.',
        ['witnesses|told|"Soldiers fired at the crowd,"'],
    ),
    (
        "quoted, comma outside",
        '"The bridge is gone", the engineer wrote.',
        ['the engineer|wrote|"The bridge is gone"'],
    ),
    ("quoted, colon", 'He said: "The truce is dead."', ['He|said|"The truce is dead."']),
    (
        "quoted question",
        '"Where are the hostages?" the judge asked.',
        ['the judge|asked|"Where are the hostages?"'],
    ),
    ("quoted cry", '"Leave now!" shouted the captain.', ['the captain|shouted|"Leave now!"']),
    (
        "quoted slogan",
        'Demonstrators chanted "Down with the junta!"',
        ['Demonstrators|chanted|"Down with the junta!"'],
    ),
    (
        "quoted, then a verb that is none of speech",
        'The general agreed. "The war is lost."',
        ['The general|agreed|"The war is lost."'],
    ),
    (
        "quoted in two parts",
        '"It was a massacre," a survivor told the BBC after the raid, "and nobody came."',
        ['a survivor|told|"It was a massacre," a survivor told the BBC after the raid, "and nobody came."'],
    ),
    (
        "quoted after a colon that ends a clause",
        'Ryan told the press the drugs were only part of it: "Good care will stop it."',
        ['Ryan|told|the drugs were only part of it: "Good care will stop it."'],
    ),
    (
        "quoted by a participle",
        '"We are ready," said the general, adding: "We will win."',
        ['the general|said|"We are ready,"', 'the general|adding|"We will win."'],
    ),
    (
        "quoted subject and verb apart",
        '"The rebels," he said, "have fled."',
        ['he|said|"The rebels," he said, "have fled."'],
    ),
    (
        "half quoted",
        'The truce is dead, he said, and "nobody mourns it".',
        ['he|said|The truce is dead, he said, and "nobody mourns it"'],
    ),
    (
        "a second quoted sentence without a cue",
        '"We will not leave," said Maria Torres, the mayor. "This is our home."',
        [
            'Maria Torres, the mayor|said|"We will not leave," said Maria Torres, the mayor. '
            '"This is our home."'
        ],
    ),
    (
        "curly single marks",
        "‘The truce is dead,’ said the envoy. ‘Nobody mourns it.’",
        ["the envoy|said|‘The truce is dead,’ said the envoy. ‘Nobody mourns it.’"],
    ),
    (
        "a paragraph of quoted words follows",
        '"We will not leave," said Torres.\n\n"This is our home. We were born here."',
        ['Torres|said|"We will not leave,"', 'Torres|-|"This is our home. We were born here."'],
    ),
    (
        "a paragraph goes on that was not closed",
        '"We will not leave," said Torres. "This is our home.\n\n"We were born here and will die here."',
        [
            'Torres|said|"We will not leave," said Torres. "This is our home.',
            'Torres|-|"We were born here and will die here."',
        ],
    ),
    (
        "speech within quoted speech",
        '"The army told us that it would shell the camp," the refugee said.',
        [
            'the refugee|said|"The army told us that it would shell the camp,"',
            "The army|told|that it would shell the camp",
        ],
    ),
    (
        "wishes within quoted speech are the speaker's words",
        '"I want to go home and I think they support the truce," the refugee said.',
        ['the refugee|said|"I want to go home and I think they support the truce,"'],
    ),
]


def shown(parsed: Parsed, quote: Quote) -> str:
    text = parsed.article.text

    def part(start: int | None, end: int | None) -> str:
        return "-" if start is None else text[start:end]

    return "|".join(
        (
            part(quote.speaker_start, quote.speaker_end),
            part(quote.cue_start, quote.cue_end),
            part(quote.start, quote.end),
        )
    )


@pytest.mark.parametrize(("construction", "text", "expected"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_quotes(parse_text: Parse, construction: str, text: str, expected: list[str]) -> None:
    parsed = parse_text(text)
    assert sorted(shown(parsed, q) for q in find_quotes(parsed)) == sorted(expected), construction


@pytest.mark.parametrize(
    ("text", "direct"),
    [
        ('"We will not leave," the mayor said.', True),
        ("The mayor said they would not leave.", False),
        ('Sudan accused Chad of a "planned provocation" at its southern border.', False),
    ],
)
def test_direct(parse_text: Parse, text: str, direct: bool) -> None:
    assert [q.direct for q in find_quotes(parse_text(text))] == [direct]


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("The foreign minister of Chad said that rebels had fled.", "minister", "said"),
        ("The rebels, who say they control the port, freed six sailors.", "rebels", "say"),
        ("Warplanes bombed the market, according to a monitoring group.", "group", "according"),
    ],
)
def test_heads(parse_text: Parse, text: str, speaker: str, cue: str) -> None:
    parsed = parse_text(text)
    (quote,) = find_quotes(parsed)
    assert (parsed.word(quote.speaker or 0), parsed.word(quote.cue or 0)) == (speaker, cue)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("“One two,” he said. “Three.”", ["“One two,”", "“Three.”"]),
        ("“One two,“ he said.", ["“One two,“"]),
        ("''One two,'' he said.", ["''One two,''"]),
        ("The rebels' leader said it's over.", []),
        ('He said: "One two', ['"One two']),
        ('A 6" gun was found.', []),
    ],
)
def test_marks(parse_text: Parse, text: str, marked: list[str]) -> None:
    assert [text[m.start : m.end] for m in find_marked(parse_text(text))] == marked


@pytest.mark.parametrize("text", ["THE MINISTER SAID REBELS HAD FLED.", "said said said", '"', '" " "', "“”"])
def test_odd_texts_do_not_fail(parse_text: Parse, text: str) -> None:
    for quote in find_quotes(parse_text(text)):
        assert 0 <= quote.start < quote.end <= len(text)


PIECES = st.sampled_from(
    [
        "The army said ",
        "that rebels fled",
        '"We won"',
        '"',
        ", he added, ",
        ". ",
        "\n\n",
        "according to police",
        "accused Iran of theft",
        "who claims it wants peace",
        ": ",
        "“",
        "”",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=8).map("".join).filter(str.strip))
def test_offsets_lie_in_the_text(parse_text: Parse, text: str) -> None:
    parsed = parse_text(text)
    quotes = find_quotes(parsed)
    assert quotes == find_quotes(parsed)
    for quote in quotes:
        assert parsed.chars(quote.first, quote.last) == (quote.start, quote.end)
        for start, end in ((quote.speaker_start, quote.speaker_end), (quote.cue_start, quote.cue_end)):
            assert (start is None) == (end is None)
            assert start is None or end is None or 0 <= start < end <= len(text)
        assert quote.kind in kinds()


def test_every_cue_has_a_kind() -> None:
    assert all(cue.kind in kinds() for words in cues().values() for found in words.values() for cue in found)


def test_bad_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.knowledge.tables import Row

    def rows(*names: str, required: tuple[str, ...] = ()) -> list[Row]:
        cells = {"words": "say", "pos": "verb", "kind": "sing", "takes": "clause"}
        return [Row(cells, "/".join(names), 7)]

    kinds()
    monkeypatch.setattr(speech_cues, "read_table", rows)
    with pytest.raises(DatelineError, match=r"speech/cues.tsv:7.*sing"):
        speech_cues.cues.__wrapped__()
