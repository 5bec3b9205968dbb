import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.answers.answers import Answers
from storage.records import AnswerKey, Recorded, Wave
from storage.store import Store
from tests.storage.scene import (
    DAY,
    HASH,
    HOUR,
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

NEVER: dict[int, int] = {}


async def points(store: Store, wave: Wave, respondent: str = HASH) -> dict[int, int]:
    """A person's points in a wave; none when there is no response."""
    response = await store.responses.response_of(answer_key(wave, respondent))
    return dict(response.points) if response else NEVER


async def answered(store: Store, wave: Wave) -> int:
    """How many have answered in a wave, as its message will say."""
    found = await store.waves.get(TEAM, wave.id)
    assert found is not None
    return found.answered


async def take_back(store: Store, wave: Wave, *, hours: float = 2) -> bool:
    """The respondent takes their answer back, so many hours after the wave opened."""
    at = wave.opened_at + timedelta(hours=hours)
    return await store.answers.take_back(answer_key(wave), at=at)


async def test_the_first_answer_joins_the_count(store: Store) -> None:
    """A first click is kept, said to be the first, and counted."""
    assert isinstance(store.answers, Answers)
    wave = await a_wave(store)
    recorded = await store.answers.record([a_rating(wave)])
    assert (recorded.first, recorded.kept, recorded.before, recorded.points) == (True, True, {}, {1: 9})
    assert (recorded.wave.id, recorded.wave.pulse) == (wave.id, wave.pulse)
    assert await answered(store, wave) == 1


async def test_a_second_click_changes_the_mind_not_the_count(store: Store) -> None:
    """One row per person, wave and item: what was chosen before is said, the count stays."""
    wave = await a_wave(store)
    await store.answers.record([a_rating(wave)])
    recorded = await store.answers.record([a_rating(wave, point=6, clicked_at=MONDAY + 2 * HOUR)])
    assert (recorded.first, recorded.kept, recorded.before, recorded.points) == (False, True, {1: 9}, {1: 6})
    assert await answered(store, wave) == 1
    assert len((await rows(store))["rating"]) == 1


async def test_an_older_click_that_comes_late_changes_nothing(store: Store) -> None:
    """The newest click wins, not the one that arrives last."""
    wave = await a_wave(store)
    await store.answers.record([a_rating(wave, point=6, clicked_at=MONDAY + 2 * HOUR)])
    recorded = await store.answers.record([a_rating(wave, point=9, clicked_at=MONDAY + HOUR)])
    assert (recorded.kept, recorded.points) == (False, {1: 6})
    assert await points(store, wave) == {1: 6}


async def test_a_form_is_one_write(store: Store) -> None:
    """All items of a form and its comment are kept together."""
    wave = await a_wave(store)
    form = [a_rating(wave, item=item, point=item) for item in (1, 2)]
    recorded = await store.answers.record(form, comment=a_comment("Two clicks less, please."))
    assert (recorded.points, recorded.has_comment) == ({1: 1, 2: 2}, True)
    assert await answered(store, wave) == 1
    response = await store.responses.response_of(answer_key(wave))
    assert response is not None
    assert response.comment is not None
    assert (response.points, response.comment.text) == ({1: 1, 2: 2}, "Two clicks less, please.")


async def test_half_a_form_is_never_kept(store: Store) -> None:
    """When one item is refused, so is the whole form, and its comment."""
    wave = await a_wave(store)
    with pytest.raises(ValueError, match="NUL"):
        await store.answers.record([a_rating(wave)], comment=a_comment("bad \x00"))
    assert (await rows(store))["rating"] == []


async def test_one_bad_comment_sinks_nobody_else(store: Store) -> None:
    """Of fifty answers at once, one of which no database can hold, the other forty-nine are kept."""
    wave = await a_wave(store)
    texts = ["fine"] * 24 + ["half a pair \ud83d"] + ["fine"] * 25
    kept = await asyncio.gather(
        *(
            store.answers.record([a_rating(wave, f"p{n}")], comment=a_comment(text))
            for n, text in enumerate(texts)
        ),
        return_exceptions=True,
    )
    assert [type(each) for each in kept if isinstance(each, Exception)] == [type(kept[24])]
    assert isinstance(kept[24], ValueError)
    found = await store.waves.get(TEAM, wave.id)
    assert found is not None
    assert found.answered == 49


async def test_an_answer_to_nothing_is_an_error(store: Store) -> None:
    """An unknown wave, or one of another workspace, raises KeyError with its id."""
    wave = await a_wave(store)
    with pytest.raises(KeyError, match=wave.id):
        await store.answers.record([replace(a_rating(wave), team_id="T2")])
    assert not await take_back(store, replace(wave, id="nowhere"))
    person = AnswerKey(team_id=TEAM, wave_id="nowhere", respondent=HASH)
    assert not await store.answers.comment(person, a_comment())


async def test_ratings_of_two_people_are_two_writes(store: Store) -> None:
    """A write is one person's in one wave; anything else is a mistake of the caller."""
    wave = await a_wave(store)
    for ratings in ([], [a_rating(wave, "a"), a_rating(wave, "b")]):
        with pytest.raises(ValueError, match="one person"):
            await store.answers.record(ratings)


async def test_a_naive_click_is_refused(store: Store) -> None:
    """A click or a take-back without a zone raises ValueError, also where there is one to compare it with."""
    wave = await a_wave(store)
    naive = MONDAY.replace(tzinfo=None)
    for _ in range(2):
        with pytest.raises(ValueError, match="needs a zone"):
            await store.answers.record([a_rating(wave, clicked_at=naive)])
        with pytest.raises(ValueError, match="needs a zone"):
            await store.answers.take_back(answer_key(wave), at=naive)
        await store.answers.record([a_rating(wave)])


async def test_only_who_joins_renews_the_message(store: Store) -> None:
    """The wave's message shows a count, so it is renewed when that changes: not by a change of mind."""
    wave = await a_wave(store)

    async def wanted() -> int:
        post = await store.outbox.post_for(TEAM, wave.id)
        assert post is not None
        return post.wanted

    await answer(store, wave, ["a", "b", "a", "a"])
    assert await wanted() == 1  # no row is written by every answer
    assert (await store.renewals.ask(), await wanted()) == (1, 2)
    await answer(store, wave, ["a", "b"], point=3)
    assert (await store.renewals.ask(), await wanted()) == (0, 2)
    await store.answers.take_back(answer_key(wave, "a"), at=MONDAY + DAY)
    assert (await store.renewals.ask(), await wanted()) == (1, 3)


async def test_the_same_person_twice_in_a_batch_sees_their_earlier_click(store: Store) -> None:
    """Of two clicks that are committed at once the second is a change of mind."""
    wave = await a_wave(store)
    clicks = [a_rating(wave, point=point, clicked_at=MONDAY + point * HOUR) for point in (3, 5)]
    one, other = await asyncio.gather(*(store.answers.record([click]) for click in clicks))
    assert (one.first, one.before, one.points) == (True, {}, {1: 3})
    assert (other.first, other.before, other.points) == (False, {1: 3}, {1: 5})
    assert await points(store, wave) == {1: 5}


async def test_a_batch_of_several_waves_keeps_each_answer_apart(store: Store) -> None:
    """Clicks in several waves, and one in a wave that there is not, get what each would alone."""
    waves = [await a_wave(store, await a_pulse(store, channel_id=f"C{number}")) for number in range(3)]
    ratings = [a_rating(wave, f"p{person}", point=person) for person in range(5) for wave in waves]
    lost = replace(ratings[0], wave_id="none")
    *kept, fault = await asyncio.gather(
        *(store.answers.record([rating]) for rating in [*ratings, lost]), return_exceptions=True
    )
    assert isinstance(fault, KeyError)
    assert all(isinstance(each, Recorded) and each.first for each in kept)
    assert [await answered(store, wave) for wave in waves] == [5, 5, 5]
    assert await points(store, waves[1], "p4") == {1: 4}


async def test_an_answer_taken_back_is_gone(store: Store) -> None:
    """Answer and comment are erased; taking back nothing says so."""
    wave = await a_wave(store)
    assert not await take_back(store, wave, hours=0.5)
    await store.answers.record([a_rating(wave)], comment=a_comment())
    assert await take_back(store, wave)
    assert await store.responses.response_of(answer_key(wave)) is None
    left = await rows(store)
    assert (left["comment"], left["label"]) == ([], [])
    found = await store.waves.get(TEAM, wave.id)
    assert found is not None
    assert found.answered == 0
    assert not await take_back(store, wave, hours=3)


async def test_who_took_back_can_answer_again(store: Store) -> None:
    """A click after the take-back counts, and is not the first: the form opens once a wave."""
    wave = await a_wave(store)
    await store.answers.record([a_rating(wave)])
    await take_back(store, wave, hours=2)
    again = await store.answers.record([a_rating(wave, point=3, clicked_at=MONDAY + 3 * HOUR)])
    assert (again.first, again.kept, again.before, again.points) == (False, True, {}, {1: 3})
    assert await answered(store, wave) == 1


async def test_a_late_repeat_does_not_bring_an_answer_back(store: Store) -> None:
    """A click, or a form with its comment, older than the take-back changes nothing when it comes again."""
    wave = await a_wave(store)
    form = [a_rating(wave, item=item) for item in (1, 2)]
    await store.answers.record(form, comment=a_comment())
    await take_back(store, wave, hours=2)
    late = await store.answers.record([*form, a_rating(wave, item=3)], comment=a_comment())
    assert (late.kept, late.points, late.has_comment) == (False, {}, False)
    assert await store.responses.response_of(answer_key(wave)) is None
    assert (await rows(store))["comment"] == []


async def test_a_comment_written_after_answering_again_is_kept(store: Store) -> None:
    """Whoever has an answer may write, whatever our clock says beside Slack's: no acked comment is lost."""
    wave = await a_wave(store)
    await store.answers.record([a_rating(wave)])
    await take_back(store, wave, hours=2)
    await store.answers.record([a_rating(wave, clicked_at=MONDAY + 3 * HOUR)])
    behind = a_comment("Still here.", written_at=MONDAY)
    assert await store.answers.comment(answer_key(wave), behind)
    response = await store.responses.response_of(answer_key(wave))
    assert response is not None
    assert response.comment is not None


async def test_a_take_back_that_comes_late_leaves_a_newer_answer(store: Store) -> None:
    """Taking back reaches the answers up to its own time, and the comment written by then."""
    wave = await a_wave(store)
    await store.answers.record([a_rating(wave)], comment=a_comment(written_at=MONDAY + HOUR))
    await store.answers.record([a_rating(wave, item=2, point=4, clicked_at=MONDAY + 3 * HOUR)])
    assert await take_back(store, wave, hours=2)
    response = await store.responses.response_of(answer_key(wave))
    assert response is not None
    assert (response.points, response.comment) == ({2: 4}, None)


Event = tuple[int, int, int]
"""When, in minutes after the opening; the item, 0 for taking all back; the point chosen."""
EVENTS = st.lists(
    st.tuples(st.integers(1, 40), st.sampled_from([0, 1, 1, 2]), st.integers(0, 10)),
    min_size=1,
    max_size=8,
    unique_by=lambda event: event[0],
)


def standing(events: Sequence[Event]) -> dict[int, int]:
    """What is left of clicks and take-backs in the order in which they happened."""
    points: dict[int, int] = {}
    for _, item, point in sorted(events):
        points = {**points, item: point} if item else {}
    return points


@settings(max_examples=60, deadline=None)
@given(events=EVENTS, data=st.data())
async def test_any_order_and_repetition_ends_in_the_newest(events: list[Event], data: st.DataObject) -> None:
    """However Slack orders and repeats clicks and take-backs, what is left is as if it had not (rule 2)."""
    repeated = data.draw(st.lists(st.sampled_from(events), max_size=6))
    delivered = data.draw(st.permutations([*events, *repeated]))
    store = await Store.open("sqlite://")
    try:
        wave = await a_wave(store)
        for minute, item, point in delivered:
            if item:
                clicked_at = wave.opened_at + timedelta(minutes=minute)
                await store.answers.record([a_rating(wave, item=item, point=point, clicked_at=clicked_at)])
            else:
                await take_back(store, wave, hours=minute / 60)
        expected = standing(events)
        assert await points(store, wave) == expected
        found = await store.waves.get(TEAM, wave.id)
        assert found is not None
        assert found.answered == bool(expected)
    finally:
        await store.close()


async def test_two_processes_keep_one_answer_each(store: Store, other: Store) -> None:
    """Two hundred people, many clicking twice and delivered twice, to two processes: one response each."""
    wave = await a_wave(store)
    clicks = [
        a_rating(
            wave, f"p{person}", point=(person + again) % 11, clicked_at=MONDAY + timedelta(seconds=again)
        )
        for person in range(200)
        for again in ([0, 1] if person % 3 == 0 else [0])
    ]
    delivered = [*clicks, *clicks[::3]]
    await asyncio.gather(
        *((store, other)[n % 2].answers.record([click]) for n, click in enumerate(reversed(delivered)))
    )
    found = await store.waves.get(TEAM, wave.id)
    assert found is not None
    assert found.answered == 200
    assert len((await rows(store))["rating"]) == 200
    assert await points(store, wave, "p0") == {1: 1}
    assert await points(store, wave, "p1") == {1: 1}


async def test_a_confidential_answer_leaves_no_user_id(store: Store) -> None:
    """What is given under a hash is stored under it: no table holds anything else of the person."""
    wave = await a_wave(store, await a_pulse(store, named=False))
    await store.answers.record([a_rating(wave)], comment=a_comment())
    for table, stored in (await rows(store)).items():
        for row in stored:
            people = {value for value in row if isinstance(value, str) and value.startswith("U")}
            assert people <= {"U_LEAD"}, table


async def test_who_answers_from_another_company_is_marked(store: Store) -> None:
    """An external answer counts and is marked as such."""
    wave = await a_wave(store)
    await answer(store, wave, [HASH], external=True)
    response = await store.responses.response_of(answer_key(wave))
    assert response is not None
    assert response.external


async def test_a_closed_wave_refuses_within_the_write(store: Store) -> None:
    """Given the time, an answer at the close or later is refused, and a form only once its grace is over."""
    wave = await a_wave(store)
    rating, close = a_rating(wave), wave.closes_at
    late = await store.answers.record([rating], now=close)
    assert (late.closed, late.kept, late.first, late.points) == (True, False, False, NEVER)
    in_time = await store.answers.record([rating], now=close - timedelta(seconds=1))
    assert (in_time.closed, in_time.kept) == (False, True)
    form = await store.answers.record([rating], now=close + HOUR - timedelta(seconds=1), grace=HOUR)
    assert (form.closed, form.kept) == (False, True)
    assert (await store.answers.record([rating], now=close + HOUR, grace=HOUR)).closed
    await store.waves.close(TEAM, wave.id, at=MONDAY + 3 * HOUR)
    assert (await store.answers.record([rating], now=MONDAY + 3 * HOUR)).closed
    await store.erasure.take_down(TEAM, wave.id, at=MONDAY + 3 * HOUR)
    assert (await store.answers.record([rating], now=MONDAY, grace=HOUR)).closed
