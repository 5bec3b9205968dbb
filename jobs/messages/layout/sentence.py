"""A message of one paragraph, and sentences above a message, said in both voices."""

from collections.abc import Sequence

from jobs.messages.layout.blocks import Message, context, message, section
from jobs.messages.wording.voice import Voice, in_both_voices, spoken


def sentence(text: str, *code: str) -> Message:
    """A sentence or two; `text` is mrkdwn, each `{}` in it is filled with one of `code`, as typed."""
    parts = text.split("{}") if code else [text]
    aloud, shown = in_both_voices(lambda voice: _filled(voice, parts, code))
    return message(spoken(aloud), section(shown))


def with_notes(shown: Message, notes: Sequence[str]) -> Message:
    """The message below these sentences of mrkdwn, if there are any."""
    if not notes:
        return shown
    said = " ".join(spoken(note) for note in notes)
    return message(f"{said} {shown['text']}", context("\n".join(notes)), *shown["blocks"])


def _filled(voice: Voice, parts: Sequence[str], code: Sequence[str]) -> str:
    return "".join(f"{part}{voice.code(typed)}" for part, typed in zip(parts, code, strict=False)) + parts[-1]
