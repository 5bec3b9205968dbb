from storage.answers.erasure import Erasure
from storage.records import Correction, Forgotten
from storage.store import Store
from tests.storage.scene import (
    DAY,
    HASH,
    MONDAY,
    TEAM,
    a_comment,
    a_digest,
    a_pulse,
    a_rating,
    a_wave,
    an_edition,
    answer_key,
    comment_id,
    publish,
    rows,
    settle,
)

USER = "U_FORGETFUL"


async def busy_life(store: Store) -> None:
    """Somebody answers in a confidential and a named pulse, takes back, comments, is corrected and quoted."""
    confidential = await a_wave(store)
    named = await a_wave(store, await a_pulse(store, named=True))
    left = await a_wave(store)
    for wave, respondent in [(confidential, HASH), (named, USER), (left, HASH), (confidential, "somebody")]:
        await store.answers.record([a_rating(wave, respondent)], comment=a_comment())
        which = await comment_id(store, wave, respondent)
        await store.comments.correct(TEAM, which, Correction(hidden=False))
    await store.answers.take_back(answer_key(left), at=MONDAY + DAY)
    await store.waves.close(TEAM, named.id, at=MONDAY + DAY)
    digest = await a_digest(store)
    quoted = [await comment_id(store, confidential, each) for each in (HASH, "somebody")]
    await publish(store, digest, an_edition(digest, *quoted))


async def test_forgetting_leaves_no_row_of_that_person(store: Store) -> None:
    """No table holds a person's hash, user id or words afterwards; everybody else's rows stay."""
    assert isinstance(store.erasure, Erasure)
    await busy_life(store)
    before = await rows(store)
    gone = await store.erasure.forget(TEAM, [HASH, USER])
    assert gone == Forgotten(comments=2, answers=1, named_answers=1, quotes=True)
    after = await rows(store)
    for table, stored in after.items():
        text = repr(stored)
        assert HASH not in text, table
        assert USER not in text, table
    assert {
        table: len(before[table]) - len(after[table]) for table in before if before[table] != after[table]
    } == {
        "rating": 3,
        "comment": 2,
        "label": 2,
        "correction": 2,
        "quote": 0,  # changed, not fewer
        "post": 0,
    }


async def test_forgetting_blanks_the_quote_and_leaves_the_figures(store: Store) -> None:
    """A posted digest loses the quotation and nothing else, and is renewed."""
    await busy_life(store)
    await store.erasure.forget(TEAM, [HASH, USER])
    edition = await store.editions.get(TEAM, "e1")
    assert edition is not None
    assert [quote.text is None for quote in edition.quotes] == [True, False]
    assert edition.figures == {"cx": {"n": 28}}
    post = await store.outbox.post_for(TEAM, "e1")
    assert post is not None
    assert post.wanted == 2


async def test_forgetting_renews_what_open_and_waiting_waves_say(store: Store) -> None:
    """An open or waiting wave shows one answer less; a counted one keeps the count that it ended with."""
    opened, waiting = await a_wave(store), await a_wave(store, await a_pulse(store, instrument="csat"))
    counted = await a_wave(store, await a_pulse(store, instrument="ces"))
    for wave in (opened, waiting, counted):
        await store.answers.record([a_rating(wave)])
    await settle(store, waiting, at=MONDAY + 4 * DAY, counts=False)
    await settle(store, counted, at=MONDAY + 4 * DAY)
    before = [await store.outbox.post_for(TEAM, wave.id) for wave in (opened, waiting, counted)]
    await store.erasure.forget(TEAM, [HASH])
    after = [await store.outbox.post_for(TEAM, wave.id) for wave in (opened, waiting, counted)]
    renewed = [new.wanted - old.wanted for old, new in zip(before, after, strict=True) if old and new]
    assert renewed == [1, 1, 0]


async def test_taking_down_renews_what_waits_with_it(store: Store) -> None:
    """Another asking of the question that waits may say something else now; one of another does not."""
    pulse = await a_pulse(store)
    taken, waits = await a_wave(store, pulse), await a_wave(store, pulse)
    other = await a_wave(store, await a_pulse(store, instrument="csat"))
    for wave in (taken, waits, other):
        await store.answers.record([a_rating(wave)])
        await settle(store, wave, at=MONDAY + 4 * DAY, counts=False)
    before = [await store.outbox.post_for(TEAM, wave.id) for wave in (waits, other)]
    await store.erasure.take_down(TEAM, taken.id, at=MONDAY + 5 * DAY)
    after = [await store.outbox.post_for(TEAM, wave.id) for wave in (waits, other)]
    assert [new.wanted - old.wanted for old, new in zip(before, after, strict=True) if old and new] == [1, 0]


async def test_forgetting_reaches_one_workspace(store: Store) -> None:
    """The same hash in another workspace is somebody else."""
    wave = await a_wave(store)
    await store.answers.record([a_rating(wave)])
    assert await store.erasure.forget("T2", [HASH]) == Forgotten()
    assert await store.responses.response_of(answer_key(wave)) is not None


async def test_who_never_answered_is_forgotten_too(store: Store) -> None:
    """Forgetting somebody of whom nothing is kept erases nothing and says so."""
    assert await store.erasure.forget(TEAM, [HASH, USER]) == Forgotten()
    assert not await store.erasure.forget(TEAM, [])
