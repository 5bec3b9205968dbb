"""The bot as a process of its own, killed without warning while people click."""

import re
from pathlib import Path

import pytest

from tests.databases import databases
from tests.killed import kill_often, posted
from tests.processes import database

KILLS = {"SQLite": 2, "PostgreSQL": 2}
"""In short; `make bench-kills` does twenty of each."""


@pytest.mark.parametrize("where", KILLS)
async def test_a_kill_loses_no_click_that_was_answered(where: str, tmp_path: Path) -> None:
    """Every click answered 200 before one of the kills is in the database; the due digests post once."""
    url = database(tmp_path) if where == "SQLite" else databases().migrated()
    killed = await kill_often(tmp_path, url, kills=KILLS[where])
    stream = killed.stream
    assert not re.search("|".join(stream.sent), killed.log)  # nor anybody's id
    assert stream.unanswered  # else no kill came in the middle of a click
    assert killed.lost == []
    for user_id in stream.acked:
        assert killed.kept[user_id] in stream.sent[user_id]
    keys = [posted(message) for message in killed.posted]
    assert len(set(keys)) == len(keys)
    for number in range(KILLS[where]):
        titles = [message for message in killed.posted if message.text.startswith(f"Product {number}:")]
        assert len(titles) == 1
