"""Anything → Article: text files, saved web pages, JSON lines, strings.

`read` and `read_bytes` give one article, `read_jsonl` the articles of a file of JSON lines, and
`as_article` makes one of a string. `articles` gives those of any sources, tables, feeds and archives
among them, one at a time. All raise `DatelineError` and nothing else.
"""

from dateline.sources.articles import articles
from dateline.sources.jsonl import read_jsonl
from dateline.sources.read import read, read_bytes
from dateline.sources.text import as_article

__all__ = ["articles", "as_article", "read", "read_bytes", "read_jsonl"]
