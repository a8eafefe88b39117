"""Who the phrases of an article mean: each actor's code, sector, name and office."""

from dateline.resolve.actors_article import ArticleActors
from dateline.resolve.actors_phrase import resolve_phrase

__all__ = ["ArticleActors", "resolve_phrase"]
