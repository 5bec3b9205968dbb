"""Blocks of comments are cut once, so that nobody is picked out, also not over several cuts."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.privacy.block_rule import (
    TOPICS,
    CommentLabel,
    WaitingBatch,
    add_cuts,
    cut_block,
    next_block,
)
from storage.records import Across, BlockCut, Lens, Sentiment, Touchpoint

NEGATIVE, NEUTRAL, POSITIVE = Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE
BILLING, SUPPORT, USABILITY = Touchpoint.BILLING, Touchpoint.SUPPORT, Touchpoint.USABILITY
Groups = tuple[int, Sentiment | None, Touchpoint | None]
OfWishes = tuple[int, Sentiment | None, Touchpoint | None, bool]


def labels(*groups: Groups | OfWishes) -> list[CommentLabel]:
    """So many comments of each tone and topic, wishes or not."""
    return [CommentLabel(*label) for count, *label in groups for _ in range(count)]


def made(*groups: Groups | OfWishes, lens: Lens = Lens.CX, k: int = 5) -> BlockCut:
    """The cut of so many comments on being a customer."""
    return cut_block(lens, labels(*groups), k=k)


@pytest.mark.parametrize(
    "sizes,block", [((19,), 0), ((20,), 1), ((8, 7, 5, 9), 3), ((8, 7, 9), 3), ((30, 5), 1), ((), 0)]
)
def test_whole_batches_fill_a_block(sizes: tuple[int, ...], block: int) -> None:
    """Batches join in their order until there are 20 comments or more; the rest waits for the next block."""
    batches = [WaitingBatch(f"b{place}", size) for place, size in enumerate(sizes)]
    assert next_block(batches) == tuple(batch.id for batch in batches[:block])


def test_the_drawn_cut() -> None:
    """Of 20 comments 7 are negative, 13 not; billing 10, anything else 10."""
    found = made((7, NEGATIVE, BILLING), (3, POSITIVE, BILLING), (6, POSITIVE, SUPPORT), (4, NEUTRAL, None))
    assert found.tones == {POSITIVE: 9}  # 4 neutral take the 7 negative along
    assert found.topics == {BILLING: 10}  # 6 on support would leave 4 without a topic


def test_a_wish_is_no_complaint() -> None:
    """Of 22 comments 7 complain, 6 wish for something, whatever their tone, and 9 are otherwise."""
    wishes = (4, NEGATIVE, BILLING, True), (2, POSITIVE, SUPPORT, True)
    found = made((7, NEGATIVE, BILLING), *wishes, (9, POSITIVE, None))
    assert (found.tones, found.wishes) == ({NEGATIVE: 7, POSITIVE: 9}, None)
    found = made((7, NEGATIVE, BILLING), *wishes, (5, POSITIVE, None), (4, NEUTRAL, None))
    assert (found.tones, found.wishes) == ({NEGATIVE: 7}, 6)


def test_a_topic_of_wishes_alone() -> None:
    """Six about support are all among nine wishes: 9 less 6 would tell of three, so one is hidden."""
    rest = (5, POSITIVE, BILLING), (6, NEUTRAL, None)
    within = made((6, NEUTRAL, SUPPORT, True), (3, NEGATIVE, None, True), *rest)
    assert (within.wishes, within.topics) == (9, {})


def test_across_in_words() -> None:
    """Fewer than five about the other side are said in words, also where they are none."""
    few = made((14, NEGATIVE, BILLING), (3, POSITIVE, USABILITY), (6, NEUTRAL, None))
    none = made((17, NEGATIVE, BILLING), (6, NEUTRAL, None))
    assert few.across == none.across == Across(comments=17, about_other=None)


def test_across_in_numbers() -> None:
    """6 of 18 comments are about the product itself; the rest, less the 7 about billing, is 5."""
    others = (3, NEGATIVE, SUPPORT), (2, NEGATIVE, Touchpoint.BRAND)
    found = made((7, NEGATIVE, BILLING), *others, (6, POSITIVE, USABILITY), (5, NEUTRAL, None))
    assert found.across == Across(comments=18, about_other=6)
    assert found.topics == {BILLING: 7}  # 6 about usability would leave nobody of the 6


def test_across_gives_way_to_topics() -> None:
    """Where billing is all that is written on this side, 12 of it and 6 of 18 across would say so."""
    found = made((12, NEGATIVE, BILLING), (6, POSITIVE, USABILITY), (5, NEUTRAL, None))
    assert found.topics == {BILLING: 12}
    assert found.across is None


def test_across_of_all_where_few_have_no_topic() -> None:
    """Where fewer than five have no topic, the base is all comments, so that they cannot be set apart."""
    billing, usability = ((5, NEGATIVE, BILLING), (2, POSITIVE, BILLING)), (3, NEGATIVE, USABILITY)
    found = made(*billing, (4, POSITIVE, SUPPORT), usability, (3, POSITIVE, USABILITY), (3, NEUTRAL, None))
    assert found.across == Across(comments=20, about_other=6)


def test_all_alike_is_not_said() -> None:
    """Where everybody wrote of one thing in one tone, no cell says so."""
    assert made((20, NEGATIVE, BILLING)) == BlockCut(
        comments=20, across=Across(comments=20, about_other=None)
    )


GROUPS = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.sampled_from([None, *Sentiment]),
        st.sampled_from([None, *Touchpoint]),
        st.booleans(),
    ),
    min_size=1,
    max_size=9,
)


@given(GROUPS, st.sampled_from(Lens), st.integers(5, 8))
def test_nothing_shown_leaves_few(groups: list[OfWishes], lens: Lens, k: int) -> None:
    """No shown number, and no rest of one, is of 1 to k - 1 comments or of nobody."""
    comments = labels(*groups)
    if len(comments) < 20:
        return
    found = cut_block(lens, comments, k=k)
    topics = Counter(comment.topic for comment in comments)
    assert all(count == topics[topic] for topic, count in found.topics.items())
    assert found.comments == len(comments)
    kinds = [*found.tones.values(), *([] if found.wishes is None else [found.wishes])]
    assert all(number >= k for number in [*kinds, *found.topics.values()])
    assert not kinds or found.comments - sum(kinds) >= k
    assert found.wishes in {None, sum(comment.wish for comment in comments)}
    assert not found.topics or found.comments - sum(found.topics.values()) >= k
    if found.across and found.across.about_other is not None:
        other = sum(count for topic, count in found.topics.items() if topic.lens is lens.other)
        own = sum(count for topic, count in found.topics.items() if topic.lens is lens)
        rests = [found.across.about_other - other] if other else []
        rests += [found.across.comments - found.across.about_other - own] if own else []
        rests += [found.across.comments - found.across.about_other, found.across.about_other]
        without = found.comments - found.across.comments
        assert all(rest >= k for rest in rests)
        assert without == 0 or without >= k
        assert sum(topics[topic] for topic in TOPICS if topic.lens is lens.other) == found.across.about_other


def test_a_topic_that_lies_in_a_tone_by_chance() -> None:
    """Six about support are all among nine negative ones: 9 less 6 would tell of three, so one is hidden."""
    rest = (5, POSITIVE, BILLING), (5, NEUTRAL, None)
    within = made((6, NEGATIVE, SUPPORT), (3, NEGATIVE, None), (1, NEUTRAL, None), *rest)
    beside = made((5, NEGATIVE, SUPPORT), (1, NEUTRAL, SUPPORT), (4, NEGATIVE, None), *rest)
    assert within.tones[NEGATIVE] == beside.tones[NEGATIVE] == 9
    assert (within.topics, beside.topics) == ({}, {SUPPORT: 6})


@given(GROUPS, st.sampled_from(Lens), st.integers(5, 8))
def test_no_tone_and_topic_tell_of_few(groups: list[OfWishes], lens: Lens, k: int) -> None:
    """Of a shown tone and the shown topics in it, or of a topic and the tones, no rest is of 1 to k - 1."""
    comments = labels(*groups)
    if len(comments) < 20:
        return
    found = cut_block(lens, comments, k=k)
    tones = [
        {at for at, one in enumerate(comments) if one.tone is tone and not one.wish} for tone in found.tones
    ]
    tones += [{at for at, one in enumerate(comments) if one.wish}] if found.wishes is not None else []
    topics = [{at for at, one in enumerate(comments) if one.topic is topic} for topic in found.topics]
    for around, within in ((tones, topics), (topics, tones)):
        for whole in around:
            inside = [part for part in within if part <= whole]
            rests = [len(whole - part) for part in inside]
            rests += [len(whole.difference(*inside))] if inside else []
            assert all(rest == 0 or rest >= k for rest in rests)


def test_cuts_of_two_channels() -> None:
    """Shown numbers are added; what is hidden in one channel is hidden in the sum, and nothing is "few"."""
    first = BlockCut(
        comments=20,
        tones={NEGATIVE: 7},
        wishes=6,
        topics={BILLING: 10},
        across=Across(comments=18, about_other=6),
    )
    second = BlockCut(
        comments=24, tones={NEGATIVE: 9, POSITIVE: 8}, across=Across(comments=20, about_other=None)
    )
    assert add_cuts([first, second]) == BlockCut(comments=44, tones={NEGATIVE: 16})
    assert add_cuts([first, first]) == BlockCut(
        comments=40,
        tones={NEGATIVE: 14},
        wishes=12,
        topics={BILLING: 20},
        across=Across(comments=36, about_other=12),
    )
    assert add_cuts([second]) == second
    assert add_cuts([]) is None
