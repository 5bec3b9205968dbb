"""What a lead should know before asking; none of it forbids to ask.

Each is mrkdwn text.
"""

from datetime import date

from jobs.instruments import Instrument
from jobs.messages.wording.voice import MRKDWN
from storage.records import Wave


def still_open(wave: Wave) -> str:
    """The same question is still open in this channel."""
    return f"The same question is open here until {MRKDWN.when(wave.closes_at, wave.pulse.zone)}."


def asked_lately(instrument: Instrument, day: date) -> str:
    """This instrument was asked here so lately that asking again tires people."""
    return (
        f"{instrument.name} was asked here on {MRKDWN.day(day)}. "
        f"Asking again within {instrument.pause_days} days tires people."
    )


def small_channel(min_group: int) -> str:
    """So few people are here that perhaps nothing can be shown."""
    return f"With fewer than {min_group} answers nothing is shown; here that may happen."
