"""What a lead should know before asking."""

from datetime import date

from jobs.instruments import INSTRUMENTS
from jobs.messages.lead import asking_notes
from tests.jobs.messages import examples


def test_cautions() -> None:
    """Each note says what a lead should know, and refuses nothing."""
    assert asking_notes.asked_lately(INSTRUMENTS["nps"], date(2026, 11, 3)) == (
        "NPS was asked here on 3 Nov. Asking again within 90 days tires people."
    )
    assert (
        asking_notes.small_channel(5) == "With fewer than 5 answers nothing is shown; here that may happen."
    )
    assert asking_notes.still_open(examples.wave()).startswith("The same question is open here until <!date^")
