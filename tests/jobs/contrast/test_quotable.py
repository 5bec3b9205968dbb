"""The one comment that may be quoted."""

import pytest

from jobs.contrast.cuts import choose_quotes, quotable
from storage.records import Quote
from tests.jobs.responses import comment


def test_a_quote_is_word_for_word() -> None:
    """The text stands as it was written, without the blanks around it."""
    text = "I *never* know &amp; which\ninvoice is which."
    (quote,) = choose_quotes(quotable([comment("c1", text=f" {text}\n", may_quote=True)]), seed=1)
    assert quote == Quote(comment_id="c1", text=text, touchpoint=None, wish=False)


def test_only_with_the_tick() -> None:
    """Without its author's permission no comment is quoted."""
    assert quotable([comment("c1")]) == []
    assert choose_quotes([], seed=1) == ()


def test_never_a_hidden_one() -> None:
    """A comment that a lead has hidden is not quoted."""
    assert quotable([comment("c1", may_quote=True, hidden=True)]) == []


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
    assert quotable([comment("c1", text=text, may_quote=True)]) == []


def test_the_choice_is_at_random() -> None:
    """Each is chosen about as often, whatever its tone, topic and certainty; a seed chooses always alike."""
    comments = quotable([comment(f"c{n}", may_quote=True, confidence=n / 5) for n in range(4)])
    chosen = [quote.comment_id for seed in range(400) for quote in choose_quotes(comments, seed=seed)]
    assert all(70 < chosen.count(each.id) < 130 for each in comments)
    assert choose_quotes(comments, seed=7) == choose_quotes(comments, seed=7)


def test_order_does_not_matter() -> None:
    """The same comments in any order give the same choice."""
    comments = [comment(f"c{n}", may_quote=True) for n in range(9)]
    assert quotable(comments) == quotable(comments[::-1])
