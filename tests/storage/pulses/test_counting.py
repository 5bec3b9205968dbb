"""The count itself: one transaction that writes a round and deletes who chose what, or changes nothing."""

import asyncio
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from jobs.pulses.count_rounds import decide_count
from storage.answers.roles import keep_role
from storage.engine.address import read_url
from storage.records import GRACE, ClassCounts, ConfirmedName, Pulse, Role, RoleSaid, Round, RoundKind, Wave
from storage.records.count_records import Count, EarlierRound, Uncounted
from storage.store import Store
from tests.storage.scene import (
    DAY,
    MONDAY,
    TEAM,
    a_comment,
    a_pulse,
    a_rating,
    a_wave,
    answer,
    answer_key,
    rows,
)

BY_RULE = partial(decide_count, k=5, weeks=4)
PEOPLE = [f"{number:064x}" for number in range(1, 13)]
POINTS = [9, 9, 10, 10, 9, 3, 2, 5, 7, 8, 7, 8]
THURSDAY = MONDAY + 3 * DAY
COUNTED = THURSDAY + GRACE
WEEKLY: dict[str, Any] = {"cadence": "weekly mon 09:00"}


async def asked(store: Store, pulse: Pulse | None = None, *, people: int = 12, weeks: int = 0) -> Wave:
    """A closed wave of a weekly question that these many answered, some weeks after the first."""
    pulse = pulse or await a_pulse(store, **WEEKLY)
    at = MONDAY + timedelta(weeks=weeks)
    wave = await a_wave(store, pulse, opened_at=at, closes_at=at + 3 * DAY)
    for person, point in list(zip(PEOPLE, POINTS, strict=True))[:people]:
        await answer(store, wave, [person], point=point)
    await store.waves.close(TEAM, wave.id, at=wave.closes_at)
    return wave


async def count(store: Store, wave: Wave, **more: Any) -> Round | None:
    """The round that a wave's question becomes once the wave's grace is over."""
    given = {"at": wave.closes_at + GRACE, "decide": BY_RULE, **more}
    found = await store.rounds.count(TEAM, wave.question_id, **given)
    return found.round if found else None


async def test_a_count_writes_totals_and_deletes_who_chose_what(store: Store) -> None:
    """The round holds the totals, its people are marked, the wave says so, and no rating is left."""
    wave = await asked(store)
    await store.answers.record([a_rating(wave, PEOPLE[0], clicked_at=MONDAY + DAY)], comment=a_comment())
    made = await count(store, wave)
    assert made is not None
    assert (made.kind, made.n, made.askings, made.invited) == (RoundKind.NUMBER, 12, 1, 61)
    assert made.classes == ClassCounts(favourable=5, middle=4, unfavourable=3)
    assert made.histogram == {-100: 3, 0: 4, 100: 5}
    assert await store.rounds.find(TEAM, made.id) == made
    left = await rows(store)
    assert left["rating"] == []
    assert len(left["comment"]) == 1
    assert sorted(row[1] for row in left["participation"]) == PEOPLE
    found = await store.waves.get(TEAM, wave.id)
    assert found is not None
    assert (found.round_id, found.counted_at, found.settled_at) == (made.id, COUNTED, COUNTED)
    assert found.answered == 12
    assert await store.rounds.about(TEAM, ["C1"], product_id=wave.pulse.product.id) == [made]


async def test_two_replicas_count_one_round(store: Store, other: Store) -> None:
    """Whoever comes second finds nothing to count."""
    wave = await asked(store)
    both = await asyncio.gather(count(store, wave), count(other, wave))
    assert len([made for made in both if made]) == 1
    assert len((await rows(store))["round"]) == 1


async def test_a_crash_in_the_middle_of_a_count_changes_nothing(store: Store) -> None:
    """Everything is there as it was, and the next tick counts it."""
    wave = await asked(store)
    before = await rows(store)

    def crash(given: Uncounted) -> Count:
        assert BY_RULE(given).round
        raise MemoryError

    with pytest.raises(MemoryError):
        await count(store, wave, decide=crash)
    assert await rows(store) == before
    assert await count(store, wave)


async def test_a_row_that_is_refused_takes_the_whole_count_with_it(store: Store) -> None:
    """A mark of nobody breaks the write after the round is in: the round goes too, and the ratings stay."""
    wave = await asked(store)
    before = await rows(store)

    def nobody(given: Uncounted) -> Count:
        return Count(round=BY_RULE(given).round, people=frozenset({None}))  # type: ignore[arg-type]

    with pytest.raises(Exception, match=r"(?i)not.null"):
        await count(store, wave, decide=nobody)
    assert await rows(store) == before


async def test_a_forget_at_the_moment_of_the_count(store: Store, other: Store) -> None:
    """Before or after, never in between: no mark and no answer is left, and totals are of whole people."""
    wave = await asked(store)
    made, _ = await asyncio.gather(count(store, wave), other.erasure.forget(TEAM, PEOPLE[:1]))
    assert made is not None
    left = await rows(store)
    assert left["rating"] == []
    assert sorted(row[1] for row in left["participation"]) == PEOPLE[1:]
    assert made.n in {11, 12}
    assert sum(made.histogram.values()) == made.n


async def test_totals_stay_when_somebody_is_forgotten(store: Store) -> None:
    """Every figure is the same to the digit; only that they took part is erased."""
    wave = await asked(store)
    made = await count(store, wave)
    assert made is not None
    await store.erasure.forget(TEAM, PEOPLE[3:4])
    assert await store.rounds.find(TEAM, made.id) == made
    assert PEOPLE[3] not in {row[1] for row in (await rows(store))["participation"]}


async def test_a_takedown_at_the_moment_of_the_count(store: Store, other: Store) -> None:
    """Whichever is first: no answer is left, and no round with the wave is in any figure."""
    wave = await asked(store)
    await asyncio.gather(count(store, wave), other.erasure.take_down(TEAM, wave.id, at=COUNTED))
    assert (await rows(store))["rating"] == []
    assert await store.rounds.about(TEAM, ["C1"], product_id=wave.pulse.product.id) == []
    assert await store.rounds.due(COUNTED + DAY) == []


async def test_a_takedown_withdraws_the_round_and_its_other_waves_never_count(store: Store) -> None:
    """The round is kept, withdrawn, and starts the four weeks; its marks stay; nothing of it waits again."""
    pulse = await a_pulse(store, **WEEKLY)
    first = await asked(store, pulse, people=6)
    assert await count(store, first) is None
    second = await asked(store, pulse, weeks=1)
    made = await count(store, second)
    assert made is not None
    await store.erasure.take_down(TEAM, first.id, at=COUNTED + 8 * DAY)
    withdrawn = await store.rounds.find(TEAM, made.id)
    assert withdrawn is not None
    assert withdrawn.withdrawn
    assert len((await rows(store))["participation"]) == 12
    assert await store.rounds.due(COUNTED + 100 * DAY) == []
    third = await asked(store, pulse, weeks=2)
    assert await count(store, third) is None


async def test_a_question_is_looked_at_again_on_the_first_day_after_its_four_weeks(store: Store) -> None:
    """What waits is counted on that day (UTC), though nothing has closed since; not a day earlier."""
    pulse = await a_pulse(store, **WEEKLY)
    first = await asked(store, pulse)
    assert await count(store, first)
    second = await asked(store, pulse, weeks=1)
    assert await count(store, second) is None
    midnight = (COUNTED + 27 * DAY).replace(hour=0, minute=0)
    assert midnight.date() == date(2026, 12, 16)
    assert await store.rounds.due(midnight - timedelta(seconds=1)) == []
    (due,) = await store.rounds.due(midnight)
    assert due.id == second.id
    made = await count(store, second, at=midnight)
    assert made is not None
    assert made.n == 12
    assert len(made.shared) == 1
    assert list(made.shared.values()) == [12]
    assert await store.rounds.find(TEAM, made.id) == made
    assert await store.rounds.due(midnight + 60 * DAY) == []


async def test_who_was_counted_for_the_same_lately_is_left_out_and_erased(store: Store) -> None:
    """In another channel of the same question their answers go with the count, and only the others count."""
    wave = await asked(store)
    assert await count(store, wave)
    elsewhere = await asked(store, await a_pulse(store, channel_id="C2", **WEEKLY), people=3)
    await answer(store, elsewhere, [f"{number:064x}" for number in range(20, 30)], point=0)
    await answer(store, elsewhere, [f"{number:064x}" for number in range(30, 34)], point=7)
    made = await count(store, elsewhere)
    assert made is not None
    assert (made.n, made.classes) == (14, ClassCounts(favourable=0, middle=4, unfavourable=10))
    assert (await rows(store))["rating"] == []


async def test_named_answers_stay_with_their_names(store: Store) -> None:
    """A question with names is counted like any other and keeps who chose what."""
    wave = await asked(store, await a_pulse(store, named=True, **WEEKLY))
    made = await count(store, wave)
    assert made is not None
    assert made.question.named
    assert len((await rows(store))["rating"]) == 12


async def test_marks_are_kept_400_days(store: Store) -> None:
    """Who took part is deleted then, in every workspace; the rounds stay."""
    made = await count(store, await asked(store))
    assert made is not None
    assert await store.rounds.expire_marks(made.counted_on) == 0
    assert await store.rounds.expire_marks(made.counted_on + DAY) == 12
    assert (await rows(store))["participation"] == []
    assert await store.rounds.find(TEAM, made.id) == made


def ties(path: Path) -> Iterator[str]:
    """Every respondent whose key stands in a file beside an item and a point, as a rating has them."""
    content = path.read_bytes() if path.exists() else b""
    for person in PEOPLE:
        key, start = person.encode(), 0
        while (start := content.find(key, start)) >= 0:
            wave_id = content[max(0, start - 16) : start]
            if wave_id.isalnum() and b"2026-11" in content[start + 64 : start + 96]:
                yield person
            start += len(key)


def size(path: Path) -> int:
    """How many bytes a file has."""
    return path.stat().st_size


@pytest.mark.sqlite("what stands in a SQLite file")
@pytest.mark.parametrize("others", [0, 400])
async def test_no_byte_ties_a_person_to_a_point_after_a_count(store: Store, url: str, others: int) -> None:
    """Neither the file nor its journal, also where the ratings filled many pages and were changed often."""
    name = read_url(url).database
    assert name is not None
    path = Path(name)
    files = [path, path.with_name(f"{path.name}-wal")]
    waits = await a_wave(store, await a_pulse(store, instrument="csat"))
    wave = await asked(store)
    again = await a_wave(store, wave.pulse)
    for number in range(100, 100 + others):
        other = f"{number:x}".rjust(64, "f")  # "00...64" after a 0 would hold the key of 6
        await answer(store, waits, [other])
        await answer(store, again, [other], point=number % 11)
    for person in PEOPLE:
        await answer(store, again, [person], point=4)
        await answer(store, again, [person], point=9, clicked_at=MONDAY + DAY)
    await store.waves.close(TEAM, again.id, at=again.closes_at)
    assert {person for file in files for person in ties(file)} == set(PEOPLE)
    assert await count(store, wave)
    await store.rounds.clean_journal()
    assert not [person for file in files for person in ties(file)]
    assert size(files[1]) == 0
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT COUNT(*) FROM rating").fetchone() == (others,)
    connection.close()


@pytest.mark.sqlite("the journal of SQLite")
async def test_the_journal_is_emptied_once_nobody_reads(store: Store, url: str) -> None:
    """A reader that holds an old page puts it off to the next tick; nothing is lost by that."""
    assert await count(store, await asked(store))
    name = read_url(url).database
    assert name is not None
    journal = Path(f"{name}-wal")
    reader = sqlite3.connect(name, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM wave").fetchone()
    await a_wave(store)
    await store.rounds.clean_journal()
    assert size(journal) > 0
    reader.close()
    await store.rounds.clean_journal()
    assert size(journal) == 0


PARTS = {Role.BUYS: {-100.0: 3, 0.0: 3, 100.0: 5}, Role.USES: {-100.0: 4, 0.0: 4, 100.0: 3}}
POINTS_OF = {100: 9, 0: 7, -100: 2}


async def asked_by_role(store: Store, *, named: bool = False) -> Wave:
    """A closed wave that 22 people answered; with the form 11 said that they buy, 11 that they use."""
    wave = await a_wave(store, await a_pulse(store, named=named, **WEEKLY))
    for role, counts in PARTS.items():
        scores = [score for score, people in counts.items() for _ in range(people)]
        for number, score in enumerate(scores):
            person = f"{number}{role}".ljust(64, "0")
            await answer(store, wave, [person], point=POINTS_OF[int(score)])
            await store.answers.comment(answer_key(wave, person), a_comment(""), RoleSaid(role))
    await store.waves.close(TEAM, wave.id, at=wave.closes_at)
    return wave


async def test_a_round_keeps_its_counts_by_role(store: Store) -> None:
    """They are written with the count and read with the round; no later word of anybody moves them."""
    wave = await asked_by_role(store)
    made = await count(store, wave)
    assert made is not None
    assert made.by_role == PARTS
    person = "3buys".ljust(64, "0")
    assert await store.roles.change(TEAM, person, wave.pulse.product.id, RoleSaid(Role.RUNS))
    await store.erasure.forget(TEAM, ["4uses".ljust(64, "0")])
    assert await store.rounds.find(TEAM, made.id) == made


async def test_a_role_that_changes_before_the_count_counts_as_it_then_is(store: Store) -> None:
    """Eleven and eleven become ten and twelve."""
    wave = await asked_by_role(store)
    person = "0buys".ljust(64, "0")
    await store.roles.change(TEAM, person, wave.pulse.product.id, RoleSaid(Role.USES))
    made = await count(store, wave)
    assert made is not None
    assert {role: sum(counts.values()) for role, counts in made.by_role.items()} == {
        Role.BUYS: 10,
        Role.USES: 12,
    }


async def test_roles_are_those_of_the_product(store: Store) -> None:
    """What people said of another product moves nobody."""
    wave = await asked_by_role(store)
    beacon = await store.products.create(TEAM, ConfirmedName("Beacon"))

    def tell(connection: Connection) -> None:
        for number in range(11):
            person = f"{number}buys".ljust(64, "0")
            keep_role(connection, TEAM, person, beacon.id, RoleSaid(Role.SEVERAL))

    await store.database.write(tell)
    made = await count(store, wave)
    assert made is not None
    assert made.by_role == PARTS


async def test_who_takes_the_role_back_before_the_count_leaves_no_split(store: Store) -> None:
    """One who has not told theirs is a part of one."""
    wave = await asked_by_role(store)
    await store.roles.change(TEAM, "0buys".ljust(64, "0"), wave.pulse.product.id, RoleSaid(None))
    made = await count(store, wave)
    assert made is not None
    assert made.by_role == {}


async def test_a_withdrawn_round_has_no_split(store: Store) -> None:
    """It is erased with the takedown, not only hidden."""
    wave = await asked_by_role(store)
    made = await count(store, wave)
    assert made is not None
    await store.erasure.take_down(TEAM, wave.id, at=COUNTED)
    found = await store.rounds.find(TEAM, made.id)
    assert found is not None
    assert (found.withdrawn, found.by_role, found.histogram) == (True, {}, made.histogram)
    assert not [row for row in (await rows(store))["round"] if PARTS in row]


async def test_how_many_of_an_earlier_split_are_forgotten(store: Store) -> None:
    """Of those of whom nobody knows any more that they were in it, it is told how many they are."""
    made = await count(store, await asked_by_role(store))
    forgot = ["3buys".ljust(64, "0"), "4uses".ljust(64, "0")]
    for each in forgot:
        await store.erasure.forget(TEAM, [each])
    found = list[EarlierRound]()

    def looks(given: Uncounted) -> Count:
        found.extend(given.earlier)
        return BY_RULE(given)

    await count(store, await asked_by_role(store), decide=looks)
    assert [(each.round, len(each.people), each.forgotten) for each in found] == [(made, 20, 2)]


async def test_with_names_there_is_no_split(store: Store) -> None:
    """Roles are kept under a key that a question with names does not know."""
    made = await count(store, await asked_by_role(store, named=True))
    assert made is not None
    assert made.by_role == {}


async def test_what_was_promised_holds_for_each_role(store: Store) -> None:
    """Where the setting is twelve by now, eleven of a role are too few, though the round is made."""
    made = await count(store, await asked_by_role(store), decide=partial(decide_count, k=12, weeks=4))
    assert made is not None
    assert (made.n, made.by_role) == (22, {})


@pytest.mark.parametrize("days,kept", [(60, {}), (400, {}), (401, PARTS)])
async def test_after_a_restore_nothing_is_kept_by_role(store: Store, days: int, kept: object) -> None:
    """Splits that the copy has not were shown: another one of nearly the same people would tell."""

    def restored(given: Uncounted) -> Count:
        return BY_RULE(replace(given, restored_on=COUNTED.date() - timedelta(days=days)))

    made = await count(store, await asked_by_role(store), decide=restored)
    assert made is not None
    assert made.by_role == kept
