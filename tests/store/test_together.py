"""Many at once, and killed in the middle: nobody meets an error, and what was told as kept is there once."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

from benchmarks.store import kill, read, write
from tracker.store import Store


def test_two_writers_and_two_readers_meet_no_error(address):
    Store(address).close()
    start = multiprocessing.get_context("spawn" if sys.platform == "darwin" else "fork")
    told = start.Queue()
    crowd = [start.Process(target=write, args=(address, f"w{n}", 2.0, told)) for n in range(2)]
    crowd += [start.Process(target=read, args=(address, 2.0, told)) for _ in range(2)]
    for one in crowd:
        one.start()
    results = [told.get(timeout=60) for _ in crowd]
    for one in crowd:
        one.join()
    assert [error for _, _, _, errors in results for error in errors] == []
    written = sum(done for what, done, _, _ in results if what == "write")
    store = Store(address)
    assert written > 2 and len(store.read()) == 20 * written
    store.close()


def test_a_writer_that_is_killed_loses_nothing_that_it_had_told(tmp_path: Path):
    address = str(tmp_path / "tracker.sqlite")
    Store(address).close()
    results = list(kill(address, 3))
    acknowledged, *_ = results[-1]
    assert acknowledged >= 3
    assert [(lost, doubled) for _, lost, doubled in results] == [(0, 0)] * 3
