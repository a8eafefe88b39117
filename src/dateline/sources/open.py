"""Finds and opens what a source names: the files of a folder or pattern, standard input, an address."""

from __future__ import annotations

import glob
import gzip
import io
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from dateline.errors import DatelineError, Problem
from dateline.sources.read import MOST_BYTES, STDIN, open_file

GZIP = b"\x1f\x8b"
_HEAD = 4096  # bytes looked at to tell what a file is
_WAIT = 30.0  # seconds for an answer from the net


@dataclass(frozen=True, slots=True)
class Named:
    """A file to read: its path or address as it is shown in records, and the id of the article that it is
    (None: its stem)."""

    name: str
    id: str | None = None


@dataclass(slots=True)
class Opened:
    """An open source: `stream` gives its bytes, unpacked where it is gzip; `raw` is the file as it lies."""

    name: str
    stream: BinaryIO
    raw: BinaryIO
    head: bytes
    packed: bool = False

    def position(self) -> int:
        """How many bytes of the file have been read."""
        try:
            return self.raw.tell()
        except (OSError, ValueError):
            return 0

    def close(self) -> None:
        """Closes what was opened here: not standard input."""
        if self.name != STDIN:
            self.stream.close()
            self.raw.close()


def is_address(source: str) -> bool:
    """Whether a source is an address of the web."""
    return source.lower().startswith(("http://", "https://"))


def named(source: str) -> Iterator[Named | DatelineError]:
    """The files that a source stands for, in order of name; what is hidden is passed over."""
    if source == STDIN or is_address(source):
        yield Named(source)
        return
    path = Path(source)
    try:
        there, folder = path.exists(), path.is_dir()
    except (OSError, ValueError) as error:
        yield DatelineError(Problem.UNREADABLE, source, str(error).lower())
        return
    if folder:
        yield from _named_in(path)
    elif there or not glob.has_magic(source):
        yield Named(source)
    else:
        found = sorted(name for name in glob.glob(source, recursive=True) if Path(name).is_file())  # noqa: PTH207
        if not found:
            yield DatelineError(Problem.MISSING, source)
        fixed = Path(*_before_pattern(path.parts))
        yield from (Named(Path(name).as_posix(), _id(Path(name), fixed)) for name in found)


def _before_pattern(parts: tuple[str, ...]) -> Iterator[str]:
    for part in parts:
        if glob.has_magic(part):
            return
        yield part


def _named_in(folder: Path) -> Iterator[Named | DatelineError]:
    problems: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                path = Path(place) / name
                yield Named(path.as_posix(), _id(path, folder))
    for problem in problems:
        yield DatelineError(Problem.UNREADABLE, str(problem.filename), str(problem.strerror).lower())


def _id(path: Path, folder: Path) -> str:
    """A file's path in its folder, without its ending."""
    inside = path.relative_to(folder)
    inside = inside.with_suffix("") if inside.suffix == ".gz" else inside
    return inside.with_suffix("").as_posix()


def size(name: str) -> int:
    """A file's size in bytes; 0 where it has none."""
    try:
        return 0 if name == STDIN or is_address(name) else Path(name).stat().st_size
    except (OSError, ValueError):
        return 0


def open_source(name: str) -> Opened:
    """Opens a file, standard input or an address. Raises MISSING, FOLDER, UNREADABLE, NOT_FETCHED."""
    if name == STDIN:
        raw = cast(BinaryIO, sys.stdin.buffer)
    elif is_address(name):
        raw = io.BytesIO(fetch(name))
    else:
        raw = open_file(name)
    stream = raw if hasattr(raw, "peek") else io.BufferedReader(cast(Any, raw))
    try:
        head = stream.peek(_HEAD)
        if not head.startswith(GZIP):
            return Opened(name, stream, raw, head)
        unpacked = io.BufferedReader(cast(Any, gzip.GzipFile(fileobj=cast(Any, stream))))
        return Opened(name, cast(BinaryIO, unpacked), raw, _peek(unpacked), packed=True)
    except OSError as error:
        detail = (error.strerror or str(error)).lower()
        raise DatelineError(Problem.UNREADABLE, name, detail) from None


def _peek(stream: io.BufferedReader) -> bytes:
    """The first bytes of what is packed; none where they cannot be unpacked, which reading will report."""
    try:
        return stream.peek(_HEAD)
    except (OSError, EOFError, ValueError):
        return b""
    except Exception as error:
        if type(error).__module__ == "zlib":
            return b""
        raise


def fetch(address: str) -> bytes:
    """What lies at an address, `MOST_BYTES` and one at most. Raises NOT_FETCHED."""
    request = urllib.request.Request(address, headers={"User-Agent": "dateline"})
    try:
        with urllib.request.urlopen(request, timeout=_WAIT) as answer:
            found: bytes = answer.read(MOST_BYTES + 1)
            return found
    except urllib.error.HTTPError as error:
        raise DatelineError(Problem.NOT_FETCHED, address, f"status {error.code}") from None
    except (OSError, ValueError, urllib.error.URLError) as error:
        reason = getattr(error, "reason", error)
        raise DatelineError(Problem.NOT_FETCHED, address, str(reason)) from None
    except Exception as error:
        # The libraries of the net fail in many ways on what a server may answer.
        raise DatelineError(Problem.NOT_FETCHED, address, type(error).__name__) from None
