"""The one comment that a contrast quotes. Pure."""

import re
from collections.abc import Sequence

from jobs.contrast.record import Side
from jobs.instruments import Band
from storage.records import Comment, Quote, Sentiment

_LONGEST = 200  # characters: the whole message is read in 20 seconds, and a quote is word for word
_POINTS_AT_SOMEBODY = re.compile(r"<[@#!]|(?<!\w)@\w|\S@\S|https?://|www\.", re.IGNORECASE)


def choose_quote(sides: Sequence[tuple[Side, Sequence[Comment]]], *, min_group: int) -> Quote | None:
    """The comment that best explains the verdict of a side; None where none may be quoted.

    It needs its author's permission, and `min_group` people must have written on its side. It is never
    one that a lead hid, that holds a link, a mention or an address, or that is too long for a digest.
    Best is one about the side's first topic in the tone of its verdict; then one of the side with the
    worse verdict. The order of the comments does not matter. Its topic is named only where the side shows
    that topic.
    """
    candidates = [
        (_rank(side, comment), side, comment)
        for side, comments in sides
        if len(comments) >= min_group
        for comment in comments
        if _quotable(comment)
    ]
    if not candidates:
        return None
    _, side, comment = min(candidates, key=lambda candidate: candidate[0])
    topic = comment.touchpoints[0] if comment.touchpoints else None
    return Quote(
        comment_id=comment.id,
        text=comment.text.strip(),
        touchpoint=topic if topic in {shown for shown, _ in side.topics} else None,
    )


def _quotable(comment: Comment) -> bool:
    text = comment.text.strip()
    return (
        comment.may_quote
        and not comment.hidden
        and 0 < len(text) <= _LONGEST
        and not _POINTS_AT_SOMEBODY.search(text)
    )


def _rank(side: Side, comment: Comment) -> tuple[int, bool, str, float, str]:
    """Sorts the best comment first."""
    about_first_topic = bool(side.topics) and comment.touchpoints[:1] == (side.topics[0][0],)
    in_tone = comment.sentiment is not None and comment.sentiment is _tone_of(side)
    confidence = comment.label.confidence if comment.label else 0.0
    return -(about_first_topic + in_tone), not _is_low(side), side.lens, -confidence, comment.id


def _tone_of(side: Side) -> Sentiment | None:
    """The tone that fits the verdict of a side; None for a verdict that is neither good nor poor."""
    bands = side.score.bands if side.score else ()
    if (Band.POOR in bands) == (Band.GOOD in bands):
        return None
    return Sentiment.NEGATIVE if Band.POOR in bands else Sentiment.POSITIVE


def _is_low(side: Side) -> bool:
    return _tone_of(side) is Sentiment.NEGATIVE
