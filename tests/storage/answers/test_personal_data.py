"""What is left of a person once their answers are counted."""

from storage.answers.personal_data import PersonalData
from storage.records import Comment, CountedAnswer, Wave
from storage.store import Store
from tests.storage.scene import (
    DAY,
    HASH,
    MONDAY,
    TEAM,
    WORDS,
    a_comment,
    a_pulse,
    a_rating,
    a_wave,
    settle,
)

PUBLIC = "The same id, in the clear."
THURSDAY = MONDAY + 3 * DAY + DAY


async def left(store: Store) -> list[CountedAnswer]:
    """What is left of the one person here, under either of their keys."""
    return await store.personal_data.counted(TEAM, [HASH, PUBLIC])


def said(kept: CountedAnswer) -> str | None:
    """The words of the comment."""
    return kept.comment.text if isinstance(kept.comment, Comment) else None


async def answered(store: Store, wave: Wave, respondent: str = HASH, *, wrote: bool = True) -> None:
    """A 9, with or without a comment."""
    await store.answers.record([a_rating(wave, respondent)], comment=a_comment() if wrote else None)


async def test_a_counted_answer_leaves_that_it_was_counted_and_the_comment(store: Store) -> None:
    """Before the count nothing is left over; after it the day and the words are."""
    assert isinstance(store.personal_data, PersonalData)
    wave = await a_wave(store)
    await answered(store, wave)
    assert await left(store) == []
    await settle(store, wave, at=THURSDAY)
    (kept,) = await left(store)
    assert (kept.wave.id, kept.counted_on, said(kept)) == (wave.id, THURSDAY.date(), WORDS)


async def test_two_askings_of_a_round_are_one_count(store: Store) -> None:
    """Whoever answered both was counted once; both of their comments are still theirs."""
    pulse = await a_pulse(store)
    first, second = await a_wave(store, pulse), await a_wave(store, pulse, opened_at=MONDAY + DAY)
    await answered(store, first)
    await settle(store, first, at=THURSDAY, counts=False)
    assert await left(store) == []
    await answered(store, second)
    await settle(store, second, at=THURSDAY + DAY)
    assert [(kept.counted_on is not None, said(kept)) for kept in await left(store)] == [
        (True, WORDS),
        (False, WORDS),
    ]


async def test_an_answer_with_a_name_is_not_called_untied(store: Store) -> None:
    """A named question keeps its answers, so nothing of it is listed as only counted."""
    wave = await a_wave(store, await a_pulse(store, named=True))
    await answered(store, wave, PUBLIC)
    await settle(store, wave, at=THURSDAY)
    assert await left(store) == []


async def test_without_a_comment_the_mark_alone_is_left(store: Store) -> None:
    """That somebody took part is kept for 400 days and shown to them."""
    wave = await a_wave(store)
    await answered(store, wave, wrote=False)
    await settle(store, wave, at=THURSDAY)
    (kept,) = await left(store)
    assert (kept.counted_on, said(kept)) == (THURSDAY.date(), None)
    await store.erasure.forget(TEAM, [HASH])
    assert await left(store) == []
