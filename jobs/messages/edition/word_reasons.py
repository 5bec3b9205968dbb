"""Why a side has its word, and why a change is said or not, in sentences."""

from datetime import date

from jobs.contrast import Side
from jobs.contrast.changed import Direction
from jobs.instruments import Band, Instrument, Scoring
from jobs.messages.report import score_words
from jobs.messages.wording.voice import MONTHS, Voice, capital
from jobs.scoring.level import Level

_ANEW = (
    "One odd round does not change the word; a round far off all that went before, or two in the same "
    "direction, makes it start anew."
)
_THOSE_WHO_ANSWER = "It is the word of those who answer; the likely range speaks of people like them."
_ODDS = "By chance alone, that would be said of a side in one year of twenty."


def word(voice: Voice, instrument: Instrument, side: Side) -> str:
    """The word with its borders, and the memory that it is read from; empty for a word round."""
    score = side.score
    if score is None or score.lean is not None or not side.bands:
        return ""
    said = named(side.bands)
    head = f"{voice.bold(f'{capital(said)}:')} {_borders(voice, instrument)}"
    if side.level is None:
        return f"{head} The word names what the score can be by its 80% range."
    return f"{head} {_memory(voice, instrument, side.level, score.last_day)} {_ANEW} {_THOSE_WHO_ANSWER}"


def _borders(voice: Voice, instrument: Instrument) -> str:
    mixed, good = (_border(voice, instrument, at) for at in (instrument.mixed_from, instrument.good_from))
    return f"below {mixed} is poor, from {mixed} mixed, from {good} good."


def _border(voice: Voice, instrument: Instrument, at: float) -> str:
    digits = 0 if instrument.scoring in (Scoring.NET, Scoring.SHARE) else 1
    return voice.number(at, digits=digits, percent=instrument.percent)


def _memory(voice: Voice, instrument: Instrument, level: Level, newest: date | None) -> str:
    """The level as it stood when the word was last read."""
    name = capital(named(level.bands))
    of_another_year = newest is not None and newest.year != level.since.year
    since = MONTHS[level.since.month - 1] + (f" {level.since.year}" if of_another_year else "")
    mean, low, high = (
        score_words.number(voice, instrument, value)
        for value in (level.mean, level.likely.low, level.likely.high)
    )
    return (
        f"{name} is read from all answers since {since}, {level.answers:,} of them, "
        "not from the last round alone. Older ones count less: half after 13 weeks. "
        f"Together they stand at {mean}, most likely {low} to {high}, {_where(voice, instrument, level)}."
    )


def _where(voice: Voice, instrument: Instrument, level: Level) -> str:
    mixed, good = (_border(voice, instrument, at) for at in (instrument.mixed_from, instrument.good_from))
    if level.bands == tuple(Band):
        return "and that touches poor, mixed and good"
    if Band.GOOD in level.bands:
        return f"and good begins at {good}"
    if Band.POOR in level.bands:
        return f"and mixed begins at {mixed}"
    return f"and mixed lies between {mixed} and {good}"


def change(voice: Voice, instrument: Instrument, side: Side) -> str:
    """What is said of a change and by what rule; what would show; nothing for a word round."""
    if side.score is None or side.score.lean is not None:
        return ""
    found = side.change
    if found is None:
        few = voice.bold("Too few answers to say if anything changed:")
        return (
            f"{few} that takes at least 10 people in the last six weeks and 10 in the half year before, "
            "asked in the same channel, and more where answers differ much."
        )
    earlier = in_earlier(voice, side, "it was ")
    was = f"{earlier}." if earlier else ""
    compared = "The last six weeks are compared with the half year before."
    if found.direction is Direction.NOT_CLEAR:
        shows = ""
        if found.visible is not None:
            least = voice.number(found.visible, digits=instrument.decimals)
            shows = f"With so few answers, only a change of {least} points or more would show."
        return _joined(voice.bold("No clear change:"), was, compared, shows)
    head = "Got better:" if found.direction is Direction.BETTER else "Got worse:"
    return _joined(voice.bold(head), was, compared, _ODDS)


def in_earlier(voice: Voice, side: Side, was: str = "") -> str:
    """The score before in a sentence: "in October +33", "on 23 Oct +33"; empty where there is none.

    `was` are words in front of the number, such as "it was ".
    """
    score = side.before
    if score is None or score.last_day is None:
        return ""
    newest = side.score.last_day if side.score else None
    name = score_words.day_name(voice, score.last_day, in_month=side.before_in_month, newest=newest)
    return f"{'on' if name[:1].isdigit() else 'in'} {name} {was}{score_words.value(voice, score)}"


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def named(bands: tuple[Band, ...]) -> str:
    """The word: "mixed to good", or "unclear" where all three are possible."""
    return "unclear" if bands == tuple(Band) else " to ".join(dict.fromkeys((bands[0], bands[-1])))
