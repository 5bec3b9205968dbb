"""Rounds as they are read: all of them whole, or only the newest of each question."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from storage.records import Round
from storage.schema.round_rows import read_long_story, read_rounds, row_of_round
from storage.schema.round_tables import OVERLAP, QUESTION, ROUND
from storage.store import Store
from tests.bench.long_history import Asked, a_round, question_row
from tests.storage.scene import TEAM, a_wave

MANY = 6


def kept(connection: Connection, product_id: str) -> list[Round]:
    """Some rounds of two questions, each sharing people with the one before; oldest first."""
    made: list[Round] = []
    for asked in (Asked(channel="C7", instrument=key, rounds=MANY) for key in ("nps", "umux_lite")):
        row = question_row(asked) | {"team_id": TEAM, "product_id": product_id}
        connection.execute(QUESTION.insert(), row)
        for place in reversed(range(MANY)):
            one = a_round(asked, place, f"{asked.id}-{place}")
            one = replace(one, question=replace(one.question, team_id=TEAM, product_id=product_id))
            connection.execute(ROUND.insert(), row_of_round(one, asked.id))
            earlier = f"{asked.id}-{place + 1}"
            if place + 1 < MANY:
                shared = {"team_id": TEAM, "round_id": one.id, "earlier_id": earlier, "shared": 25}
                connection.execute(OVERLAP.insert(), shared)
                one = replace(one, shared={earlier: 25})
            made.append(one)
    return sorted(made, key=lambda one: (one.counted_at, one.id))


async def test_only_the_newest_rounds_of_each_question_are_whole(store: Store) -> None:
    """The older ones have what a level needs: when they were counted, how many, and the histogram."""
    wave = await a_wave(store)
    made = await store.database.write(lambda connection: kept(connection, wave.pulse.product.id))
    mine = (ROUND.c.team_id == TEAM,)
    assert await store.database.read(lambda connection: read_rounds(connection, *mine)) == made
    found = await store.database.read(lambda connection: read_long_story(connection, *mine, whole=2))
    assert [one.id for one in found] == [one.id for one in made]
    assert found[-4:] == made[-4:]
    for short, whole in zip(found[:-4], made[:-4], strict=True):
        assert short == replace(whole, classes=None, items=(), shared={}, invited=None, askings=1)
        assert whole.last_day - whole.first_day == timedelta(days=3)


async def test_a_short_story_is_whole(store: Store) -> None:
    """Where there are no more than so many, all rounds are as they were counted."""
    wave = await a_wave(store)
    made = await store.database.write(lambda connection: kept(connection, wave.pulse.product.id))
    mine = (ROUND.c.team_id == TEAM,)
    assert await store.database.read(lambda c: read_long_story(c, *mine, whole=MANY)) == made
