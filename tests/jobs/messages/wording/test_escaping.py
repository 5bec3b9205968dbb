"""What people have typed is shown letter by letter."""

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.messages.wording import escaping


def test_three_letters_are_escaped_and_no_others() -> None:
    """Slack gives a meaning to three characters, and these alone are escaped."""
    assert escaping.escape("<!channel> & *Tom* `x` <@U1>") == "&lt;!channel&gt; &amp; *Tom* `x` &lt;@U1&gt;"


@given(st.text())
@settings(deadline=None)
def test_escaped_text_reads_as_it_was(typed: str) -> None:
    """Undoing the three entities gives the text back; nothing is left that could begin a mention."""
    escaped = escaping.escape(typed)
    assert "<" not in escaped
    assert ">" not in escaped
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == typed


def test_what_cannot_be_seen_is_left_out() -> None:
    """Control characters, marks of direction and broken surrogates go; all letters and lines stay."""
    assert escaping.clean("a\x00b\u202ec\ud800d\x1be") == "abcde"
    assert escaping.clean("שלום\nعربي 👩‍👩‍👧\tå") == "שלום\nعربي 👩‍👩‍👧\tå"
    assert escaping.clean(" \x00 ") == "…"


def test_a_text_that_is_too_long_says_so() -> None:
    """What is cut ends in an ellipsis; what fits stays whole."""
    assert escaping.clean("a" * 3000) == "a" * 3000
    assert escaping.clean("a" * 3001) == "a" * 2999 + "…"
    assert escaping.safe("a" * 101) == "a" * 99 + "…"


def test_a_name_stands_on_one_line() -> None:
    """Lines and runs of spaces become one space, so that bold letters and quotes stay whole."""
    assert escaping.one_line("  Atlas \n\n  Pro ") == "Atlas Pro"
    assert escaping.safe("R&D\n<b>") == "R&amp;D &lt;b&gt;"


def test_a_comment_is_said_as_a_sentence() -> None:
    """It ends in a full stop where its writer set none, and an entity is never cut in two."""
    assert escaping.sentence_of_comment("Too dear") == "Too dear."
    assert escaping.sentence_of_comment("Why?") == "Why?"
    assert escaping.sentence_of_comment("a&b", limit=6) == "a…"
    assert escaping.sentence_of_comment("a&b", limit=7) == "a&amp;b."


@given(st.text(max_size=400), st.integers(2, 300))
@settings(deadline=None)
def test_a_comment_keeps_its_limit(typed: str, limit: int) -> None:
    """Its escaped form has at most `limit` characters and the full stop."""
    assert len(escaping.sentence_of_comment(typed, limit)) <= limit + 1
