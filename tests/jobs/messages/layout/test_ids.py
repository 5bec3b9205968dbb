"""Ids are read back as they were written, and forged ones are refused."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.messages.layout import ids
from jobs.messages.layout.comment_ids import (
    TopicPlace,
    Undo,
    read_topic_place,
    read_undo,
    write_topic_place,
    write_undo,
)
from jobs.messages.layout.ids import ForgedId

WAVE_IDS = st.text("0123456789abcdef", min_size=1, max_size=16)
READERS: list[Callable[[str], object]] = [
    ids.read_rate_block,
    ids.read_point,
    ids.read_form_block,
    ids.read_item_block,
    ids.read_answer_block,
    ids.read_wave,
    ids.read_page,
    ids.read_comment_block,
    ids.read_correction,
    read_undo,
    read_topic_place,
]


@given(WAVE_IDS, st.integers(1, 99), st.integers(0, 999))
@settings(deadline=None)
def test_what_is_written_is_read_back(wave_id: str, item: int, point: int) -> None:
    """Every writer has a reader that gives back what it was given."""
    assert ids.read_rate_block(ids.rate_block(wave_id, item, point)) == (wave_id, item)
    assert ids.read_point(ids.point(point)) == point
    assert ids.read_form_block(ids.form_block(wave_id)) == wave_id
    assert ids.read_item_block(ids.item_block(item)) == item
    assert ids.read_answer_block(ids.answer_block(wave_id)) == wave_id
    assert ids.read_wave(ids.write_wave(wave_id)) == wave_id
    page = ids.Page("ux/slow", item, 7)
    undo = Undo(comment_id=wave_id, said="positive", before="neutral" if item % 2 else None, page=page)
    assert read_undo(write_undo(undo)) == undo
    place = TopicPlace(comment_id=wave_id, channel_id="C0ATLAS", page=page)
    assert read_topic_place(write_topic_place(place)) == place
    assert ids.read_correction(ids.correction(wave_id, "positive")) == (wave_id, "positive")
    assert ids.read_comment_block(ids.comment_block(2, ids.Page("ux", 3, 7))) == ids.Page("ux", 3, 7)


@given(st.text(max_size=200), st.integers(0, 99_999), st.integers(0, 2**31))
@settings(deadline=None)
def test_a_page_is_read_back(words: str, offset: int, seed: int) -> None:
    """What was typed, where it stands and its order come back with the button More."""
    page = ids.Page(words.replace("\x00", ""), offset, seed)
    assert ids.read_page(ids.write_page(page)) == page


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "forged",
    [
        "",
        "rate",
        "rate/41/1",
        "rate/41/1/0\n",
        "rate/41/1/0/9",
        "rate/../1/0",
        "rate/41/one/0",
        "point/-1",
        "point/1e3",
        "point/٣",
        "point/1000",
        "item/",
        "answer/41/41",
        '{"wave":{}}',
        '{"wave":"41 OR 1=1"}',
        "[" * 5000,
        "null",
        "x" * 5000,
    ],
)
def test_forged_ids_are_refused(read: Callable[[str], object], forged: str) -> None:
    """Whatever no writer has written raises ForgedId, which is a ValueError."""
    with pytest.raises(ForgedId):
        read(forged)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_no_text_makes_a_reader_fail_otherwise(text: str) -> None:
    """A reader gives something or raises ForgedId, whatever comes in."""
    for read in READERS:
        try:
            read(text)
        except ForgedId:
            continue


def test_points_are_registered_by_what_their_buttons_are_called() -> None:
    """The pattern for listeners knows every number button and nothing else."""
    assert all(ids.POINT.search(ids.point(point)) for point in range(101))
    assert not ids.POINT.search("point/x")
    assert not ids.POINT.search("other/point/1")
