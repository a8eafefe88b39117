"""Sentences, the word that tells of an event, its auxiliary modes, and whether it happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DatelineError
from dateline.frames.auxiliary import judge, predicates
from dateline.frames.auxiliary_judge import Judge
from dateline.frames.auxiliary_tables import (
    _modes,
    _number,
    constructions,
    governors,
    happenings,
    negators,
    words,
)
from dateline.knowledge.tables import Row
from dateline.language.parsed import Parsed

# The sign is + where readers take the event for real, - for not so, 0 for open; "" is not judged.
# Modes are joined by spaces; a star stands for "not judged".
CASES = [
    # plain statements
    ("Sudan bombed a camp in the hills.", "bombed", "", "+"),
    ("A camp was bombed by Sudanese jets.", "bombed", "", "+"),
    ("Sudan has bombed the camp twice.", "bombed", "", "+"),
    ("Police used tear gas to disperse the crowd.", "used", "", "+"),
    ("Police used tear gas to disperse the crowd.", "disperse", "", "+"),
    ("Rebels began shelling the port at dawn.", "shelling", "", "+"),
    ("Peru managed to free the hostages.", "free", "", "+"),
    ("Oman persuaded the rebels to release two nurses.", "release", "", "+"),
    ("The army forced the villagers to leave.", "leave", "", "+"),
    ("Togo was the first to recognise the island.", "recognise", "", "+"),
    # future
    ("Chad will expel the envoy.", "expel", "future", "+"),
    ("Chad is going to expel the envoy.", "expel", "future", "+"),
    ("Chad is about to expel the envoy.", "expel", "future", "+"),
    ("Chad is set to expel the envoy.", "expel", "future", "+"),
    ("The presidents are to meet in Oslo.", "meet", "future", "+"),
    ("The presidents are due to meet in Oslo.", "meet", "future", "+"),
    ("The presidents are expected to meet in Oslo.", "meet", "future", "+"),
    ("Chad plans to expel the envoy.", "expel", "future", "+"),
    ("Chad announced a plan to expel the envoy.", "expel", "future", ""),
    ("Chad vowed to expel the envoy.", "expel", "future", "+"),
    ("Chad decided to expel the envoy.", "expel", "future", "+"),
    ("Chad said it would expel the envoy.", "expel", "future", "+"),
    ("Chad promised that it would expel the envoy.", "expel", "future", "+"),
    ("The minister told reporters that Chad would expel the envoy.", "expel", "future", "+"),
    ("Seoul to send rice to Pyongyang", "send", "future", "+"),
    ("Chad will begin to withdraw its troops.", "withdraw", "future", "+"),
    # hypothetical
    ("Chad may expel the envoy.", "expel", "hypothetical", ""),
    ("Chad might expel the envoy.", "expel", "hypothetical", ""),
    ("Chad could expel the envoy.", "expel", "hypothetical", ""),
    ("Chad should expel the envoy.", "expel", "hypothetical", ""),
    ("Analysts say Chad would probably expel the envoy.", "expel", "hypothetical", ""),
    ("If Chad expels the envoy, France will respond.", "expels", "hypothetical", ""),
    ("If Chad expels the envoy, France will respond.", "respond", "hypothetical", ""),
    ("Unless Chad frees the crew, France will respond.", "frees", "hypothetical", ""),
    ("Were Serbia to send police, NATO would have to respond.", "send", "hypothetical", ""),
    ("Were Serbia to send police, NATO would have to respond.", "respond", "hypothetical", ""),
    ("Had they invaded Kuwait, the war would have spread.", "invaded", "hypothetical", ""),
    ("Had they invaded Kuwait, the war would have spread.", "spread", "hypothetical", ""),
    ("Should the rebels attack, the army will respond.", "attack", "hypothetical", ""),
    ("Chad wants to expel the envoy.", "expel", "hypothetical", ""),
    ("Chad threatened to expel the envoy.", "expel", "hypothetical", ""),
    ("Chad is considering expelling the envoy.", "expelling", "hypothetical", ""),
    ("France urged Chad to free the crew.", "free", "hypothetical", ""),
    ("France told the envoy to leave.", "leave", "hypothetical", ""),
    ("France called on Chad to free the crew.", "free", "hypothetical", ""),
    ("France called for talks with Chad.", "talks", "hypothetical", ""),
    ("France repeated its demand to free the crew.", "free", "hypothetical", ""),
    ("France warned of an attack by rebels.", "attack", "hypothetical", ""),
    ("Villagers spoke of the threat of an attack.", "attack", "hypothetical", ""),
    ("Fears of an invasion grew in Tbilisi.", "invasion", "hypothetical", ""),
    ("Diplomats doubt that Chad freed the crew.", "freed", "hypothetical", ""),
    ("Diplomats wonder whether Chad freed the crew.", "freed", "hypothetical", "0"),
    ("Did Chad bomb the camp?", "bomb", "hypothetical", "0"),
    ("Rebels might attack the port and destroy the cranes.", "destroy", "hypothetical", ""),
    ("An attack on the port could cut off the island.", "attack", "hypothetical", ""),
    ("The court allowed the firm to sell arms.", "sell", "hypothetical", ""),
    ("Turkey is ready to open the border.", "open", "future", ""),
    # negation
    ("Chad did not expel the envoy.", "expel", "negation", "-"),
    ("Chad never expelled the envoy.", "expelled", "negation", "-"),
    ("Chad no longer supports the deal.", "supports", "negation", "-"),
    ("No soldier fired on the crowd.", "fired", "negation", "-"),
    ("Nobody fired on the crowd.", "fired", "negation", "-"),
    ("None of the soldiers fired on the crowd.", "fired", "negation", "-"),
    ("Neither Mali nor Niger signed the treaty.", "signed", "negation", "-"),
    ("The minister neither apologised nor resigned.", "apologised", "negation", "-"),
    ("The minister neither apologised nor resigned.", "resigned", "negation", "-"),
    ("At no point did soldiers strike the marchers.", "strike", "negation", "-"),
    ("The talks ended without Greece recognising its neighbour.", "recognising", "negation", "-"),
    ("Police left the square without firing a shot.", "firing", "negation", "-"),
    ("Far from bombing the bridge, the army rebuilt it.", "bombing", "negation", "-"),
    ("Far from bombing the bridge, the army rebuilt it.", "rebuilt", "", "+"),
    ("Ireland stopped short of expelling the envoy.", "expelling", "negation", "-"),
    ("The states have yet to reopen their embassies.", "reopen", "negation", "-"),
    ("Chad failed to free the crew.", "free", "negation", "-"),
    ("Chad has so far declined to free the crew.", "free", "negation", "-"),
    ("Chad refused to free the crew.", "free", "negation", "-"),
    ("Chad refused to free the crew.", "refused", "", "+"),
    ("France regretted the failure to free the crew.", "free", "negation", "-"),
    ("France regretted Chad's refusal to free the crew.", "free", "negation", "-"),
    ("Chad denied that it had bombed the camp.", "bombed", "negation", "-"),
    ("Guards prevented the rebels from storming the palace.", "storming", "negation", "-"),
    ("China blockaded the island rather than invade it.", "invade", "negation", "-"),
    ("China blockaded the island rather than invade it.", "blockaded", "", "+"),
    ("Instead of releasing the sailors, Iran jailed them.", "releasing", "negation", "-"),
    ("Instead of releasing the sailors, Iran jailed them.", "jailed", "", "+"),
    ("The two sides held no talks.", "talks", "negation", "-"),
    ("Chad will not expel the envoy.", "expel", "future negation", "-"),
    ("Chad said it would not expel the envoy.", "expel", "future negation", "-"),
    ("Chad has no plans to expel the envoy.", "expel", "hypothetical", ""),
    ("Troops did not attack or loot the village.", "loot", "negation", "-"),
    # negation that does not reach the event
    ("Iran not only seized the ship but also jailed the crew.", "seized", "", "+"),
    ("Iran not only seized the ship but also jailed the crew.", "jailed", "", "+"),
    ("Chad did not fail to pay the troops.", "pay", "", "+"),
    ("Chad did not condemn the attack on the camp.", "attack", "", "+"),
    ("The rebels did not surrender but attacked the town.", "attacked", "", "+"),
    ("The minister did not know that rebels had seized the port.", "seized", "", "+"),
    # what is told stays told
    ("Chad said that rebels had attacked the port.", "attacked", "", "+"),
    ("The minister told parliament that rebels had left the port.", "left", "", "+"),
    ("The minister warned that rebels had seized the port.", "seized", "*", "+"),
    ("The minister insisted that the envoy had left.", "left", "", "+"),
    ("Chad condemned the attack on the camp.", "attack", "", "+"),
    ("A court jailed two men for attacking the camp.", "attacking", "", "+"),
    ("Mali accused Chad of bombing the camp.", "bombing", "", "+"),
    ("The two sides agreed and signed the pact.", "signed", "", "+"),
    ("Rebels seized the port after the army left.", "left", "", "+"),
    ("Forces backed by Chad retook the port.", "backed", "", "+"),
    ("Chad welcomed a treaty that Mali signed in May.", "signed", "", "+"),
    ("Villagers could see that soldiers had burned the barns.", "burned", "", "+"),
    ("It is not true that Chad bombed the camp.", "bombed", "negation", "-"),
    ("There is no evidence that Chad bombed the camp.", "bombed", "negation", "-"),
    ("The army rejected claims that it bombed the camp.", "bombed", "negation", "-"),
    ("The army rejected calls to withdraw.", "withdraw", "negation", "-"),
    ("Chad ruled out sending troops.", "sending", "negation", "-"),
    ("Chad forbade its troops to shoot.", "shoot", "negation", "-"),
    ("Chad has not ruled out sending troops.", "sending", "", ""),
    ("Rebels failed in an attempt to seize the port.", "seize", "negation", "-"),
    ("The failed coup shook Gabon.", "coup", "", ""),
    ("The foiled attack shook Gabon.", "attack", "negation", "-"),
    ("The planned visit angered Beijing.", "visit", "future", "+"),
    ("The alleged attack angered Beijing.", "attack", "", "+"),
    ("The president cancelled his visit to Moscow.", "visit", "negation", "-"),
    ("There were no casualties.", "casualties", "negation", "-"),
    # a present tense with a coming day, headings
    ("The defence minister travels to Port Moresby on Monday.", "travels", "future", "+"),
    ("The Pope visits Juba next month.", "visits", "future", "+"),
    ("US to lift Syria sanctions", "lift", "future", "+"),
    ("Macron to meet Putin in Moscow", "meet", "future", "+"),
    ("Bomb kills 12 in Kabul on Monday", "kills", "", "+"),
    # event nouns as subjects
    ("Talks with Mali will begin on Monday.", "Talks", "future", "+"),
    ("Talks with Mali are expected to begin on Monday.", "Talks", "future", "+"),
    ("Talks with Mali were cancelled.", "Talks", "negation", "-"),
    ("Talks with Mali began.", "Talks", "", "+"),
    ("The army was close to capturing the town.", "capturing", "hypothetical", ""),
    # clauses that hang on one another
    ("Chad agreed to free the crew if France pays.", "free", "hypothetical", ""),
    ("Rebels who had planned to attack the port were arrested.", "attack", "future", ""),
    ("Rebels who had planned to attack the port were arrested.", "arrested", "", "+"),
    ("Nor did Greece open its ports.", "open", "negation", "-"),
    ('"We have not attacked anybody," the general said.', "attacked", "negation", "-"),
    ('"If they come, we will fight," he said.', "fight", "hypothetical", ""),
    ("Mali expelled the troops after failing to agree terms.", "agree", "negation", "-"),
    ("Mali expelled the troops after failing to agree terms.", "expelled", "", "+"),
    ("The army might not have bombed the camp.", "bombed", "hypothetical negation", "-"),
    ("Chad will neither confirm nor deny the strike.", "confirm", "future negation", "-"),
    ("Chad will neither confirm nor deny the strike.", "deny", "future negation", "-"),
    ("Troops moved in in order to protect the town.", "protect", "", "+"),
    ("Troops moved in so that aid could reach the town.", "moved", "", "+"),
    ("Chad acted as if it had won the war.", "won", "hypothetical", "-"),
    ("The minister accused Chad of failing to protect civilians.", "protect", "negation", "-"),
    ("The minister urged Chad not to attack the port.", "attack", "hypothetical negation", "-"),
    ("The minister hoped that Chad would free the crew.", "free", "hypothetical", ""),
    ("Chad is unwilling to talk.", "talk", "hypothetical", ""),
    ("The envoy was unable to enter the town.", "enter", "negation", "-"),
    ("Soldiers could not find the envoy.", "find", "negation", "-"),
    ("The envoy was barred from entering the town.", "entering", "negation", "-"),
    ("The crew has not yet been freed.", "freed", "negation", "-"),
    ("The government agreed on Monday to a ceasefire.", "ceasefire", "future", "+"),
    ("Spain would welcome talks with Morocco.", "talks", "hypothetical", ""),
    ("Spain resumed talks with Morocco.", "talks", "", "+"),
    ("Spain will hold talks with Morocco.", "talks", "future", "+"),
    ("Spain insisted that Morocco free the crew.", "free", "hypothetical", ""),
    ("Spain proposed that Morocco lead the talks.", "lead", "hypothetical", ""),
    ("Spain demanded an apology.", "apology", "hypothetical", ""),
    ("Protesters demanding that Chad free the crew marched in Paris.", "free", "hypothetical", ""),
    ("Protesters demanding that Chad free the crew marched in Paris.", "marched", "", "+"),
    ("Mali, which has never recognised Kosovo, hosted the talks.", "recognised", "negation", "-"),
    ("The treaty was signed but never ratified.", "signed", "", "+"),
    ("The treaty was signed but never ratified.", "ratified", "negation", "-"),
    ("Police stopped a march by students.", "march", "", "+"),
    ("Troops opened fire, killing 12 protesters.", "killing", "", "+"),
    ("Soldiers sought to storm the palace.", "storm", "", ""),
    ("Who bombed the camp?", "bombed", "", "+"),
    # the writer's own belief
    ("I don't think that Chad bombed the camp.", "bombed", "*", "-"),
    ("I think that Chad bombed the camp.", "bombed", "", "+"),
]


def named(parsed: Parsed, word: str) -> int:
    return next(i for i in range(len(parsed.tree)) if parsed.word(i) == word)


@pytest.mark.parametrize(
    ("sentence", "word", "aux", "sign"), CASES, ids=[f"{s} [{w}]" for s, w, _, _ in CASES]
)
def test_judge(parse_text: Callable[..., Parsed], sentence: str, word: str, aux: str, sign: str) -> None:
    parsed = parse_text(sentence)
    judgement = judge(parsed, named(parsed, word))
    if aux != "*":
        assert judgement.aux == frozenset(aux.split()), judgement
    value = judgement.factuality
    if sign:
        assert sign == ("+" if value > 1 else "-" if value < 0 else "0"), judgement


def test_judgement_says_why(parse_text: Callable[..., Parsed]) -> None:
    parsed = parse_text("Chad failed to free the crew.")
    assert judge(parsed, named(parsed, "free")).why == "fail"


def test_predicates(parse_text: Callable[..., Parsed]) -> None:
    text = "Chad was angry that the talks had not begun."
    parsed = parse_text(text)
    found = predicates(parsed, {"talk"})
    assert [text[p.start : p.end] for p in found] == ["was", "angry", "talks", "begun"]
    assert found[-1].aux == ("negation",)
    assert all(p.text == text[p.start : p.end] for p in found)


def test_long_list_of_conjuncts(parse_text: Callable[..., Parsed]) -> None:
    parsed = parse_text("The army bombed " + ", ".join(["camps"] * 300) + " and fled.")
    assert predicates(parsed, {"camp"})


PIECES = """
if no not never without Chad will bomb bombed attacks talks the of to that said failed may ? . , and nor IS
"""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split()), min_size=1, max_size=25))
def test_any_text_is_judged(parse_text: Callable[..., Parsed], pieces: list[str]) -> None:
    text = " ".join(pieces)
    parsed = parse_text(text)
    found = predicates(parsed, {"talk", "attack"})
    assert found == predicates(parsed, {"talk", "attack"})
    fresh, tokens = Judge(parsed.tree), range(len(parsed.tree))
    assert [fresh.judge(i) for i in reversed(tokens)] == [judge(parsed, i) for i in reversed(tokens)]
    assert [p.start for p in found] == sorted(p.start for p in found)
    for p in found:
        assert -3 <= p.factuality <= 3
        assert set(p.aux) <= {"future", "hypothetical", "negation"}
        assert not {"future", "hypothetical"} <= set(p.aux)
        assert text[p.start : p.end] == p.text


def test_every_table_is_read() -> None:
    assert all(governors().values())
    assert all(
        words()[kind] for kind in ("modal", "adverb", "condition", "link", "frame", "prep", "modifier", "day")
    )
    assert all(negators().values())
    assert constructions()["past"].factuality == 3
    assert "bombardment" in happenings()
    assert "apartment" not in happenings()


def test_signature_at_a_standing() -> None:
    fail = governors()["fail", ""]
    assert fail.at(3, False) == fail.affirmed
    assert fail.at(-3, False) == fail.negated
    assert fail.at(0, False) == fail.unsure


@pytest.mark.parametrize("cell", ["4", "-3.5", "much"])
def test_bad_number(cell: str) -> None:
    with pytest.raises(DatelineError):
        _number(Row({"affirmed": cell}, "governors.tsv", 1), "affirmed")


def test_bad_mode() -> None:
    with pytest.raises(DatelineError):
        _modes(Row({"aux": "past"}, "governors.tsv", 1), "aux")
