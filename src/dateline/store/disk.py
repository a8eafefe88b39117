"""Writes to disk so that what is there is there whole: a new name appears only when all is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.errors import reported as reported

UNFINISHED = "tmp-"


def sync(path: Path) -> None:
    """Makes sure that a file's content, or a folder's list of names, has reached the disk."""
    if os.name == "nt" and path.is_dir():  # Windows keeps the names of a folder itself
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_tables(
    folder: Path, tables: Mapping[str, pa.Table], texts: Mapping[str, str] | None = None
) -> None:
    """Writes each table as `NAME.parquet` and each text by its name into a new folder that appears whole.

    Raises UNWRITABLE, and leaves nothing behind, where the disk is full or the folder not writable.
    """
    unfinished = folder.parent / f"{UNFINISHED}{folder.name}-{os.getpid()}"
    with reported(folder):
        try:
            unfinished.mkdir()
            for name, table in tables.items():
                path = unfinished / f"{name}.parquet"
                pq.write_table(table, path, compression="zstd", row_group_size=122_880)
                sync(path)
            for name, text in (texts or {}).items():
                (unfinished / name).write_text(text, encoding="utf-8")
                sync(unfinished / name)
            sync(unfinished)
            unfinished.rename(folder)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        sync(folder.parent)


def write_text(path: Path, text: str) -> None:
    """Writes a small file in one step. Raises UNWRITABLE."""
    unfinished = path.parent / f"{UNFINISHED}{path.name}-{os.getpid()}"
    with reported(path):
        try:
            unfinished.write_text(text, encoding="utf-8")
            sync(unfinished)
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        sync(path.parent)


def sweep(folder: Path) -> None:
    """Removes what a killed writer left in a folder; the caller holds the lock under which it is written."""
    for left in folder.glob(f"{UNFINISHED}*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
