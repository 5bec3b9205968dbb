"""The one comment that may be quoted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.contrast.quoting import choose_quote
from jobs.contrast.record import Side
from storage.records import Comment, Lens, Quote, Sentiment, Touchpoint
from tests.jobs.contrast.sides import GOOD, MIXED_TO_GOOD, POOR, side
from tests.jobs.responses import comment

BILLING, SUPPORT, USABILITY = Touchpoint.BILLING, Touchpoint.SUPPORT, Touchpoint.USABILITY
CX = side(Lens.CX, POOR, topics=[(BILLING, 9), (SUPPORT, 5)])
UX = side(Lens.UX, GOOD, topics=[(USABILITY, 6)])


def others(count: int = 4) -> list[Comment]:
    """Comments of people who do not want to be quoted."""
    return [comment(f"x{place}") for place in range(count)]


def chosen(*comments: Comment, on: Side = CX, beside: int = 4) -> str | None:
    """The id of the quoted comment of a side on which others wrote too."""
    quote = choose_quote([(on, [*others(beside), *comments])], min_group=5)
    return quote.comment_id if quote else None


def test_a_quote_is_word_for_word() -> None:
    """The text stands as it was written, with its topic."""
    text = "I *never* know &amp; which\ninvoice is which."
    quote = choose_quote([(CX, [*others(), comment("c1", text=f" {text}\n", may_quote=True)])], min_group=5)
    assert quote == Quote(comment_id="c1", text=text, touchpoint=BILLING)


def test_only_with_the_tick() -> None:
    """Without its author's permission no comment is quoted."""
    assert chosen(comment("c1")) is None


def test_never_a_hidden_one() -> None:
    """A comment that a lead has hidden is not quoted."""
    assert chosen(comment("c1", may_quote=True, hidden=True)) is None


@pytest.mark.parametrize("beside,quoted", [(0, None), (3, None), (4, "c1")])
def test_only_where_enough_wrote(beside: int, quoted: str | None) -> None:
    """At least five people must have written on its side, so that any of them could be the author."""
    assert chosen(comment("c1", may_quote=True), beside=beside) == quoted


@pytest.mark.parametrize(
    "text",
    [
        "Ask <@U0123> about it",
        "Ask @priya about it",
        "Mail me at ann@example.com",
        "See https://example.com/42",
        "See <#C01|atlas>",
        "see www.example.com",
        "   ",
        "word " * 60,
    ],
)
def test_nothing_that_points_at_somebody(text: str) -> None:
    """A comment with a mention, an address or a link, an empty or a long one is not quoted."""
    assert chosen(comment("c1", text=text, may_quote=True)) is None


def test_the_first_topic_in_the_tone_of_the_verdict() -> None:
    """On a poor side the complaint about its first topic goes before praise or another topic."""
    complaint = comment("c3", Sentiment.NEGATIVE, BILLING, may_quote=True, confidence=0.5)
    assert (
        chosen(
            comment("c1", Sentiment.POSITIVE, BILLING, may_quote=True),
            comment("c2", Sentiment.NEGATIVE, SUPPORT, may_quote=True),
            complaint,
        )
        == "c3"
    )


def test_the_worse_side_speaks_first() -> None:
    """Of two that fit equally well, the one of the worse side is quoted."""
    praise = comment("a", Sentiment.POSITIVE, USABILITY, may_quote=True)
    complaint = comment("b", Sentiment.NEGATIVE, BILLING, may_quote=True)
    sides = [(UX, [*others(), praise]), (CX, [*others(), complaint])]
    quote = choose_quote(sides, min_group=5)
    assert quote
    assert quote.comment_id == "b"


def test_a_verdict_that_leans_nowhere_prefers_no_tone() -> None:
    """Where a verdict is neither good nor poor, the label of highest confidence decides."""
    on = side(Lens.CX, POOR + MIXED_TO_GOOD)
    sure = comment("c2", Sentiment.POSITIVE, BILLING, may_quote=True, confidence=0.9)
    assert chosen(comment("c1", may_quote=True, confidence=0.6), sure, on=on) == "c2"


def test_a_topic_that_is_not_shown_is_not_named() -> None:
    """A topic under the smallest group is not named beside a quote either."""
    text = comment("c1", Sentiment.NEGATIVE, Touchpoint.BRAND, may_quote=True)
    quote = choose_quote([(CX, [*others(), text])], min_group=5)
    assert quote
    assert quote.touchpoint is None


@given(st.data())
def test_order_does_not_matter(data: st.DataObject) -> None:
    """The same comments in any order give the same quote."""
    comments = [
        comment(f"c{place}", tone, topic, may_quote=place % 2 == 0)
        for place, (tone, topic) in enumerate(
            data.draw(
                st.lists(
                    st.tuples(st.sampled_from(Sentiment), st.sampled_from([BILLING, SUPPORT])), max_size=12
                )
            )
        )
    ]
    shuffled = data.draw(st.permutations(comments))
    assert choose_quote([(CX, comments)], min_group=5) == choose_quote([(CX, shuffled)], min_group=5)
