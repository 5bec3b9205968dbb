from datetime import datetime, timedelta

from storage.pulses.rounds import Rounds
from storage.records import GRACE, PostState, Pulse, Wave
from storage.store import Store
from tests.storage.scene import (
    DAY,
    HASH,
    HOUR,
    MONDAY,
    TEAM,
    a_comment,
    a_digest,
    a_pulse,
    a_rating,
    a_wave,
    all_waves,
    an_edition,
    answer,
    answer_key,
    comment_id,
    publish,
    rows,
    settle,
)

THURSDAY = MONDAY + 3 * DAY
LATER = THURSDAY + HOUR
INSTANT = timedelta(microseconds=1)


async def test_a_wave_whose_time_is_up_is_closing(store: Store) -> None:
    """A wave is closing from its `closes_at` on, until it is closed."""
    assert isinstance(store.rounds, Rounds)
    wave = await a_wave(store)
    assert await store.waves.closing(THURSDAY - HOUR) == []
    assert await store.waves.closing(THURSDAY) == [wave]
    await store.waves.close(TEAM, wave.id, at=LATER)
    assert await store.waves.closing(LATER) == []


async def test_closing_late_keeps_the_announced_end(store: Store) -> None:
    """A wave closed after its time keeps the time that people were told; closed earlier, it ended then."""
    late, early = await a_wave(store), await a_wave(store)
    assert await store.waves.close(TEAM, late.id, at=LATER)
    assert await store.waves.close(TEAM, early.id, at=MONDAY + DAY)
    closed = {wave.id: (wave.closes_at, wave.closed_at) for wave in await all_waves(store)}
    assert closed == {late.id: (THURSDAY, LATER), early.id: (MONDAY + DAY, MONDAY + DAY)}


async def test_closing_twice_closes_once(store: Store) -> None:
    """The second close is told that there was nothing to do, and renews no message."""
    wave = await a_wave(store)
    assert await store.waves.close(TEAM, wave.id, at=MONDAY + DAY)
    post = await store.outbox.post_for(TEAM, wave.id)
    assert not await store.waves.close(TEAM, wave.id, at=MONDAY + 2 * DAY)
    assert await store.outbox.post_for(TEAM, wave.id) == post
    found = await store.waves.get(TEAM, wave.id)
    assert found is not None
    assert found.closed_at == MONDAY + DAY


async def test_a_closed_wave_shows_it(store: Store) -> None:
    """Closing wants a new version of the wave's message."""
    wave = await a_wave(store)
    await store.waves.close(TEAM, wave.id, at=MONDAY + DAY)
    post = await store.outbox.post_for(TEAM, wave.id)
    assert post is not None
    assert post.wanted == 2


async def test_a_wave_settles_once_and_counts_with_those_that_waited(store: Store) -> None:
    """Settled without counting it waits; the next one takes it along, both from the same moment."""
    pulse = await a_pulse(store)
    first, second = await a_wave(store, pulse), await a_wave(store, pulse, opened_at=MONDAY + DAY)
    await store.waves.close(TEAM, first.id, at=THURSDAY - DAY)
    assert [wave.id for wave in await store.rounds.due(THURSDAY)] == [first.id]
    assert await settle(store, first, at=THURSDAY, counts=False)
    assert await store.rounds.due(LATER) == []
    await store.waves.close(TEAM, second.id, at=THURSDAY)
    assert await store.rounds.due(THURSDAY + GRACE - INSTANT) == []
    assert [wave.id for wave in await store.rounds.due(THURSDAY + GRACE)] == [second.id]
    assert await settle(store, second, at=LATER)
    assert await store.rounds.due(LATER) == []
    assert [wave.counted_at for wave in await all_waves(store, pulse)] == [LATER, LATER]


async def counted(store: Store, pulse: Pulse, *, at: datetime, closes_at: datetime = THURSDAY) -> Wave:
    """A wave that came to count at that time."""
    wave = await a_wave(store, pulse, closes_at=closes_at)
    await settle(store, wave, at=at)
    return wave


async def test_a_counted_wave_keeps_how_many_answered(store: Store) -> None:
    """What is forgotten afterwards changes no count that was shown; a wave that waits is counted anew."""
    counts, waits = await a_wave(store), await a_wave(store)
    for wave in (counts, waits):
        await answer(store, wave, [HASH, "b"])
        await answer(store, wave, ["b"], item=2)
    await settle(store, counts, at=LATER)
    await settle(store, waits, at=LATER, counts=False)
    await store.erasure.forget(TEAM, [HASH])
    found = [await store.waves.get(TEAM, wave.id) for wave in (counts, waits)]
    assert [wave and wave.answered for wave in found] == [2, 1]
    await store.erasure.take_down(TEAM, counts.id, at=LATER)
    taken_down = await store.waves.get(TEAM, counts.id)
    assert taken_down is not None
    assert taken_down.answered == 0


async def test_a_second_decision_changes_nothing(store: Store, other: Store) -> None:
    """When two processes decide about a wave, the first decision holds."""
    wave = await a_wave(store)
    assert await settle(store, wave, at=LATER, counts=False)
    assert not await settle(other, wave, at=LATER + HOUR)
    found = await store.waves.get(TEAM, wave.id)
    assert found is not None
    assert (found.settled_at, found.counted_at) == (LATER, None)


async def test_settling_sweeps_the_marks_of_answers_taken_back(store: Store) -> None:
    """Once a wave is settled nothing tells that somebody took an answer back."""
    wave = await a_wave(store)
    await answer(store, wave, ["stays", "goes"])
    await store.answers.take_back(answer_key(wave, "goes"), at=MONDAY + DAY)
    assert len((await rows(store))["rating"]) == 2
    await settle(store, wave, at=LATER, counts=False)
    assert [row[2] for row in (await rows(store))["rating"]] == ["stays"]


async def test_a_settled_wave_takes_no_answer(store: Store) -> None:
    """A click, a comment or a take-back that comes after the decision changes nothing: figures are fixed."""
    wave = await a_wave(store)
    await answer(store, wave, [HASH])
    await settle(store, wave, at=LATER)
    before = await rows(store)
    late = await store.answers.record([a_rating(wave, point=0, clicked_at=LATER)], comment=a_comment())
    assert (late.kept, late.first, late.before, late.points) == (False, False, {}, {})
    newcomer = await store.answers.record([a_rating(wave, "new", clicked_at=LATER)])
    assert (newcomer.kept, newcomer.first, newcomer.points) == (False, False, {})
    person = answer_key(wave)
    assert not await store.answers.comment(person, a_comment())
    assert not await store.answers.take_back(person, at=LATER)
    assert await rows(store) == before


async def test_taking_down_erases_what_was_answered(store: Store) -> None:
    """Ratings, comments, labels, corrections and quotes of the wave go; another wave keeps its own."""
    pulse = await a_pulse(store)
    wave, kept = await a_wave(store, pulse), await a_wave(store, pulse)
    for each in (wave, kept):
        await store.answers.record([a_rating(each)], comment=a_comment())
    quoted = await comment_id(store, wave)
    digest = await a_digest(store)
    await publish(store, digest, an_edition(digest, quoted, await comment_id(store, kept)))
    await store.erasure.take_down(TEAM, wave.id, at=MONDAY + DAY)
    left = await rows(store)
    assert {len(left[table]) for table in ("rating", "comment", "label")} == {1}
    edition = await store.editions.get(TEAM, "e1")
    assert edition is not None
    assert [quote.text is None for quote in edition.quotes] == [True, False]
    found = await store.waves.get(TEAM, wave.id)
    assert found is not None
    assert (found.taken_down, found.closed_at, found.closes_at, found.answered) == (
        *(True, MONDAY + DAY, MONDAY + DAY, 0),
    )


async def test_a_wave_taken_down_is_nobodys_business(store: Store) -> None:
    """It neither closes nor settles nor waits, and takes no answer."""
    wave = await a_wave(store)
    await store.erasure.take_down(TEAM, wave.id, at=MONDAY)
    assert await store.waves.closing(LATER) == []
    assert await store.rounds.due(LATER) == []
    assert not await settle(store, wave, at=LATER)
    assert not (await store.answers.record([a_rating(wave)])).kept
    assert (await rows(store))["rating"] == []


async def test_taking_down_wants_the_message_gone(store: Store) -> None:
    """A message that Slack shows is due for deletion."""
    wave = await a_wave(store)
    (post,) = await store.outbox.claim(now=MONDAY, lease=HOUR, limit=1)
    await store.outbox.sent(post, version=post.wanted, slack_ts="1.1", not_before=MONDAY)
    await store.erasure.take_down(TEAM, wave.id, at=MONDAY)
    (post,) = await store.outbox.claim(now=MONDAY, lease=HOUR, limit=1)
    assert post.delete
    await store.outbox.deleted(post)
    gone = await store.outbox.post_for(TEAM, wave.id)
    assert gone is not None
    assert gone.state is PostState.DELETED
