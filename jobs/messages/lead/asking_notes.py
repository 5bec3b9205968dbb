"""What a lead should know before asking; none of it forbids to ask.

Each is mrkdwn text.
"""

from datetime import date

from jobs.instruments import Instrument
from jobs.messages.wording.voice import MRKDWN, Voice, count, four_weeks
from storage.records import Wave


def still_open(wave: Wave, voice: Voice = MRKDWN) -> str:
    """The same question is still open in this channel."""
    until = voice.when(wave.closes_at, wave.pulse.zone)
    return f"{voice.bold('The same question is open here')} until {until}."


def asked_lately(instrument: Instrument, day: date) -> str:
    """This instrument was asked here so lately that asking again tires people."""
    return (
        f"{instrument.name} was asked here on {MRKDWN.day(day)}. "
        f"Asking again within {instrument.pause_days} days tires people."
    )


def asked_often(instrument: Instrument, times: int, day: date) -> str:
    """This instrument was asked here so many times within 30 days, the last time on a day."""
    return (
        f"{instrument.name} was asked here {times} times in 30 days, the last time on {MRKDWN.day(day)}. "
        "Asking again now tires people."
    )


def asked_another(other: Instrument, day: date, days: int) -> str:
    """Another question was asked here so lately that asking anything tires people."""
    return (
        f"{other.name} was asked here on {MRKDWN.day(day)}. "
        f"Asking the same people anything within {days} days tires them."
    )


def small_channel(people: int, *, word: int | None, number: int) -> str:
    """So few people are here that perhaps nothing can be shown; `word` is None where no word is shown.

    `word` and `number` are how many have to answer for a word and for a score.
    """
    fewest = word or number
    if people < fewest:
        here = count(people, "person", "people")
        return f"This channel has {here}; a score needs {number}. Ask a larger one."
    nothing = f"*Small channel:* you see nothing unless {fewest} of the {people} answer"
    return f"{nothing}; a score needs {number}." if word else f"{nothing}."


def counted_lately(counted_on: date, again: date, voice: Voice = MRKDWN) -> str:
    """New answers to this question are not counted at once."""
    was, then = voice.day(counted_on), voice.day(again)
    return f"This question was counted on {was}; new answers are counted from {then} on."


def being_counted(answers: int, again: date, voice: Voice = MRKDWN) -> str:
    """The same question has just closed, and its count leaves no room for another one so soon."""
    closed = f"This question has just closed with {count(answers, 'answer')}."
    return f"{closed} Once they are counted, new answers are counted from {voice.day(again)} on."


def asked_the_same(people: int | None, weeks: int) -> str:
    """So many of the members (None: a few) were asked the same, and who was counted is not counted again."""
    who = "Some of the members were" if people is None else f"{people} of the members were"
    return (
        f"{who} asked the same in the last {four_weeks(weeks)}; "
        f"whoever is counted is not counted again for {four_weeks(weeks)}."
    )


def asked_elsewhere() -> str:
    """What is always true, since not every channel may be told of."""
    return "Some members may have been asked elsewhere lately; their answers would not count again."


def counted_every(weeks: int) -> str:
    """A schedule is shorter than the time between two counts."""
    return f"Counted every {four_weeks(weeks)}, each person's latest answer."
