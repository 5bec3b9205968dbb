"""The forms in which people answer: a comment after a click, and the statements of a form."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jobs.instruments import INSTRUMENTS, AnswerClass, Instrument
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import (
    Block,
    View,
    actions,
    checkbox,
    choice,
    context,
    input_block,
    modal,
    option,
    plain_section,
    section,
    text_input,
)
from jobs.messages.layout.product_ids import ROLE_BLOCK
from jobs.messages.respondent.receipts import (
    MY_ANSWER,
    closed_already,
    kept_of_me_button,
    take_back_button,
    was_counted,
    you_chose,
)
from jobs.messages.wording.escaping import one_line, safe
from jobs.messages.wording.vocabulary import ROLES
from jobs.messages.wording.voice import MRKDWN, capital, comment_readers, promise, spelled
from jobs.privacy.repeat_rule import CountedBefore
from storage.records import MOST_CHARACTERS, Comment, NewComment, Product, Pulse, Response, WaveHeader

EXAMPLES = {
    AnswerClass.FAVOURABLE: "For example: what should we be sure to keep?",
    AnswerClass.MIDDLE: "For example: what one thing would have made it better?",
    AnswerClass.UNFAVOURABLE: "For example: what went wrong, or was missing?",
}
ROLE_OPTIONS = tuple(option(words, role.value) for role, words in ROLES.items())
ROLE_SHOWS = "It shows whether buyers or users answered, and their scores, in groups of ten or more."
ROLE_ONCE = f"Asked once. {ROLE_SHOWS} You can change it under What is kept of me."
FORM_INTRO = "How far do you agree? Nothing is sent until you press Send."


def comment_form(
    wave: WaveHeader,
    point: int,
    *,
    comment: Comment | None,
    before: int | None = None,
    counted: CountedBefore | None = None,
    ask_role: bool = False,
) -> View:
    """The form over an answer: the same for a 0 and a 10, but for the example under the box.

    `before` is the number that this one replaces. `counted` is when this person was counted for the same, if
    their answer does not count at once. With `ask_role` it asks, once a product, how they know it.
    """
    if before in (None, point):
        chosen = you_chose(MRKDWN, wave, point)
    else:
        fits = " Your comment is kept; does it still fit?" if comment else ""
        chosen = f"*Changed from {before} to {point}.*{fits}"
    return modal(
        ids.COMMENT_FORM,
        "Saved, thank you",
        [
            section(MRKDWN.lines(chosen, was_counted(MRKDWN, counted))),
            _box(comment, "What is the main reason for your answer?", hint=example(wave.pulse, point)),
            *_allow(wave, comment),
            *([_role(wave)] if ask_role else []),
            context(_readers(wave)),
            actions(ids.answer_block(wave.id), kept_of_me_button(), take_back_button(wave)),
        ],
        close="Skip" if comment is None and before is None else "Close",
        submit="Send",
        metadata=ids.write_wave(wave.id, has_comment=comment is not None),
    )


def how_you_know(product: Product) -> str:
    """The question for a role, as plain text."""
    return f"How do you know {one_line(product.name)}?"


def _role(wave: WaveHeader) -> Block:
    asked = how_you_know(wave.pulse.product)
    return input_block(ROLE_BLOCK, asked, choice("role", ROLE_OPTIONS), hint=ROLE_ONCE, optional=True)


def example(pulse: Pulse, point: int) -> str:
    """The example under the box, by the class of the answer."""
    return EXAMPLES[INSTRUMENTS[pulse.instrument].class_of(point)]


def rate_form(wave: WaveHeader, *, response: Response | None) -> View:
    """All statements at once; a person who has answered finds them filled in."""
    instrument = INSTRUMENTS[wave.pulse.instrument]
    points = response.points if response else {}
    comment = response.comment if response else None
    return modal(
        ids.RATE_FORM,
        f"{capital(spelled(instrument.item_count))} statements",
        [
            plain_section(instrument.form_intro or FORM_INTRO),
            *(
                _statement(instrument, item, statement, points.get(item))
                for item, statement in enumerate(instrument.statements_about(one_line(wave.pulse.subject)), 1)
            ),
            _box(comment, "What is the main reason for your answers?", focus=False),
            *_allow(wave, comment),
            context(_promise(wave)),
        ],
        close="Cancel",
        submit="Send",
        metadata=ids.write_wave(wave.id, has_comment=comment is not None),
    )


def read_points(values: Mapping[str, Mapping[str, Any]]) -> dict[int, int]:
    """The point of each item in a sent form, given the state of each input by its block_id.

    Raises `ids.ForgedId` for a state that no form of ours can have.
    """
    points = {}
    for block_id, state in values.items():
        if not block_id.startswith("item/"):
            continue
        chosen = state.get("selected_option")
        if not isinstance(chosen, Mapping):
            raise ids.ForgedId("a statement without an answer")
        points[ids.read_item_block(block_id)] = ids.read_point(f"point/{chosen.get('value')}")
    return points


def form_sent(wave: WaveHeader, *, now: datetime, counted: CountedBefore | None = None) -> View:
    """What sent statements turn into: saved, whether that counts at once, and the way back."""
    is_open = wave.open_at(now)
    until = MRKDWN.when(wave.closes_at, wave.pulse.zone)
    how = f"To change them, press Answer again until {until}." if is_open else _no_more(wave)
    kept = f"*Your answers are saved.* {how}"
    named = "With your name." if wave.pulse.named else ""
    said = MRKDWN.lines(kept, named, was_counted(MRKDWN, counted) if is_open else "")
    back = [take_back_button(wave)] if is_open else []
    return _sent(wave, section(said), actions(ids.answer_block(wave.id), kept_of_me_button(), *back))


def comment_sent(wave: WaveHeader, sent: NewComment | None, *, now: datetime) -> View:
    """What a sent comment turns into; `sent` is empty where it was erased, None where there was none."""
    what = "Your answer and your comment are saved." if sent and sent.text else "Your answer is saved."
    erased = " Your comment is erased." if sent and not sent.text else ""
    both = "both" if sent and sent.text else "it"
    until = MRKDWN.when(wave.closes_at, wave.pulse.zone)
    how = f"You can change {both} until {until}: click a number, or {MY_ANSWER}."
    said = f"*{what}*{erased} {how if wave.open_at(now) else _no_more(wave)}"
    quoted = [context("Your comment may be quoted without your name.")] if sent and sent.may_quote else []
    return _sent(
        wave,
        section(MRKDWN.lines(said, "With your name." if wave.pulse.named else "")),
        *quoted,
        actions(ids.answer_block(wave.id), kept_of_me_button()),
    )


def form_late(wave: WaveHeader, text: str, *, several: bool = False) -> View:
    """What a form turns into that was sent after the close, with the text to copy.

    `several` is for statements, which were not saved either.
    """
    lost = "Your answers were not saved." if several else "Nothing was saved."
    if text:
        lost = "Your answers and your text were not saved." if several else "Your text was not saved."
        lost += " You can copy it from here:"
    said = section(f"{closed_already(MRKDWN, wave)} {lost}")
    copied = [plain_section(text)] if text else []
    return modal(ids.FORM_SENT, "This has closed", [said, *copied], close="Close")


def _no_more(wave: WaveHeader) -> str:
    return f"This closed {MRKDWN.when(wave.closes_at, wave.pulse.zone)}, so nothing can be changed any more."


def _sent(wave: WaveHeader, *blocks: Block) -> View:
    metadata = ids.write_wave(wave.id)
    return modal(ids.FORM_SENT, "Saved, thank you", [*blocks], close="Close", metadata=metadata)


def _statement(instrument: Instrument, item: int, statement: str, point: int | None) -> Block:
    options = [option(_choice_label(instrument, each), str(each)) for each in instrument.scale.points]
    element = choice("point", options, chosen=None if point is None else str(point))
    return input_block(ids.item_block(item), f"{item}. {statement}", element)


def _choice_label(instrument: Instrument, point: int) -> str:
    label = instrument.scale.labels.get(point)
    return f"{point}  {capital(label)}" if label else str(point)


def _box(comment: Comment | None, label: str, *, hint: str | None = None, focus: bool = True) -> Block:
    extras = {"multiline": True} | ({"focus_on_load": True} if focus else {})
    element = text_input("text", longest=MOST_CHARACTERS, initial=comment.text if comment else None, **extras)
    return input_block(ids.COMMENT_BLOCK, label, element, hint=hint, optional=True)


def _allow(wave: WaveHeader, comment: Comment | None) -> list[Block]:
    """The box for being quoted; what was written with a name is quoted nowhere, so it has none there."""
    if wave.pulse.named:
        return []
    tick = option("The digest may quote me, word for word, without my name", "quote")
    ticked = comment is not None and comment.may_quote
    return [input_block(ids.ALLOW_BLOCK, "Quoting", checkbox("allow", tick, ticked=ticked), optional=True)]


def _promise(wave: WaveHeader) -> str:
    """What is promised above a form of statements, and who reads the comment in it."""
    promised = promise(
        named=wave.pulse.named, group=wave.promise, members=wave.invited, once=wave.pulse.asked_once
    )
    return f"{promised} {_readers(wave, 'your comment')}"


def _readers(wave: WaveHeader, comment: str = "it") -> str:
    """Who reads a comment, and with or without the name."""
    who = comment_readers(wave.pulse)
    if wave.pulse.named:
        return f"{who} see your name with your answer and your comment."
    return (
        f"{who} read {comment} without your name, once {wave.promise} people have written. "
        f"Your style may still give you away. For a reply, write to {safe(wave.pulse.asked_by)}."
    )
