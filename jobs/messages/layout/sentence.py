"""A message of one paragraph, said in both voices."""

from collections.abc import Sequence

from jobs.messages.layout.blocks import Message, message, section
from jobs.messages.wording.voice import Voice, in_both_voices, spoken


def sentence(text: str, *code: str) -> Message:
    """A sentence or two; `text` is mrkdwn, each `{}` in it is filled with one of `code`, as typed."""
    parts = text.split("{}") if code else [text]
    aloud, shown = in_both_voices(lambda voice: _filled(voice, parts, code))
    return message(spoken(aloud), section(shown))


def _filled(voice: Voice, parts: Sequence[str], code: Sequence[str]) -> str:
    return "".join(f"{part}{voice.code(typed)}" for part, typed in zip(parts, code, strict=False)) + parts[-1]
