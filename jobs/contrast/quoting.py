"""The one comment that a contrast quotes. Pure."""

import re
from collections.abc import Iterable, Sequence
from random import Random

from storage.records import Comment, Quote

_LONGEST = 200  # characters: the whole message is read in 20 seconds, and a quote is word for word
_POINTS_AT_SOMEBODY = re.compile(r"<[@#!]|(?<!\w)@\w|\S@\S|https?://|www\.", re.IGNORECASE)


def quotable(comments: Iterable[Comment]) -> list[Comment]:
    """Those that their authors allow to be quoted, in the order of their ids.

    Never one that a lead hid, that holds a link, a mention or an address, or that is too long for a digest.
    """
    return sorted(filter(_may_be_quoted, comments), key=lambda comment: comment.id)


def choose_quote(comments: Sequence[Comment], *, seed: int) -> Quote | None:
    """One of these, at random, so that the choice says nothing of who wrote it; None where there are none."""
    if not comments:
        return None
    chosen = Random(seed).choice(comments)  # noqa: S311 - a choice, not a secret
    return Quote(comment_id=chosen.id, text=chosen.text.strip(), touchpoint=None)


def _may_be_quoted(comment: Comment) -> bool:
    text = comment.text.strip()
    return (
        comment.may_quote
        and not comment.hidden
        and 0 < len(text) <= _LONGEST
        and not _POINTS_AT_SOMEBODY.search(text)
    )
