"""The replies under a digest: figures with the rounds before, what people wrote, how to read it."""

from collections.abc import Iterator, Sequence

from jobs.contrast import Contrast, HistoryRow, Side
from jobs.instruments import INSTRUMENTS, Instrument
from jobs.messages.layout.blocks import Block, Message, context, image, message, section, table
from jobs.messages.report import score_words
from jobs.messages.report.side_cards import also, in_full, sides, who_stands_where
from jobs.messages.report.small_print import quotation, quotation_aloud
from jobs.messages.report.topic_table import WRITERS, topics
from jobs.messages.wording.escaping import one_line
from jobs.messages.wording.voice import MRKDWN, SPEECH, Voice, capital, in_both_voices, spelled
from storage.records import Picture

_FEWEST_ROUNDS, _MOST_DAYS = 2, 12
_NOBODY = "–"  # in a table; a round of the other side closed that day
BASE = "In brackets: how many answered."
WITHDRAWN = "What stood here was withdrawn: one of the questions was taken down."
_MORE = "More comments, quoted with permission"
_QUOTED_NO_MORE = "The comments that were chosen for this reply may not be quoted any more."


def thread(contrast: Contrast, *, history: Picture | None = None, plain: bool = False) -> list[Message]:
    """The replies in their order, each a message of its own; none where neither side shows anything.

    `history` is the picture of the last rounds, where there is one. With `plain` the rounds before stand in
    words, for a Slack that refuses the table.
    """
    if not contrast.is_shown:
        return []
    made = [
        _figures(contrast, history, plain=plain),
        topics(contrast),
        _comments(contrast),
        _method(contrast),
    ]
    return [reply for reply in made if reply]


def _figures(contrast: Contrast, history: Picture | None, *, plain: bool) -> Message:
    spoken, shown = (
        [
            *(in_full(voice, side, contrast) for side in sides(contrast)),
            who_stands_where(contrast),
            _also(voice, contrast),
        ]
        for voice in (SPEECH, MRKDWN)
    )
    blocks = [section(said) for said in shown if said]
    if history:
        blocks.append(image(history))
    rounds = story(sides(contrast), plain=plain)
    if rounds:
        spoken += [rounds["text"], BASE]
        blocks += [*rounds["blocks"], context(BASE)]
    return message(" ".join(filter(None, spoken)), *blocks)


def story(told: Sequence[Side], *, plain: bool = False) -> Message | None:
    """The rounds of these sides, a row for each day on which some closed; None where there is only one."""
    told = [side for side in told if side.history and side.instrument]
    rounds_aloud, rounds = _rounds(SPEECH, told), _rounds(MRKDWN, told)
    if len(rounds) < _FEWEST_ROUNDS:
        return None
    spoken = (f"{head}: {_side_by_side(told, cells)}." for head, *cells in rounds_aloud)
    return message(" ".join(spoken), _in_words(told, rounds) if plain else _as_table(told, rounds))


def _also(voice: Voice, contrast: Contrast) -> str:
    said = capital(also(voice, contrast))
    return f"{said}." if said else ""


def _as_table(told: Sequence[Side], rounds: list[list[str]]) -> Block:
    return table(["Closed", *_names(told)], rounds)


def _in_words(told: Sequence[Side], rounds: list[list[str]]) -> Block:
    head = MRKDWN.bold(f"Last {spelled(len(rounds))} rounds")
    return section(MRKDWN.lines(head, *(f"{day}: {_side_by_side(told, cells)}" for day, *cells in rounds)))


def _names(told: Sequence[Side]) -> list[str]:
    """What was asked on each side; with the side where it is the same on both."""
    names = [INSTRUMENTS[side.instrument or ""].name + side.imported for side in told]
    if len(set(names)) == len(names):
        return names
    return [
        f"{name}, {one_line(side.about or WRITERS[side.lens])}"
        for name, side in zip(names, told, strict=True)
    ]


def _side_by_side(told: Sequence[Side], cells: list[str]) -> str:
    """A row in words: "NPS +42 (26), UMUX-Lite 52 (22)"."""
    named = zip(_names(told), cells, strict=True)
    return ", ".join(f"{name} {cell}" for name, cell in named if cell != _NOBODY)


def _rounds(voice: Voice, told: Sequence[Side]) -> list[list[str]]:
    """A row for each day on which rounds closed, newest first: the day, and the score of each side."""
    days = sorted({row.last_day for side in told for row in side.history}, reverse=True)[:_MOST_DAYS]
    return [
        [
            score_words.day_name(voice, day, in_month=False, newest=days[0]),
            *(_cell(voice, side, [row for row in side.history if row.last_day == day]) for side in told),
        ]
        for day in days
    ]


def _cell(voice: Voice, side: Side, rows: list[HistoryRow]) -> str:
    return ", ".join(f"{row_score(voice, side, row)} ({row.n})" for row in rows) or _NOBODY


def row_score(voice: Voice, side: Side, row: HistoryRow) -> str:
    """The score of one round: "+42", "+75 or more", "leaning good"."""
    instrument = INSTRUMENTS[side.instrument or ""]
    if row.between:
        return score_words.ends(voice, instrument, row.between)
    if row.value is not None:
        return score_words.number(voice, instrument, row.value)
    return score_words.lean(row.lean) if row.lean else ""


def _comments(contrast: Contrast) -> Message | None:
    """More comments, as far as they may still be quoted; None where there was room for none."""
    if not contrast.quoted_below:
        return None
    quotes = [(quote, side) for quote, side in contrast.sided_quotes[1:] if quote.text]
    if not quotes:
        return message(_QUOTED_NO_MORE, section(_QUOTED_NO_MORE))
    about = contrast.product if len(contrast.product.split()) == 1 else f'"{contrast.product}"'
    typed = f"/pulse comments about {about}"
    aloud, shown = in_both_voices(lambda voice: f"Leads read all comments: {voice.code(typed)}")
    said = [f"{_MORE}.", *(quotation_aloud(quote, side) for quote, side in quotes), f"{aloud}."]
    blocks = [block for quote, side in quotes for block in quotation(quote, side)]
    return message(" ".join(said), section(MRKDWN.bold(_MORE)), *blocks, context(shown))


def _method(contrast: Contrast) -> Message | None:
    """How to read what is shown, and the trademark and source lines of its instruments."""
    shown = [side for side in sides(contrast) if side.is_shown]
    numbered = [side for side in shown if side.score and side.score.lean is None]
    said = " ".join(_rules(shown, numbered))
    small = " ".join(_borders(numbered))
    used = [INSTRUMENTS[side.score.instrument] for side in shown if side.score]
    lines = " ".join(dict.fromkeys(instrument.credit for instrument in used if instrument.credit))
    if not said and not lines:
        return None
    head = "How to read this."
    blocks = [section(f"{MRKDWN.bold(head)} {said}")] if said else []
    blocks += [context(each) for each in (small, lines) if each]
    spoken = [f"{head} {said}" if said else "", " ".join(_borders(numbered, SPEECH)), lines.replace("© ", "")]
    return message(" ".join(filter(None, spoken)), *blocks)


def _rules(shown: Sequence[Side], numbered: Sequence[Side]) -> Iterator[str]:
    """What holds for the words, the scores and the changes that these sides show."""
    if any(side.level for side in numbered):
        yield (
            "Good, mixed and poor come from the rounds so far, newer ones counting more; "
            "a word changes only when the answers clearly say so."
        )
    if len(numbered) < len(shown):
        yield "“Leaning good” and “leaning poor” say to which side more answers lean."
    if numbered:
        yield "Scores and ranges are from the newest round of each question."
        yield "“Got worse” and “got better” are said only when chance would rarely look like this."


def _borders(numbered: Sequence[Side], voice: Voice = MRKDWN) -> Iterator[str]:
    """Where poor ends and good begins on each scale that has a word, and why the two are not set off."""
    used = dict.fromkeys(side.score.instrument for side in numbered if side.score)
    for key in dict.fromkeys(side.score.instrument for side in numbered if side.score and side.bands):
        instrument = INSTRUMENTS[key]
        poor, good = (_border(voice, instrument, at) for at in (instrument.mixed_from, instrument.good_from))
        yield f"{instrument.name} below {poor} is poor, from {good} good."
    if len(used) > 1:
        yield "The two scores are never subtracted: their scales differ."


def _border(voice: Voice, instrument: Instrument, at: float) -> str:
    digits = 0 if float(at).is_integer() else 1
    return voice.number(at, digits=digits, percent=instrument.percent)
