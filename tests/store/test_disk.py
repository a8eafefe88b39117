from __future__ import annotations

import os
from pathlib import Path

from dateline.store import disk


def test_sweeping_leaves_what_a_running_process_is_writing(tmp_path: Path) -> None:
    ours, dead = os.getppid(), 2**22 + 1
    living, left = tmp_path / f"{disk.UNFINISHED}a.json-{ours}", tmp_path / f"{disk.UNFINISHED}{dead}.duckdb"
    living.touch()
    left.touch()
    disk.sweep(tmp_path)
    assert living.exists()
    assert not left.exists()
