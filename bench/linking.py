"""Mentions and articles put together, against gold: GVC and ECB+ (mentions), NewsCluster (articles)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from pathlib import Path

from bench.data import rows
from dateline.link import Mention, group_articles, link_mentions, plain_article


def b_cubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> tuple[float, float, float]:
    """B³ precision, recall and F1 (Bagga and Baldwin 1998) of two maps from items to clusters."""
    mine, theirs = Counter(found[i] for i in gold), Counter(gold.values())
    both = Counter((gold[i], found[i]) for i in gold)
    precision = sum(both[gold[i], found[i]] / mine[found[i]] for i in gold) / len(gold)
    recall = sum(both[gold[i], found[i]] / theirs[gold[i]] for i in gold) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pair_f1(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> float:
    """F1 over pairs of items put together: nothing is earned by leaving all apart."""

    def couples(counts: Counter[Hashable]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    both = couples(Counter((gold[i], found[i]) for i in gold))
    all_pairs = couples(Counter(found[i] for i in gold)) + couples(Counter(gold.values()))
    return 2 * both / all_pairs if all_pairs else 0.0


def _figures(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Mapping[str, float]:
    precision, recall, f1 = b_cubed(gold, found)
    return {
        "b3_precision": precision,
        "b3_recall": recall,
        "b3_f1": f1,
        "pair_f1": pair_f1(gold, found),
        "items": float(len(gold)),
    }


def mentions(path: Path) -> Mapping[str, float]:
    """B³ and pair F1 over given mentions of events."""
    gold: dict[str, Hashable] = {}
    articles, given = {}, []
    by_doc: dict[str, int] = defaultdict(int)
    for row in rows(path):
        articles[row["id"]] = plain_article(row["id"], row["text"], row.get("pubdate"))
        for m in row["mentions"]:
            if m.get("kind", "event") == "event" and m.get("cluster"):
                name = f"{row['id']}#{by_doc[row['id']]}"
                by_doc[row["id"]] += 1
                gold[name] = m["cluster"]
                given.append(Mention(name, row["id"], m["start"], m["end"]))
    return _figures(gold, link_mentions(articles, given))


def articles(path: Path) -> Mapping[str, float]:
    """B³ and pair F1 over articles."""
    given = list(rows(path))
    found = group_articles([plain_article(r["id"], r["text"], r.get("pubdate")) for r in given])
    return _figures({r["id"]: r["gold"]["event_id"] for r in given}, found)
