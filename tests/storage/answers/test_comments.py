import asyncio

import pytest

from storage.answers.comments import Comments
from storage.records import Comment, Correction, Response, Sentiment, Touchpoint, Wave
from storage.store import Store
from tests.storage.scene import (
    HOUR,
    MONDAY,
    TEAM,
    a_comment,
    a_label,
    a_rating,
    a_wave,
    answer_key,
    comment_id,
    rows,
)


@pytest.fixture
async def wave(store: Store) -> Wave:
    """A wave in which one person answered."""
    opened = await a_wave(store)
    await store.answers.record([a_rating(opened)])
    return opened


async def write(store: Store, wave: Wave, text: str, **changes: object) -> bool:
    """The respondent sends the comment form."""
    comment = a_comment(text, **changes)
    return await store.answers.comment(answer_key(wave), comment)


async def the_comment(store: Store, wave: Wave) -> Comment | None:
    """The respondent's comment."""
    response = await store.responses.response_of(answer_key(wave))
    assert isinstance(response, Response)
    return response.comment


async def test_a_comment_comes_back_with_its_label(store: Store, wave: Wave) -> None:
    """Text, permission and all that the classifier read are kept in one write."""
    assert isinstance(store.comments, Comments)
    assert await write(store, wave, "The invoice was wrong again.", may_quote=False)
    comment = await the_comment(store, wave)
    assert comment is not None
    assert (comment.text, comment.may_quote, comment.wave_id) == (
        "The invoice was wrong again.",
        False,
        wave.id,
    )
    assert comment.label == a_label()
    assert (comment.sentiment, comment.touchpoints[0]) == (Sentiment.NEGATIVE, Touchpoint.BILLING)


@pytest.mark.parametrize("text", ["😀", "<!channel> *bold* <https://x|y> =1+1", "שלום", "x" * 10_000])
async def test_any_text_is_kept_as_it_is(store: Store, wave: Wave, text: str) -> None:
    """A comment is data, whatever it holds."""
    await write(store, wave, text)
    comment = await the_comment(store, wave)
    assert comment is not None
    assert comment.text == text


async def test_a_comment_without_an_answer_is_refused(store: Store) -> None:
    """A comment stands beside an answer: without one nothing is kept."""
    wave = await a_wave(store)
    assert not await write(store, wave, "Just saying.")
    assert (await rows(store))["comment"] == []


async def test_a_changed_comment_keeps_its_id_and_nothing_that_was_read_in_it(
    store: Store, wave: Wave
) -> None:
    """Another text replaces the old one, whose labels and correction go; the same text keeps them."""
    await write(store, wave, "Old words.")
    first = await comment_id(store, wave)
    await store.comments.correct(TEAM, first, Correction(touchpoint=Touchpoint.SUPPORT))
    await write(store, wave, "Old words.", label=None, may_quote=False)
    same = await the_comment(store, wave)
    assert same is not None
    assert (same.id, same.label, same.touchpoints, same.may_quote) == (
        *(first, a_label(), (Touchpoint.SUPPORT,), False),
    )
    await write(store, wave, "New words.", label=None)
    changed = await the_comment(store, wave)
    assert changed is not None
    assert (changed.id, changed.text, changed.label, changed.correction) == (first, "New words.", None, None)
    assert len((await rows(store))["comment"]) == 1


@pytest.mark.parametrize("nothing", ["", "   \n"])
async def test_an_empty_text_erases_the_comment(store: Store, wave: Wave, nothing: str) -> None:
    """Sending the form empty erases comment and label; the answer stays."""
    await write(store, wave, "Words.")
    assert await write(store, wave, nothing)
    assert await the_comment(store, wave) is None
    left = await rows(store)
    assert (left["comment"], left["label"], len(left["rating"])) == ([], [], 1)


async def test_what_no_classifier_has_read_is_found_oldest_first(store: Store) -> None:
    """Comments kept without a label are labelled later, so many at a time."""
    texts = ["third", "first", "second"]
    for hours, text in zip([3, 1, 2], texts, strict=True):
        wave = await a_wave(store)
        late = a_comment(text, label=None, written_at=MONDAY + hours * HOUR)
        await store.answers.record([a_rating(wave)], comment=late)
    await store.answers.record([a_rating(await a_wave(store))], comment=a_comment("read"))
    assert [comment.text for comment in await store.comments.unlabelled(10)] == ["first", "second", "third"]
    (first,) = await store.comments.unlabelled(1)
    assert await store.comments.label_all([(first, a_label())]) == 1
    assert [comment.text for comment in await store.comments.unlabelled(10)] == ["second", "third"]


async def test_what_another_version_has_read_is_found(store: Store, wave: Wave) -> None:
    """Comments without a label of today's version can be counted, and found so many at a time."""
    await write(store, wave, "Old.", label=a_label("v1"))
    for version in ("v1", "v2", None):
        label = a_label(version) if version else None
        await store.answers.record(
            [a_rating(await a_wave(store))], comment=a_comment(f"{version}", label=label)
        )
    assert await store.comments.count_outdated("v2") == 3
    found = await store.comments.outdated("v2", limit=10)
    assert sorted(comment.text for comment in found) == ["None", "Old.", "v1"]
    assert len(await store.comments.outdated("v2", limit=2)) == 2
    assert await store.comments.count_outdated("v0") == 4
    assert await store.comments.label_all([(comment, a_label("v2")) for comment in found]) == 3
    assert await store.comments.count_outdated("v2") == 0
    assert await store.comments.outdated("v2", limit=10) == []


async def test_the_last_version_to_read_a_comment_counts(store: Store, wave: Wave) -> None:
    """Every version of the classifier has a row of its own; reading again replaces only that version's."""
    await write(store, wave, "Words.", label=a_label("v1"))
    which = await comment_id(store, wave)
    read = await store.comments.get(TEAM, which)
    assert read is not None
    await store.comments.label_all([(read, a_label("v2", sentiment=Sentiment.UNSURE))])
    found = await store.comments.get(TEAM, which)
    assert found is not None
    assert (found.label, found.sentiment) == (a_label("v2", sentiment=Sentiment.UNSURE), Sentiment.UNSURE)
    await store.comments.label_all([(read, a_label("v2"))])
    assert len((await rows(store))["label"]) == 2
    found = await store.comments.get(TEAM, which)
    assert found is not None
    assert found.label == a_label("v2")


async def test_a_correction_counts_before_the_label(store: Store, wave: Wave) -> None:
    """What a lead says stands beside the label and beside what was said before, until they say another."""
    await write(store, wave, "Words.")
    which = await comment_id(store, wave)
    await store.comments.correct(TEAM, which, Correction(sentiment=Sentiment.POSITIVE))
    await store.comments.correct(TEAM, which, Correction(touchpoint=Touchpoint.BRAND, hidden=True))
    comment = await the_comment(store, wave)
    assert comment is not None
    assert (comment.sentiment, comment.touchpoints) == (Sentiment.POSITIVE, (Touchpoint.BRAND,))
    assert comment.hidden
    await store.comments.correct(TEAM, which, Correction(sentiment=Sentiment.NEUTRAL))
    comment = await the_comment(store, wave)
    assert comment is not None
    assert (comment.sentiment, comment.hidden) == (Sentiment.NEUTRAL, True)


async def test_a_correction_says_whether_it_is_a_wish(store: Store, wave: Wave) -> None:
    """A lead's word stands before the label's, also "no"; it is set back to what stood there before."""
    await write(store, wave, "Words.", label=a_label(wish=True))
    which = await comment_id(store, wave)
    comment = await the_comment(store, wave)
    assert comment is not None
    assert comment.is_wish
    said, before = Correction(wish=False), Correction(sentiment=Sentiment.POSITIVE)
    await store.comments.correct(TEAM, which, before)
    await store.comments.correct(TEAM, which, said)
    comment = await the_comment(store, wave)
    assert comment is not None
    assert (comment.is_wish, comment.sentiment) == (False, Sentiment.POSITIVE)
    assert await store.comments.undo(TEAM, which, said, before)
    comment = await the_comment(store, wave)
    assert comment is not None
    assert (comment.is_wish, comment.correction) == (True, before)
    assert await store.comments.undo(TEAM, which, Correction(wish=True), Correction()) is True


async def test_corrections_at_once_are_all_kept(store: Store, other: Store, wave: Wave) -> None:
    """Two processes correct one comment at the same moment, each another thing: all of it holds."""
    await write(store, wave, "Words.")
    which = await comment_id(store, wave)
    await asyncio.gather(
        store.comments.correct(TEAM, which, Correction(sentiment=Sentiment.POSITIVE)),
        other.comments.correct(TEAM, which, Correction(touchpoint=Touchpoint.BRAND)),
        store.comments.correct(TEAM, which, Correction(hidden=True)),
    )
    comment = await the_comment(store, wave)
    assert comment is not None
    assert comment.correction == Correction(
        sentiment=Sentiment.POSITIVE, touchpoint=Touchpoint.BRAND, hidden=True
    )


async def test_what_is_said_of_a_comment_that_is_gone_is_dropped(store: Store) -> None:
    """A label or a correction of words that were erased or rewritten meanwhile is not kept."""
    wave = await a_wave(store)
    await write(store, wave, "Gone.", label=None)
    await write(store, other_wave := await a_wave(store), "Rewritten.", label=None)
    read = await store.comments.unlabelled(10)
    await write(store, wave, "", label=None)
    await write(store, other_wave, "By other words.", label=None)
    assert await store.comments.label_all([(comment, a_label()) for comment in read]) == 0
    assert not await store.comments.correct(TEAM, "gone", Correction(hidden=True))
    assert await store.comments.get(TEAM, "gone") is None
    assert await store.comments.wave_of(TEAM, "gone") is None
    left = await rows(store)
    assert (left["label"], left["correction"]) == ([], [])


async def test_a_comment_leads_to_its_wave(store: Store, wave: Wave) -> None:
    """From a comment the pulse and its leads are found, within the workspace."""
    await write(store, wave, "Words.")
    which = await comment_id(store, wave)
    found = await store.comments.wave_of(TEAM, which)
    assert found is not None
    assert found.id == wave.id
    assert await store.comments.wave_of("T2", which) is None
