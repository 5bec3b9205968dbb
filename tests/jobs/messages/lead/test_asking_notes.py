"""What a lead should know before asking."""

from datetime import date

import pytest

from jobs.instruments import INSTRUMENTS
from jobs.messages.lead import asking_notes
from tests.jobs.messages import examples


def test_cautions() -> None:
    """Each note says what a lead should know, and refuses nothing."""
    assert asking_notes.asked_lately(INSTRUMENTS["nps"], date(2026, 11, 3)) == (
        "NPS was asked here on 3 Nov. Asking again within 90 days tires people."
    )
    assert asking_notes.still_open(examples.wave()).startswith(
        "*The same question is open here* until <!date^"
    )
    assert asking_notes.counted_lately(date(2026, 11, 20), date(2026, 12, 17)) == (
        "This question was counted on 20 Nov; new answers are counted from 17 Dec on."
    )
    assert asking_notes.asked_elsewhere() == (
        "Some members may have been asked elsewhere lately; their answers would not count again."
    )


@pytest.mark.parametrize(
    "people, word, number, said",
    [
        (6, 5, 10, "*Small channel:* you see nothing unless 5 of the 6 answer; a score needs 10."),
        (13, None, 10, "*Small channel:* you see nothing unless 10 of the 13 answer."),
        (2, 5, 10, "This channel has 2 people; a score needs 10. Ask a larger one."),
        (1, 5, 10, "This channel has 1 person; a score needs 10. Ask a larger one."),
        (12, None, 15, "This channel has 12 people; a score needs 15. Ask a larger one."),
    ],
)
def test_a_small_channel_is_told_what_it_needs(people: int, word: int | None, number: int, said: str) -> None:
    """How many have to answer, for a word and for a score; with too few people nothing can be shown."""
    assert asking_notes.small_channel(people, word=word, number=number) == said


@pytest.mark.parametrize(
    "people, weeks, said",
    [
        (12, 4, "12 of the members were asked the same in the last four weeks"),
        (None, 3, "Some of the members were asked the same in the last three weeks"),
    ],
)
def test_who_was_asked_the_same_is_counted_from_five_on(people: int | None, weeks: int, said: str) -> None:
    """Fewer than five are "some"; the time is as it is set."""
    assert asking_notes.asked_the_same(people, weeks).startswith(said)
