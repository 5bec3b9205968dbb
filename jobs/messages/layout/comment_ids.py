"""The ids with which a comment is corrected, beside the functions that read them: Undo, the topic form."""

import json
import re
from dataclasses import dataclass

from jobs.messages.layout.ids import ForgedId, Page, read_page, write_page

UNDO = "undo"
WISH_BLOCK = "wish"
WISH, NO_WISH = "wish", "nowish"
_ID = r"[0-9A-Za-z_-]{1,64}"
_NOTHING = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What the button Undo takes back: what was `said` of a comment, after `before`, on a page of a list.

    Both are words of the menu or of the form: a tone, a topic, `hide`, `wish` or `nowish`, or two of them
    with a plus between; `before` may be None.
    """

    comment_id: str
    said: str
    before: str | None
    page: Page


def write_undo(undo: Undo) -> str:
    """The value of the button Undo: `901/negative/neutral/3/1764/ux billing`."""
    return f"{undo.comment_id}/{undo.said}/{undo.before or _NOTHING}/{write_page(undo.page)}"


def read_undo(value: str) -> Undo:
    """What the button Undo takes back."""
    found = re.fullmatch(rf"({_ID})/([a-z+]{{1,40}})/([a-z+]{{1,40}}|-)/(.*)", value, re.DOTALL)
    if found is None:
        raise ForgedId("not the value of Undo")
    comment_id, said, before, page = found.groups()
    return Undo(
        comment_id=comment_id,
        said=said,
        before=None if before == _NOTHING else before,
        page=read_page(page),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPlace:
    """The comment whose topic a form asks for, and the page and channel of the list from which it came."""

    comment_id: str
    channel_id: str
    page: Page


def write_topic_place(place: TopicPlace) -> str:
    """The private_metadata of the form that names a topic."""
    said = [place.comment_id, place.channel_id, write_page(place.page)]
    return json.dumps(said, separators=(",", ":"))


def read_topic_place(private_metadata: str) -> TopicPlace:
    """The comment of that form and where it was shown."""
    try:
        comment_id, channel_id, page = map(str, json.loads(private_metadata))
    except (ValueError, TypeError, RecursionError) as error:
        raise ForgedId("not the metadata of a form about a comment") from error
    if not re.fullmatch(_ID, comment_id) or not re.fullmatch(r"[A-Z0-9]{0,32}", channel_id):
        raise ForgedId("not the metadata of a form about a comment")
    return TopicPlace(comment_id=comment_id, channel_id=channel_id, page=read_page(page))
