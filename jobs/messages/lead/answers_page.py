"""Answers with names as leads read them: three at a time, newest first."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Block, Message, actions, button, context, message, quote, section
from jobs.messages.wording.escaping import safe, sentence_of_comment
from jobs.messages.wording.voice import MRKDWN, Voice, count, in_both_voices, listed, spoken
from storage.records import Response

PER_PAGE = 3
ROOM = 700  # characters of `text` for each comment: three of them, with names and questions, make 4,000
LEADS_ONLY = "Only the leads of a question with names and workspace admins read this."


def answers_page(
    responses: Sequence[Response],
    *,
    names: Mapping[str, str],
    product: str,
    total: int,
    more: ids.Page,
    notes: Sequence[str] = (),
) -> Message:
    """A page of up to three answers of `total`, with [Next 3] while there are others.

    `names` are by user id, `more` is the page after this one; `notes` are sentences of mrkdwn.
    """
    heading = f"{safe(product)}: {count(total, 'answer')} with names"
    said, blocks = [], []
    for response in responses:
        aloud, shown = in_both_voices(lambda voice, each=response: _answer(voice, each, names))  # type: ignore[misc]
        said.append(aloud)
        blocks.append(section(shown))
        if response.comment:
            said.append(sentence_of_comment(response.comment.text, ROOM))
            blocks.append(quote(response.comment.text))
    first, last = more.offset - PER_PAGE + 1, more.offset - PER_PAGE + len(responses)
    foot = [f"{first} to {last} of {total:,}.", LEADS_ONLY, *notes]
    following = min(PER_PAGE, total - more.offset)
    buttons = f"Button: Next {following}." if following > 0 else ""
    return message(
        " ".join(filter(None, [f"{heading}, newest first.", *said, *map(spoken, foot), buttons])),
        section(f"{MRKDWN.bold(f'{heading},')} newest first"),
        *blocks,
        context(" ".join(foot)),
        *_next(more, following),
    )


def _answer(voice: Voice, response: Response, names: Mapping[str, str]) -> str:
    """Who chose what, of which question and on which day."""
    pulse = response.wave.pulse
    who = voice.bold(safe(names[response.respondent]))
    points = listed([voice.bold(str(point)) for _, point in sorted(response.points.items())])
    day = response.answered_at.astimezone(ZoneInfo(pulse.zone)).date()
    asked = f"{INSTRUMENTS[pulse.instrument].name} about {safe(pulse.subject)}, {voice.day(day)}"
    return f"{who} chose {points}: {asked}" + ("." if voice.aloud else "")


def _next(more: ids.Page, following: int) -> list[Block]:
    if following < 1:
        return []
    again = button(f"Next {following}", ids.MORE_ANSWERS, value=ids.write_page(more))
    return [actions(ids.answers_block(more.offset), again)]
