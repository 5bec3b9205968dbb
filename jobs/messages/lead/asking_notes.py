"""What a lead should know before asking; none of it stands in the way.

Each is mrkdwn text.
"""

from datetime import date

from jobs.instruments import Instrument
from jobs.messages.wording.voice import MRKDWN
from storage.records import Wave


def still_open(wave: Wave) -> str:
    """The same question can still be answered."""
    return f"The same question is open here until {MRKDWN.when(wave.closes_at, wave.pulse.zone)}."


def asked_lately(instrument: Instrument, day: date) -> str:
    """It was asked here within the pause that people should have."""
    return (
        f"{instrument.name} was asked here on {MRKDWN.day(day)}. "
        f"Asking again within {instrument.pause_days} days tires people."
    )


def small_channel(min_group: int) -> str:
    """So few people that perhaps nothing will be shown."""
    return f"With fewer than {min_group} answers nothing is shown; here that may happen."
