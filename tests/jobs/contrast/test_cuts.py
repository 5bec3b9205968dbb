"""What the comments on one side show: cuts that were made once, and what may be quoted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jobs.contrast.cuts import SideComments, choose_quotes, newest_quotable, side_comments
from storage.records import Across, Batch, BlockCut, Comment, Lens, Sentiment, Touchpoint
from tests.jobs.responses import MONDAY, comment, wave_of

NEGATIVE, POSITIVE = Sentiment.NEGATIVE, Sentiment.POSITIVE
BILLING, SUPPORT = Touchpoint.BILLING, Touchpoint.SUPPORT
FIRST = BlockCut(
    comments=21,
    tones={NEGATIVE: 9, POSITIVE: 7},
    topics={BILLING: 10},
    across=Across(comments=16, about_other=None),
)
SECOND = BlockCut(
    comments=24,
    need=6,
    tones={NEGATIVE: 8},
    topics={BILLING: 7, SUPPORT: 8},
    across=Across(comments=19, about_other=6),
)


def batch(*comments: Comment, days_ago: int = 0, question: str = "q1", **changes: object) -> Batch:
    """A batch that was listed some days ago, with these comments left in it."""
    made = Batch(
        id=f"b{days_ago}",
        question_id=question,
        lens=Lens.CX,
        listed_at=MONDAY - timedelta(days=days_ago),
        need=5,
        block_id=None,
        never_cut=False,
        pulses=(wave_of("nps").pulse,),
        comments=comments,
    )
    return replace(made, **changes)  # type: ignore[arg-type] # a test names fields of its own choice


def silent(count: int = 5) -> list[Comment]:
    """Comments of people who do not want to be quoted."""
    return [comment(f"x{place}") for place in range(count)]


def ticked(*ids: str) -> list[Comment]:
    """Comments of people who allow to be quoted."""
    return [comment(each, may_quote=True) for each in ids]


def test_nothing_is_listed_yet() -> None:
    """Without a batch there is nothing at all."""
    assert side_comments([], []) == SideComments()


def test_one_cut_is_repeated_as_it_was_made() -> None:
    """With one block its cut is shown, to the number, whatever is in the batches now."""
    assert side_comments([batch(*silent(9))], [FIRST]).cut == FIRST


def test_cuts_are_added_and_what_is_hidden_in_one_is_hidden() -> None:
    """Several channels, or several blocks: shown cells are added; "fewer than" is never said of a sum."""
    added = side_comments([], [FIRST, SECOND]).cut
    assert added == BlockCut(comments=45, need=6, tones={NEGATIVE: 17}, topics={BILLING: 17})


@pytest.mark.parametrize("order", [1, -1])
def test_two_editions_that_are_subtracted_show_nothing_small(order: int) -> None:
    """Between two editions whole cells of a block are added, none of them under five."""
    before, after = side_comments([], [FIRST]).cut, side_comments([], [FIRST, SECOND][::order]).cut
    assert before
    assert after
    steps = [after.tones[tone] - before.tones[tone] for tone in after.tones]
    steps += [after.topics[topic] - before.topics[topic] for topic in after.topics]
    assert steps == [8, 7]


def test_how_far_the_next_block_is() -> None:
    """The listed comments on the nearest question that are in no block, and may be in one."""
    found = side_comments(
        [
            batch(*silent(8)),
            batch(*silent(6), days_ago=7),
            batch(*silent(9), days_ago=8, question="q2"),
            batch(*silent(20), days_ago=9, block_id="k1"),
            batch(*silent(10), days_ago=10, never_cut=True),
            batch(*silent(4), days_ago=11),  # too few are left for it to be listed
        ],
        [],
    )
    assert found.waiting == 14


def test_a_quote_comes_from_the_newest_batch_with_one() -> None:
    """Only comments of the newest batch in which somebody ticked, and when they came to be listed."""
    new, old = batch(*silent()), batch(*silent(), *ticked("a", "b"), days_ago=7)
    found = side_comments([new, old, batch(*silent(), *ticked("c"), days_ago=14)], [])
    assert [each.id for each in found.quotable] == ["a", "b"]
    assert found.quotable_since == old.listed_at


def test_no_quote_of_a_batch_that_is_listed_no_more() -> None:
    """With four comments left of five nothing of a batch is shown, a quote neither."""
    assert side_comments([batch(*ticked("a", "b", "c", "d"))], []).quotable == ()


def test_what_was_quoted_is_not_quoted_again() -> None:
    """Another of the newest batch may be; an older batch does not take its place."""
    batches = [batch(*silent(), *ticked("a", "b")), batch(*silent(), *ticked("c"), days_ago=7)]
    assert [each.id for each in side_comments(batches, [], quoted=["a"]).quotable] == ["b"]
    assert side_comments(batches, [], quoted=["a", "b"]).quotable == ()


@pytest.mark.parametrize(
    "last, billing, support, named",
    [
        (None, 10, 8, BILLING),
        (None, 8, 10, SUPPORT),
        (None, 8, 8, BILLING),
        (SUPPORT, 10, 8, SUPPORT),
        (SUPPORT, 11, 8, BILLING),
        (SUPPORT, 11, 4, BILLING),
        (Touchpoint.PURCHASE, 6, 8, SUPPORT),
        (None, 4, 4, None),
    ],
)
def test_what_is_most_written_about_stays_while_no_other_leads_by_three(
    last: Touchpoint | None, billing: int, support: int, named: Touchpoint | None
) -> None:
    """The shown people of all recent cuts are added up; a topic needs as many as a group does."""
    whole = BlockCut(comments=40, topics={BILLING: billing, SUPPORT: support})
    other = BlockCut(comments=20, topics={})
    assert side_comments([], [], recent=[whole, other], last_topic=last).topic is named
    assert side_comments([], [whole], last_topic=last).topic is None


def test_a_sum_of_cuts_is_told_from_the_cut_of_one_block() -> None:
    """Of a sum nobody may say how few comments a hidden part has."""
    one = BlockCut(comments=20)
    assert [side_comments([], [one] * blocks).cut_of_one for blocks in range(3)] == [False, True, False]


def test_a_quote_gives_way_to_another_after_it_was_shown() -> None:
    """What was shown is chosen again only where there is nothing else."""
    found = ticked("a", "b", "c")
    for seed in range(20):
        (chosen,) = choose_quotes(found, seed=seed, shown=["a", "c"], more=3)
        assert chosen.comment_id == "b"
    assert len(choose_quotes(found, seed=1, shown=["a", "b", "c"], more=3)) == 1


def test_no_more_are_quoted_below_than_there_is_room_for() -> None:
    """Up to three more, each another one, none of them shown before."""
    found = ticked(*"abcdefgh")
    chosen = [quote.comment_id for quote in choose_quotes(found, seed=3, shown=["a", "b"], more=3)]
    assert len(set(chosen)) == 4
    assert not {"a", "b"} & set(chosen)
    assert len(choose_quotes(found[:2], seed=3, more=3)) == 2


def test_the_side_that_was_listed_last_is_quoted() -> None:
    """The newest batch with a tick may be quoted, on whichever side; of two listed at once, either."""
    older = side_comments([batch(*silent(), *ticked("a"), days_ago=9)], [])
    newer = side_comments([batch(*silent(), *ticked("b"))], [])
    another = side_comments([batch(*silent(), *ticked("c"))], [])
    assert [each.id for each in newest_quotable([older, newer])] == ["b"]
    assert [each.id for each in newest_quotable([newer, another])] == ["b", "c"]
    assert newest_quotable([SideComments(), SideComments()]) == []
