"""Rounds as they are read: all of them whole, or only the newest of each question."""

from dataclasses import replace

from sqlalchemy import Connection

from storage.records import Lean, OldRound, Round, RoundKind
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


def old(one: Round) -> OldRound:
    """What is read of a round that is not whole."""
    return OldRound(
        id=one.id,
        question=one.question,
        kind=one.kind,
        counted_at=one.counted_at,
        counted_on=one.counted_on,
        first_day=one.first_day,
        n=one.n,
        histogram=one.histogram,
        clipped=one.clipped,
        withdrawn=one.withdrawn,
    )


def _id(one: OldRound) -> str:
    return one.id


async def test_only_the_newest_rounds_of_each_question_are_whole(store: Store) -> None:
    """The older ones have what a level needs: when they were counted, how many, and the histogram."""
    wave = await a_wave(store)
    made = await store.database.write(lambda connection: kept(connection, wave.pulse.product.id))
    mine = (ROUND.c.team_id == TEAM,)
    assert await store.database.read(lambda connection: read_rounds(connection, *mine)) == made
    found = await store.database.read(lambda connection: read_long_story(connection, *mine, whole=2))
    assert found.rounds == made[-4:]
    older = [one for rounds in found.older.values() for one in rounds]
    assert sorted(older, key=_id) == sorted(map(old, made[:-4]), key=_id)
    assert all(one.question == question for question, rounds in found.older.items() for one in rounds)


async def test_rounds_that_do_not_count_push_no_other_out(store: Store) -> None:
    """Withdrawn rounds are not among so many newest, and the two newest with figures are always whole."""
    wave = await a_wave(store)
    made = await store.database.write(lambda connection: kept(connection, wave.pulse.product.id))
    nps = [one for one in made if one.question.instrument == "nps"]
    mine = (ROUND.c.team_id == TEAM, ROUND.c.id.in_([one.id for one in nps]))
    gone = ROUND.update().where(ROUND.c.id == nps[-1].id).values(withdrawn_at=nps[-1].counted_at)
    words = ROUND.update().where(ROUND.c.id == nps[-2].id)
    words = words.values(kind=RoundKind.WORD, lean=Lean.GOOD, histogram={}, favourable=None)
    words = words.values(middle=None, unfavourable=None)
    alone = OVERLAP.delete().where(OVERLAP.c.team_id == TEAM)
    await store.database.write(lambda c: [c.execute(change) for change in (alone, gone, words)])
    found = await store.database.read(lambda connection: read_long_story(connection, *mine, whole=1))
    assert [one.id for one in found.rounds] == [one.id for one in nps[-4:]]


async def test_a_short_story_is_whole(store: Store) -> None:
    """Where there are no more than so many, all rounds are as they were counted."""
    wave = await a_wave(store)
    made = await store.database.write(lambda connection: kept(connection, wave.pulse.product.id))
    mine = (ROUND.c.team_id == TEAM,)
    found = await store.database.read(lambda c: read_long_story(c, *mine, whole=MANY))
    assert found.rounds == made
    assert found.older == {}


async def test_rounds_of_a_time_are_whole_and_so_many_before_it(store: Store) -> None:
    """With a moment, whole are the rounds from then on, and of each question so many before them."""
    wave = await a_wave(store)
    made = await store.database.write(lambda connection: kept(connection, wave.pulse.product.id))
    mine = (ROUND.c.team_id == TEAM,)
    for since in (made[-3].counted_at, made[1].counted_at):
        found = await store.database.read(
            lambda c, since=since: read_long_story(c, *mine, whole=1, since=since)  # type: ignore[misc]
        )
        whole = {one.id for one in found.rounds}
        assert {one.id for one in made if one.counted_at >= since} <= whole
        older = [one for rounds in found.older.values() for one in rounds]
        assert all(one.counted_at < since for one in older)
        assert sorted([*whole, *map(_id, older)]) == sorted(one.id for one in made)
