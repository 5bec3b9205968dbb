"""Batches and blocks: listed at once, cut once, withdrawn for good; and comments that are never listed."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from jobs.comments.cut_blocks import decide_block
from jobs.privacy.look import LONGEST_WAIT
from jobs.pulses.count_rounds import decide_count
from storage.answers.erasure import erase_wave
from storage.answers.listed_comments import Filling, end_unlisted
from storage.records import (
    GRACE,
    Batch,
    BlockCut,
    Correction,
    Lens,
    NewBatch,
    Pulse,
    Sentiment,
    Touchpoint,
    Wave,
)
from storage.records.count_records import Count, Uncounted
from storage.schema.batch_tables import BATCH, BATCH_WAVE
from storage.store import Store
from tests.storage.scene import DAY, MONDAY, TEAM, a_comment, a_label, a_pulse, a_rating, a_wave, rows

BY_RULE = partial(decide_count, k=5, weeks=4)
PEOPLE = [f"{number:064x}" for number in range(1, 31)]
WEEK = 7 * DAY


async def written(
    store: Store,
    pulse: Pulse | None = None,
    *,
    by: Iterable[str] = PEOPLE[:5],
    week: int = 0,
    count: bool = True,
    **changes: Any,
) -> Wave:
    """A closed and counted wave in which these people have written, some weeks after the first."""
    opened = MONDAY + week * WEEK
    wave = await a_wave(store, pulse, opened_at=opened, closes_at=opened + 3 * DAY)
    for place, person in enumerate(by):
        said = a_comment(f"Words {place} of week {week}.", **changes)
        await store.answers.record([a_rating(wave, person, point=4)], comment=said)
    await store.waves.close(TEAM, wave.id, at=wave.closes_at)
    if count:
        await counted(store, wave)
    return wave


async def counted(store: Store, wave: Wave, **more: Any) -> None:
    """The question of a wave is counted once its grace is over."""
    given = {"at": wave.closes_at + GRACE, "decide": BY_RULE, **more}
    await store.rounds.count(TEAM, wave.question_id, **given)


async def batches(store: Store, wave: Wave) -> list[Batch]:
    """The batches about Atlas in the channel of a wave."""
    return await store.listed_comments.batches(
        TEAM, [wave.pulse.channel_id], product_id=wave.pulse.product.id
    )


async def sizes(store: Store, wave: Wave) -> list[int]:
    """How many comments are in each batch, the newest first."""
    return [len(batch.comments) for batch in await batches(store, wave)]


async def cuts(store: Store, wave: Wave) -> list[BlockCut]:
    """The cuts of the blocks that are shown."""
    of = wave.pulse
    return await store.listed_comments.cuts(TEAM, [of.channel_id], product_id=of.product.id, lens=of.lens)


async def cut(store: Store) -> None:
    """Every question that has enough comments gets its block."""
    for filling in await store.listed_comments.filling(20):
        await store.listed_comments.cut(filling, decide_block)


async def test_a_batch_comes_with_the_count_where_the_answers_wait_too(store: Store) -> None:
    """Five people are too few for a score in a channel of 61; what they wrote is listed all the same."""
    wave = await written(store, await a_pulse(store, cadence="weekly mon 09:00"))
    (batch,) = await batches(store, wave)
    assert (batch.question_id, batch.lens, batch.need) == (wave.question_id, Lens.CX, 5)
    assert batch.listed_at == wave.closes_at + GRACE
    assert batch.pulses == (wave.pulse,)
    assert {comment.text for comment in batch.comments} == {f"Words {n} of week 0." for n in range(5)}
    assert (await rows(store))["round"] == []


async def test_four_wait_for_the_fifth(store: Store) -> None:
    """Whoever writes twice is one; with the fifth writer all that waited is listed, and each comment once."""
    pulse = await a_pulse(store, cadence="weekly mon 09:00")
    first = await written(store, pulse, by=PEOPLE[:4])
    await written(store, pulse, by=PEOPLE[:4], week=1)
    assert await batches(store, first) == []
    await written(store, pulse, by=PEOPLE[4:5], week=2)
    assert await sizes(store, first) == [9]
    await written(store, pulse, by=PEOPLE[:4], week=3)
    assert await sizes(store, first) == [9]
    await written(store, pulse, by=PEOPLE[4:6], week=4)
    assert await sizes(store, first) == [6, 9]


async def test_nothing_is_listed_before_the_last_form_is_in(store: Store) -> None:
    """Neither an open wave nor one in its last fifteen minutes is looked at."""
    pulse = await a_pulse(store, cadence="weekly mon 09:00")
    wave = await written(store, pulse, by=PEOPLE[:4], count=False)
    late = await written(store, pulse, by=PEOPLE[4:6], week=1, count=False)
    await counted(store, wave, at=late.closes_at + GRACE - DAY / 1000)
    assert await batches(store, wave) == []
    await counted(store, wave, at=late.closes_at + GRACE)
    assert await sizes(store, wave) == [6]


async def test_the_largest_promise_holds(store: Store) -> None:
    """Where one of the waves promised groups of six, five people are too few, and six must be left."""
    pulse = await a_pulse(store, min_group=6)
    wave = await written(store, pulse)
    assert await batches(store, wave) == []
    await written(store, pulse, by=PEOPLE[5:6], week=1)
    (batch,) = await batches(store, wave)
    assert (len(batch.comments), batch.need) == (6, 6)


async def test_what_is_written_with_names_is_in_no_batch(store: Store) -> None:
    """A question with names lists nothing, however many write, and loses nothing after 26 weeks."""
    wave = await written(store, await a_pulse(store, named=True), by=[f"U{n}" for n in range(12)])
    assert await batches(store, wave) == []
    await store.listed_comments.expire_unlisted(wave.closes_at + LONGEST_WAIT)
    assert len((await rows(store))["comment"]) == 12


async def test_a_comment_is_in_one_batch(store: Store) -> None:
    """The key of the table keeps a wave, and so its comments, in no more than one."""
    wave = await written(store)
    again = BATCH_WAVE.insert().values(
        team_id=TEAM, wave_id=wave.id, batch_id=(await batches(store, wave))[0].id
    )
    with pytest.raises(IntegrityError):
        await store.database.write(lambda connection: connection.execute(again))


async def test_two_replicas_list_one_batch(store: Store, other: Store) -> None:
    """Whoever counts second finds nothing to list."""
    wave = await written(store, count=False)
    await asyncio.gather(counted(store, wave), counted(other, wave))
    assert await sizes(store, wave) == [5]


async def test_a_forgotten_writer_leaves_the_batch(store: Store) -> None:
    """What somebody had erased is gone from its batch, which then has too few left; others stay in it."""
    wave = await written(store)
    await store.erasure.forget(TEAM, PEOPLE[:1])
    assert await sizes(store, wave) == [4]
    assert (await batches(store, wave))[0].need == 5


async def test_a_block_is_whole_batches_and_is_cut_once(store: Store) -> None:
    """Four batches of five make a block; the fifth begins the next; the cut is kept as it is shown."""
    pulse = await a_pulse(store, cadence="weekly mon 09:00")
    waves = [await written(store, pulse, week=week) for week in range(3)]
    await cut(store)
    assert await cuts(store, waves[0]) == []
    waves.append(await written(store, pulse, week=3, label=a_label(sentiment=Sentiment.POSITIVE)))
    waves.append(await written(store, pulse, week=4))
    await cut(store)
    await cut(store)
    (shown,) = await cuts(store, waves[0])
    assert shown.comments == 20
    assert shown.tones == {Sentiment.NEGATIVE: 15}  # with the 5 positive ones nobody would be left
    assert [batch.block_id is None for batch in await batches(store, waves[0])] == [True, *[False] * 4]
    assert len((await rows(store))["block"]) == 1


async def test_wishes_are_cut_apart(store: Store) -> None:
    """Nine of 24 ask for something, in a negative tone: no complaints. A later word moves no cut."""
    wave = await written(store, by=PEOPLE[:9], label=a_label(wish=True))
    await written(store, wave.pulse, by=PEOPLE[9:17], week=1, label=a_label(wish=False))
    praise = a_label(sentiment=Sentiment.POSITIVE, wish=False)
    await written(store, wave.pulse, by=PEOPLE[17:24], week=2, label=praise)
    await cut(store)
    (before,) = await cuts(store, wave)
    assert (before.tones, before.wishes) == ({Sentiment.NEGATIVE: 8}, 9)
    for batch in await batches(store, wave):
        await store.comments.label_all([(each, a_label("v2", wish=True)) for each in batch.comments[1:]])
        await store.comments.correct(TEAM, batch.comments[0].id, Correction(wish=True))
    await cut(store)
    assert await cuts(store, wave) == [before]
    assert all(each.is_wish for batch in await batches(store, wave) for each in batch.comments)


async def test_wishes_are_not_cut_apart_while_some_are_unknown(store: Store) -> None:
    """One label of an older version: nobody knows how many ask for something, so each is in its tone."""
    wave = await written(store, by=PEOPLE[:19], label=a_label(wish=True))
    await written(store, wave.pulse, by=PEOPLE[19:24], week=1, label=a_label(sentiment=Sentiment.POSITIVE))
    await cut(store)
    (made,) = await cuts(store, wave)
    assert (made.comments, made.tones, made.wishes) == (24, {Sentiment.NEGATIVE: 19}, None)


async def test_a_cut_is_recent_by_the_newest_comments_in_it(store: Store) -> None:
    """A block counts as one of the time in which the last of its batches was listed."""
    pulse = await a_pulse(store, cadence="weekly mon 09:00")
    waves = [await written(store, pulse, week=week) for week in range(4)]
    await cut(store)
    newest = waves[-1].closes_at + GRACE
    for since, found in ((newest, await cuts(store, waves[0])), (newest + timedelta(seconds=1), [])):
        assert found == await store.listed_comments.cuts(
            TEAM, [pulse.channel_id], product_id=pulse.product.id, lens=pulse.lens, since=since
        )


async def test_a_block_waits_for_its_labels(store: Store) -> None:
    """While one of its comments is not read, a block is not cut."""
    wave = await written(store, by=PEOPLE[:19])
    await written(store, wave.pulse, by=PEOPLE[20:25], week=1, label=None)
    await cut(store)
    assert await cuts(store, wave) == []
    await store.comments.label_all([(each, a_label()) for each in await store.comments.unlabelled(99)])
    await cut(store)
    assert [each.comments for each in await cuts(store, wave)] == [24]


async def test_no_later_word_moves_a_cut(store: Store) -> None:
    """A correction, a hidden comment, a new label and a forget change the list, and no number of the cut."""
    wave = await written(store, by=PEOPLE[:24])
    await cut(store)
    before = await cuts(store, wave)
    assert before[0].comments == 24
    (batch,) = await batches(store, wave)
    ids = [comment.id for comment in batch.comments]
    await store.comments.correct(TEAM, ids[0], Correction(sentiment=Sentiment.POSITIVE))
    await store.comments.correct(TEAM, ids[1], Correction(hidden=True))
    await store.comments.label_all(
        [(each, a_label("v2", touchpoints=(Touchpoint.BRAND,))) for each in batch.comments]
    )
    await store.erasure.forget(TEAM, PEOPLE[:6])
    await cut(store)
    assert await cuts(store, wave) == before
    assert await sizes(store, wave) == [18]


async def test_two_replicas_cut_one_block(store: Store, other: Store) -> None:
    """Of two that cut at once the second finds no batch that is in no block."""
    wave = await written(store, by=PEOPLE[:20])
    filling = Filling(TEAM, wave.question_id)
    both = await asyncio.gather(*(each.listed_comments.cut(filling, decide_block) for each in (store, other)))
    assert len([made for made in both if made]) == 1
    assert len(await cuts(store, wave)) == 1


async def test_taking_a_wave_down_withdraws_its_batch_and_its_block(store: Store) -> None:
    """What was listed or cut with a wave that is taken down never is again; another batch stays."""
    pulse = await a_pulse(store, cadence="weekly mon 09:00")
    waves = [await written(store, pulse, by=PEOPLE[:10], week=week) for week in range(3)]
    await cut(store)
    assert await sizes(store, waves[0]) == [10, 10, 10]
    assert len(await cuts(store, waves[0])) == 1
    await store.erasure.take_down(TEAM, waves[1].id, at=MONDAY + 99 * DAY)
    assert await sizes(store, waves[0]) == [10]
    assert await cuts(store, waves[0]) == []
    assert len((await rows(store))["comment"]) == 20
    await written(store, pulse, by=PEOPLE[:10], week=3)
    await cut(store)
    assert [each.comments for each in await cuts(store, waves[0])] == [20]


async def test_a_wave_whose_writers_are_forgotten_still_withdraws_its_batch(store: Store) -> None:
    """That a wave is in a batch is known also when none of its comments is left."""
    pulse = await a_pulse(store, cadence="weekly mon 09:00")
    first = await written(store, pulse, by=PEOPLE[:1])
    await written(store, pulse, by=PEOPLE[1:9], week=1)
    await store.erasure.forget(TEAM, PEOPLE[:1])
    assert await sizes(store, first) == [8]
    await store.erasure.take_down(TEAM, first.id, at=MONDAY + 99 * DAY)
    assert await batches(store, first) == []


async def test_what_is_never_listed_is_erased_after_26_weeks(store: Store) -> None:
    """Comments of waves that closed earlier and are in no batch go, with their labels; listed ones stay."""
    pulse = await a_pulse(store, cadence="weekly mon 09:00")
    old = await written(store, pulse, by=PEOPLE[:6])
    few = await written(store, pulse, by=PEOPLE[:4], week=1)
    assert await store.listed_comments.expire_unlisted(few.closes_at) == 0
    assert await store.listed_comments.expire_unlisted(few.closes_at + DAY) == 4
    left = await rows(store)
    assert {row[2] for row in left["comment"]} == {old.id}
    assert len(left["label"]) == 6


async def test_waves_that_are_in_no_batch(store: Store) -> None:
    """Open ones, and closed ones of the last time, whose comments are not listed."""
    pulse = await a_pulse(store, cadence="weekly mon 09:00")
    await written(store, pulse)
    few = await written(store, pulse, by=PEOPLE[:2], week=1)
    still_open = await a_wave(store, pulse, opened_at=MONDAY + 2 * WEEK, closes_at=MONDAY + 3 * WEEK)

    async def found(**more: Any) -> set[str]:
        given = {"product_id": pulse.product.id, "since": MONDAY, **more}
        return {wave.id for wave in await store.listed_comments.waves_in_no_batch(TEAM, ["C1"], **given)}

    assert await found() == {few.id, still_open.id}
    assert await found(since=few.closes_at) == {still_open.id}


async def test_a_batch_that_is_refused_takes_the_whole_count_with_it(store: Store) -> None:
    """A batch of nothing breaks the write: no round and no batch is kept."""
    wave = await written(store, count=False)
    before = await rows(store)

    def nothing(given: Uncounted) -> Count:
        assert BY_RULE(given).batch
        return Count(batch=NewBatch(comments=frozenset(), need=0))

    with pytest.raises(IntegrityError):
        await counted(store, wave, decide=nothing)
    assert await rows(store) == before


async def test_batches_of_one_question_are_decided_together(store: Store) -> None:
    """Comments on two questions never fill a block together."""
    first = await written(store, by=PEOPLE[:12])
    other = await written(store, await a_pulse(store, instrument="csat"), by=PEOPLE[:12])
    assert await store.listed_comments.filling(20) == []
    assert await store.listed_comments.filling(12) == sorted(
        Filling(TEAM, wave.question_id) for wave in (first, other)
    )

    def none(found: Sequence[Batch]) -> None:
        assert [batch.question_id for batch in found] == [first.question_id]

    await store.listed_comments.cut(Filling(TEAM, first.question_id), none)


async def test_a_copy_that_was_put_back_lists_and_cuts_nothing_of_before(store: Store) -> None:
    """What was not listed is erased; what was listed stays, and is in no block; what is cut stays cut."""
    wave = await written(store, by=PEOPLE[:20])
    await cut(store)
    before = await cuts(store, wave)
    await written(store, wave.pulse, by=PEOPLE[:12], week=1)
    await written(store, wave.pulse, by=PEOPLE[:4], week=2)
    named = await written(store, await a_pulse(store, named=True), by=["U1"])
    await store.database.write(end_unlisted)
    left = (await rows(store))["comment"]
    assert len(left) == 33
    assert named.id in {row[2] for row in left}
    await written(store, wave.pulse, by=PEOPLE[:8], week=3)
    await cut(store)
    assert await sizes(store, wave) == [8, 12, 20]
    assert await cuts(store, wave) == before


async def test_a_wave_that_waited_too_long_keeps_what_is_listed(store: Store) -> None:
    """When the answers of a waiting wave are erased, comments of it that a batch holds stay listed."""
    listed = await written(store)
    few = await written(store, listed.pulse, by=PEOPLE[:2], week=1)
    for wave in (listed, few):
        await store.database.write(
            lambda connection, wave=wave: erase_wave(connection, TEAM, wave.id, keep_listed=True)  # type: ignore[misc]
        )
    left = await rows(store)
    assert left["rating"] == []
    assert {row[2] for row in left["comment"]} == {listed.id}
    assert await sizes(store, listed) == [5]


async def test_of_what_was_listed_long_ago_only_what_is_in_no_block_is_read(store: Store) -> None:
    """An edition reads what was listed lately, and what still waits for a block, however old that is."""
    waves = [await written(store, by=PEOPLE[:5], week=week) for week in (0, 4)]
    pulse = waves[0].pulse

    async def since(day: int) -> list[Batch]:
        found = await store.listed_comments.batches(
            TEAM, [pulse.channel_id], product_id=pulse.product.id, since=MONDAY + day * DAY
        )
        return [batch for batch in found if batch.question_id == waves[0].question_id]

    everything = await batches(store, waves[0])
    assert await since(0) == everything
    assert await since(100) == everything  # none of it is in a block
    await store.database.write(lambda connection: connection.execute(BATCH.update().values(never_cut=True)))
    assert await since(100) == []
