"""Answers with names as leads read them: three at a time, newest first."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Message, actions, context, message, named_buttons, quote, section
from jobs.messages.layout.page_buttons import page_buttons
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
    here: ids.Page,
    notes: Sequence[str] = (),
) -> Message:
    """A page of up to three answers of `total`, with the buttons that turn to the others.

    `names` are by user id, `here` is this page; `notes` are sentences of mrkdwn.
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
    first, last = here.offset + 1, here.offset + len(responses)
    which = f"{first} to {last}" if first < last else f"{last}"
    foot = [f"{which} of {total:,}.", LEADS_ONLY, *notes]
    row = page_buttons(ids.MORE_ANSWERS, here, per_page=PER_PAGE, then=last, total=total, noun="answers")
    return message(
        " ".join(filter(None, [f"{heading}, newest first.", *said, *map(spoken, foot), named_buttons(row)])),
        section(f"{MRKDWN.bold(f'{heading},')} newest first"),
        *blocks,
        context(" ".join(foot)),
        *([actions(ids.answers_block(last), *row)] if row else []),
    )


def _answer(voice: Voice, response: Response, names: Mapping[str, str]) -> str:
    """Who chose what, of which question and on which day."""
    pulse = response.wave.pulse
    who = voice.bold(safe(names[response.respondent]))
    points = listed([voice.bold(str(point)) for _, point in sorted(response.points.items())])
    day = response.answered_at.astimezone(ZoneInfo(pulse.zone)).date()
    asked = f"{INSTRUMENTS[pulse.instrument].name} about {safe(pulse.about)}, {voice.day(day)}"
    return f"{who} chose {points}: {asked}" + ("." if voice.aloud else "")
