"""JSON lines of any objects: pairs to relate, phrases to resolve, records to score."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.errors import DatelineError, Problem
from dateline.sources.read import STDIN, open_file


def read_objects(path: str | Path) -> Iterator[tuple[str, dict[str, Any] | DatelineError]]:
    """The objects of a file of JSON lines ("-": standard input), each with its place, `file:line`.

    A line that holds none gives a `DatelineError` in its object's stead; empty lines are passed
    over. Raises MISSING, FOLDER or UNREADABLE before anything is read.
    """
    name = str(path)
    source = sys.stdin.buffer if name == STDIN else open_file(path)
    name = "stdin" if name == STDIN else name
    with source:
        for number, line in enumerate(source, 1):
            if line.strip():
                place = f"{name}:{number}"
                yield place, _object(line, place)


def _object(line: bytes, place: str) -> dict[str, Any] | DatelineError:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return DatelineError(Problem.BAD_LINE, place, "not UTF-8")
    except (ValueError, RecursionError) as error:
        return DatelineError(Problem.BAD_LINE, place, f"not JSON ({error})")
    return found if isinstance(found, dict) else DatelineError(Problem.BAD_LINE, place, "not a JSON object")
