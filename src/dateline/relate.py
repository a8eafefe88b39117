"""The relation between two given mentions of a sentence (`dateline relate`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from dateline.article import Article, Zone, ZoneKind
from dateline.coding.combine import (
    ON_PATH,
    PER_CONDITION,
    SIDE,
    SWAPPED,
    combination,
    encoder_feature,
    lexicon_features,
    likely,
    shares,
)
from dateline.coding.encoder import Opinion, load
from dateline.coding.engine import Engine
from dateline.coding.reading import Reading
from dateline.coding.rules import Case, Rules
from dateline.errors import DatelineError, Problem
from dateline.frames.auxiliary import judge
from dateline.knowledge import codebook
from dateline.knowledge.actors.own import own_knowledge
from dateline.language.parse import parse
from dateline.language.parsed import Parsed
from dateline.language.tree import Tree
from dateline.mentions.speech import find_quotes
from dateline.options import Options
from dateline.resolve.actors import ArticleActors
from dateline.resolve.speakers import attributions
from dateline.resolve.tell import own_words, sectors

# From which probability on the encoder is believed on an auxiliary mode.
LIKELY = 0.5
# What is answered when the lexicon alone finds nothing: the type that is commonest in the field's data.
NOTHING_FOUND = "CONSULT"


class Relation(msgspec.Struct, kw_only=True):
    """The type of a relation with its mode, auxiliary modes, quad code and the types' shares (0..1)."""

    event: str
    mode: str | None
    aux: list[str]
    quad_code: int
    confidence: float
    scores: dict[str, float]
    why: str


@dataclass(frozen=True, slots=True)
class _Scored:
    score: float
    case: Case
    why: str


def _span(sentence: str, mention: str | tuple[int, int], role: str) -> tuple[int, int] | None:
    """Characters of a mention; None for words that the sentence has not, such as "a recipient"."""
    if isinstance(mention, str):
        start = sentence.lower().find(mention.lower())
        return (start, start + len(mention)) if start >= 0 and mention else None
    start, end = mention
    if not 0 <= start < end <= len(sentence):
        raise DatelineError(Problem.BAD_LINE, role, f"[{start}, {end}) is not inside the sentence")
    return start, end


def relate(
    sentence: str,
    source: str | tuple[int, int],
    target: str | tuple[int, int],
    options: Options,
) -> Relation:
    """Types the relation; always one of PLOVER's 16 types.

    Mentions are text or characters `[start, end)`; a text that is not in the sentence stands for a
    party that the sentence leaves unsaid. Raises `DatelineError` where characters lie outside the
    sentence or the sentence is empty.
    """
    spans = (_span(sentence, source, "source"), _span(sentence, target, "target"))
    scored = _read(sentence, spans, options)
    opinion = load(options.encoder).judge(sentence, [spans])[0] if options.use_model else None
    return _answer(scored, opinion, options)


def lexicon_candidates(
    sentence: str, source: tuple[int, int], target: tuple[int, int], options: Options
) -> list[tuple[str, float]]:
    """The types that the lexicon finds between two mentions, with their scores; see `relate`."""
    return [(s.case.event, s.score) for s in _read(sentence, (source, target), options)]


def _read(sentence: str, spans: Sequence[tuple[int, int] | None], options: Options) -> list[_Scored]:
    text = sentence.strip()
    if not text:
        raise DatelineError(Problem.EMPTY, "sentence")
    start = sentence.index(text)
    zone = Zone(start, start + len(text), ZoneKind.BODY)
    parsed = parse(Article("sentence", sentence, zones=(zone,)), options.model)
    sides = [range(*parsed.tokens(*span)) if span else range(0) for span in spans]
    actors = ArticleActors(parsed, own_knowledge(options.actors, options.dictionaries).book)
    given = {parsed.tree.root(s.start, s.stop) for s in sides if len(s)}
    heads = frozenset(actors.heads) | given
    engine = Engine(parsed, heads)
    rules = Rules(parsed, engine.slots)
    return list(_candidates(parsed, engine, rules, actors, sides))


def _candidates(
    parsed: Parsed, engine: Engine, rules: Rules, actors: ArticleActors, sides: list[range]
) -> Iterator[_Scored]:
    path = _path(parsed.tree, sides)
    quotes = find_quotes(parsed)
    for reading in _readings(engine):
        score = _score(parsed.tree, reading, sides, path)
        actor = [e for t in reading.by for e in actors.at(t)]
        said = attributions(parsed, reading.frame.head, quotes, actors.at)
        case = Case(
            reading=reading,
            event=reading.event,
            cameo=reading.cameo,
            modes=reading.modes,
            contexts=reading.contexts,
            aux=judge(parsed, reading.frame.head).aux | reading.aux,
            actor_sectors=sectors(actor),
            recipient_sectors=sectors(e for t in reading.to for e in actors.at(t)),
            own_words=own_words(actor, said) or any(_is_speaker(parsed.tree, t) for t in reading.by),
            states=frozenset(e.code for e in actor if e.code is not None),
        )
        # That there is a relation is given: a rule that finds no event in it leaves the case as it is.
        for coded in list(rules.apply(case)) or [case]:
            yield _Scored(score, coded, "; ".join((reading.why, *coded.rules)))


def _readings(engine: Engine) -> Iterator[Reading]:
    """All readings, and those of owned nouns inside them, done to whoever deals with the noun.

    "Togo spurned Mali's offer": Togo rejects; Mali offered, to Togo.
    """
    for reading in engine.readings(nouns_alone=True):
        yield reading
        for head in sorted(reading.consumed - {reading.frame.head}):
            inner = engine.read(head)
            if inner is not None and inner.frame.kind == "noun" and inner.by and not inner.both:
                others = tuple(t for t in reading.by if t not in inner.by)
                if others and not set(inner.by) & set(reading.by):
                    yield replace(inner, to=others)


def _path(tree: Tree, sides: list[range]) -> set[int]:
    """Tokens between the two mentions in the tree."""
    if not all(len(s) for s in sides):
        return set()
    roots = [tree.root(s.start, s.stop) for s in sides]
    up = [[r, *tree.ancestors(r)] for r in roots]
    common = next((t for t in up[0] if t in up[1]), None)
    found: set[int] = set()
    for chain in up:
        for t in chain:
            found.add(t)
            if t == common:
                break
    return found


def _score(tree: Tree, reading: Reading, sides: list[range], path: set[int]) -> float:
    source, target = sides
    by = any(_inside(tree, t, source) or _means(tree, t, source, target) for t in reading.by)
    to = any(_inside(tree, t, target) or _means(tree, t, target, source) for t in reading.to)
    swapped = any(_inside(tree, t, target) for t in reading.by) + any(
        _inside(tree, t, source) for t in reading.to
    )
    score = SIDE * by + SIDE * to + PER_CONDITION * reading.weight
    if reading.both:
        score += SIDE * bool(swapped)
    else:
        score += SWAPPED * swapped
    score += ON_PATH * bool(path & set(reading.heads))
    return score


def _inside(tree: Tree, token: int, side: range) -> bool:
    """Whether a participant is the mention, inside it, or the head of what it is part of."""
    return token in side or (tree.head[token] in side) or any(tree.head[s] == token for s in side)


def _speaker(tree: Tree, pronoun: int) -> int | None:
    """The subject of what governs a pronoun's clause: "the army" for "it" in "the army said it …"."""
    for clause in tree.ancestors(pronoun):
        if tree.dep[clause] == "ccomp":
            return next(iter(tree.kids(tree.head[clause], "nsubj")), None)
        if tree.dep[clause] not in ("conj", "xcomp"):
            return None
    return None


def _is_speaker(tree: Tree, token: int) -> bool:
    """Whether a participant is a pronoun for whoever tells of the act."""
    return tree.pos[token] == "PRON" and _speaker(tree, token) is not None


def _means(tree: Tree, token: int, side: range, other: range) -> bool:
    """Whether a participant is a pronoun for the mention, and not the other mention itself."""
    if tree.pos[token] != "PRON" or token in other:
        return False
    said_by = _speaker(tree, token)
    return said_by is not None and _inside(tree, said_by, side)


def _answer(scored: Sequence[_Scored], opinion: Opinion | None, options: Options) -> Relation:
    weights = combination(options.encoder)
    features = lexicon_features((s.case.event, s.score) for s in scored)
    if opinion is None:
        scores = shares(features, None, weights.lexicon)
    else:
        labels = load(options.encoder).labels
        scores = shares(features, encoder_feature(opinion.types, labels), weights.together)
    # With nothing to go by all shares are equal.
    event = max(scores, key=lambda name: scores[name]) if scored or opinion else NOTHING_FOUND
    case = max((s for s in scored if s.case.event == event), key=lambda s: s.score, default=None)
    modes = list(case.case.modes) if case else []
    aux = set(case.case.aux) if case else set()
    if opinion is not None:
        modes = modes or likely(labels.modes, opinion.modes, event)
        aux |= {a for a, p in zip(labels.aux, opinion.aux, strict=True) if p >= LIKELY}
    return Relation(
        event=event,
        mode=modes[0] if modes else None,
        aux=sorted(aux),
        quad_code=codebook.quad_code(event),
        confidence=round(scores[event], 4),
        scores={name: round(share, 4) for name, share in scores.items()},
        why=_why(scored, case, opinion),
    )


def _why(scored: Sequence[_Scored], case: _Scored | None, opinion: Opinion | None) -> str:
    """Which of the two coders decided."""
    if opinion is None:
        return case.why if case else "nothing in the lexicon fits"
    if case is None:
        return f"encoder; {'the lexicon says otherwise' if scored else 'nothing in the lexicon fits'}"
    return f"encoder and lexicon: {case.why}"
