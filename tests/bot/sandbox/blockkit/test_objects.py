from typing import Any

import pytest

from bot.sandbox.blockkit import blocks, elements
from bot.sandbox.blockkit.objects import (
    CONFIRM,
    MARKED_OPTION,
    MENU_OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    mrkdwn,
    plain,
    text,
)
from bot.sandbox.blockkit.shapes import Shape


def fits(shape: Shape, value: Any) -> bool:
    """Whether the shape has nothing to say."""
    return not list(shape.check(value, ""))


def words(count: int, kind: str = "plain_text", **more: Any) -> dict[str, Any]:
    """A text object of that many characters."""
    return {"type": kind, "text": "x" * count, **more}


def test_text_objects_have_their_kind_and_length() -> None:
    """plain_text knows emoji, mrkdwn knows verbatim, neither the other's key; empty is no text."""
    assert fits(plain(5), words(5, emoji=False))
    assert not fits(plain(5), words(6))
    assert not fits(plain(5), words(0))
    assert not fits(plain(5), words(1, verbatim=True))
    assert not fits(plain(5), words(1, "mrkdwn"))
    assert fits(mrkdwn(5), words(5, "mrkdwn", verbatim=True))
    assert fits(text(5), words(5)) and fits(text(5), words(5, "mrkdwn"))  # noqa: PT018  one claim
    assert not fits(text(5), words(5, "markdown"))


@pytest.mark.parametrize("key,most", [("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)])
def test_a_confirmation_has_four_texts(key: str, most: int) -> None:
    """Each is plain, required and short enough."""
    good = {"title": words(1), "text": words(1), "confirm": words(1), "deny": words(1), "style": "danger"}
    assert fits(CONFIRM, good | {key: words(most)})
    assert not fits(CONFIRM, good | {key: words(most + 1)})
    assert not fits(CONFIRM, good | {key: words(1, "mrkdwn")})
    assert not fits(CONFIRM, {name: part for name, part in good.items() if name != key})
    assert not fits(CONFIRM, good | {"style": "default"})


def test_options_have_a_value_and_their_own_kind_of_text() -> None:
    """Menus take plain text, choices take marked text too, only overflows take a link."""
    option = {"text": words(75), "value": "v" * 150, "description": words(75)}
    for shape in (MENU_OPTION, MARKED_OPTION, OVERFLOW_OPTION):
        assert fits(shape, option)
        assert not fits(shape, option | {"text": words(76)})
        assert not fits(shape, option | {"value": "v" * 151})
        assert not fits(shape, option | {"description": words(76)})
    assert fits(MARKED_OPTION, option | {"text": words(5, "mrkdwn")})
    assert not fits(MENU_OPTION, option | {"text": words(5, "mrkdwn")})
    assert fits(OVERFLOW_OPTION, option | {"url": "https://example.com"})
    assert not fits(MENU_OPTION, option | {"url": "https://example.com"})


def test_a_picture_has_one_source() -> None:
    """An address or a file in Slack, the file by id or address; never both, never neither."""
    for shape in (elements.IMAGE, blocks.IMAGE):
        picture = {"type": "image", "alt_text": "x"}
        assert fits(shape, picture | {"image_url": "https://x"})
        assert fits(shape, picture | {"slack_file": {"id": "F1"}})
        assert not fits(shape, picture)
        assert not fits(shape, picture | {"image_url": "https://x", "slack_file": {"id": "F1"}})
        assert not fits(shape, picture | {"slack_file": {"id": "F1", "url": "https://x"}})


def test_a_group_has_a_label_and_distinct_options() -> None:
    """Two options with one value in a group are refused."""
    one, two = ({"text": words(1), "value": value} for value in "ab")
    assert fits(OPTION_GROUP, {"label": words(75), "options": [one, two]})
    assert not fits(OPTION_GROUP, {"label": words(76), "options": [one]})
    assert not fits(OPTION_GROUP, {"label": words(5), "options": [one, one]})
