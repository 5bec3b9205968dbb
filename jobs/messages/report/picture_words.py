"""The words of the two pictures: those that are drawn in them, and those that stand for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobs.contrast import Contrast, Side
from jobs.instruments import INSTRUMENTS
from jobs.messages.report import score_words
from jobs.messages.report.side_cards import name_of
from jobs.messages.wording.escaping import one_line
from jobs.messages.wording.vocabulary import side_words
from jobs.messages.wording.voice import MRKDWN, SPEECH, Voice, capital, count, spelled

LONGEST_NAME = 14  # letters of a product in a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureNumber:
    """A score as a picture prints it: "+42" large, "about" before it and "or more" after it small."""

    number: str = ""
    before: str = ""
    after: str = ""


def picture_number(side: Side) -> PictureNumber:
    """The number of a side's score, in its parts; empty where there is none."""
    score = side.score
    if score is None or not (shown := score_words.value(MRKDWN, score)):
        return PictureNumber()
    if score.about:
        return PictureNumber(number=shown.removeprefix("about "), before="about")
    number, _, after = shown.partition(" or ")
    return PictureNumber(number=number, after=f"or {after}" if after else "")


def side_name(side: Side, product: str) -> tuple[str, str]:
    """The name of a side in a picture, not escaped, and a short one for where that has no room."""
    product = side.about or product
    if side_words(side.lens, product) == side_words(side.lens, ""):  # of a side that names no product
        name = capital(side_words(side.lens, product))
        return name, name
    short = f"Using {one_line(product, LONGEST_NAME)}" if side.about else "Using it"
    return (f"Using {product}" if len(product) <= LONGEST_NAME else short), short


def side_word(side: Side) -> str:
    """What stands behind the name: the side's word, or why there is none yet."""
    if word := score_words.word(side):
        return word
    if side.instrument is None and side.first_asked is None:
        return "not asked"
    waiting = sum(each.answers for each in side.progress)
    none = "no score any more" if side.reduced else "no score yet"
    return f"{count(waiting, 'answer')}, shown from {_need(side)}" if waiting else none


def name_before(voice: Voice, side: Side) -> str:
    """When the score before is from: "October", "23 Oct"; empty where there is none."""
    day = side.before.last_day if side.before else None
    newest = side.score.last_day if side.score else None
    return score_words.day_name(voice, day, in_month=side.before_in_month, newest=newest) if day else ""


def strips_aloud(contrast: Contrast) -> str:
    """What the picture in the post shows, in words."""
    strips = [_strip(side, contrast.product) for side in contrast.sides]
    return " ".join([f"{capital(spelled(len(strips)))} scales from poor to good.", *strips])


def history_aloud(sides: Sequence[Side], product: str) -> str:
    """What the picture of the last rounds shows, in words, oldest first."""
    told = [_rounds(side, product) for side in sides if has_story(side)]
    return " ".join([f"The last rounds of {'each side' if len(told) > 1 else 'one side'}.", *told])


def has_story(side: Side) -> bool:
    """Whether a side has a score of an earlier round beside another, so that a line can be drawn."""
    return sum(row.value is not None for row in side.history) > 1


def _strip(side: Side, product: str) -> str:
    who, word = capital(name_of(side, product)), side_word(side)
    score = side.score
    if score is None or not (shown := score_words.value(SPEECH, score)):
        return f"{who}: {word}."
    name = name_before(SPEECH, side)
    before = score_words.value(SPEECH, side.before) if side.before and side.counted_since_last else ""
    earlier = f"{_when(name)} {before}" if name and before else ""
    facts = [
        f"{INSTRUMENTS[score.instrument].name}{side.imported} {shown}",
        word,
        score_words.likely(SPEECH, score),
        earlier,
    ]
    return f"{who}: {', '.join(filter(None, facts))}."


def _when(name: str) -> str:
    """Such as "in October" or "on 23 October"."""
    return f"on {name}" if name[:1].isdigit() else f"in {name}"


def _rounds(side: Side, product: str) -> str:
    instrument = INSTRUMENTS[side.instrument or ""]
    told = [
        "no number" if row.value is None else score_words.number(SPEECH, instrument, row.value)
        for row in reversed(side.history)
    ]
    return f"{capital(name_of(side, product))}, {instrument.name}{side.imported}: {', '.join(told)}."


def _need(side: Side) -> int:
    """How many people a word or a score of this side needs, whichever is fewer."""
    needs = [each.word_from or each.score_from for each in side.progress if each.score_from]
    return min(filter(None, needs), default=side.score_from)
