"""What people mentioned, row by row; no hidden row can be worked out from those shown."""

from jobs.contrast import Contrast, Side
from jobs.messages.layout.blocks import Message, context, message, section
from jobs.messages.report.side_cards import sides
from jobs.messages.wording.vocabulary import side_words, topic_word
from jobs.messages.wording.voice import MRKDWN, SPEECH, Voice, capital, count, in_both_voices

_REST = "everything else"


def topics(contrast: Contrast) -> Message | None:
    """The topics of both sides, largest first, one row for everybody else; None where none may be shown."""
    shown_sides = [side for side in sides(contrast) if side.topics]
    if not shown_sides:
        return None
    spoken, shown = ([_rows(voice, side, contrast) for side in shown_sides] for voice in (SPEECH, MRKDWN))
    note_aloud, note = in_both_voices(lambda voice: _note(voice, contrast.min_group))
    return message(" ".join([*spoken, note_aloud]), *map(section, shown), context(note))


def _rows(voice: Voice, side: Side, contrast: Contrast) -> str:
    head = f"Topics, {side_words(side.lens, contrast.product)}"
    rows = [(topic_word(topic), number) for topic, number in side.topics]
    rest = (side.wrote or 0) - sum(number for _, number in rows)
    rows += [(_REST, rest)] if rest > 0 else []
    people = [count(number, "person", "people") for _, number in rows]
    if voice.aloud:
        return f"{head}: {'; '.join(f'{what}, {who}' for (what, _), who in zip(rows, people, strict=True))}."
    return voice.lines(
        voice.bold(head), *(f"{capital(what)}: {who}" for (what, _), who in zip(rows, people, strict=True))
    )


def _note(voice: Voice, k: int) -> str:
    rest = "everything else" if voice.aloud else "“everything else”"
    return (
        "Mentioned with, not caused by. Each person counts under one topic; "
        f"topics with fewer than {k} people are in {rest}."
    )
