"""What is answered in place of asking: the name is new, it is open already, answers would have to wait."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from jobs.messages.layout import ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    choice,
    input_block,
    message,
    modal,
    named_buttons,
    option,
    section,
)
from jobs.messages.layout.sentence import sentence
from jobs.messages.lead.ask_draft import AskDraft, write_draft
from jobs.messages.lead.asking_notes import still_open
from jobs.messages.wording.escaping import one_line, safe
from jobs.messages.wording.voice import MRKDWN, Voice, count, in_both_voices
from storage.records import Wave

LONGEST_LABEL = 30
LONGEST_OPTION = 75  # Slack's limit
CHECK = "Questions with the same name meet in one digest, so check the spelling."
NEW = "new"


def new_name(draft: AskDraft, *, near: Sequence[str]) -> Message:
    """Nothing was asked, since the product is not known yet: whether one of `near` is meant, or a new one."""

    def say(voice: Voice) -> str:
        return f"{_is_new(voice, draft.product, near)} Nothing was asked yet."

    known = [
        button(
            _label("Ask about", each),
            "name/known" if len(near) == 1 else f"name/known/{place}",
            value=write_draft(replace(draft, product=each, new_name=False)),
        )
        for place, each in enumerate(near, 1)
    ]
    value = write_draft(replace(draft, new_name=True))
    if known:
        whole = f"Start {one_line(draft.product)} as a new product"
        label = whole if len(whole) <= LONGEST_LABEL else "Start a new product"
        start = button(label, "name/new", value=value)
        return _with_buttons(in_both_voices(say), ids.NEW_NAME_BLOCK, [*known, start])
    start = button(_label("Start", draft.product), "name/new", value=value)
    return _with_buttons(in_both_voices(say), ids.NEW_NAME_BLOCK, [start, _cancel()])


def too_soon(draft: AskDraft, told: Callable[[Voice], str]) -> Message:
    """Nothing was asked, since its answers could not be counted yet: why, and from which day on they are."""

    def say(voice: Voice) -> str:
        return f"{told(voice)} Answers of today would wait until then. Nothing was asked yet."

    anyway = button("Ask anyway", "ask_anyway", value=write_draft(replace(draft, anyway=True)))
    return _with_buttons(in_both_voices(say), ids.TOO_SOON_BLOCK, [anyway, _cancel()])


def asked_twice(wave: Wave, *, link: str | None) -> Message:
    """Nothing was asked, since the same question is open here; `link` leads to it."""
    row = [button("Go to the question", ids.OPEN_LINK, url=link)] if link else []
    return _with_buttons(in_both_voices(lambda voice: open_here(wave, voice)), ids.asked_block(wave.id), row)


def asked_about(name: str) -> str:
    """Another button of the same answer was pressed first, which asked about `name`."""
    return f"The question was asked already, about {MRKDWN.bold(safe(name))}. Nothing more was asked."


def open_here(wave: Wave, voice: Voice = MRKDWN) -> str:
    """Until when the same question is open here, and how many have answered if any."""
    until = still_open(wave, voice).removesuffix(".")
    answers = f", with {count(wave.answered, 'answer')}" if wave.answered else ""
    return f"{until}{answers}. Nothing was asked."


def not_asked() -> Message:
    """The lead has thought better of it."""
    return sentence("Nothing was asked.")


def new_name_form(draft: AskDraft, *, near: Sequence[str]) -> View:
    """The page of the form that asks which product is meant; `near` is named first and chosen beforehand."""
    whole = one_line(f"{draft.product}, a new product", LONGEST_OPTION)
    new = option(whole, NEW, "Starts its own scores and digest")
    known = [
        option(one_line(each, LONGEST_OPTION), str(place), "Known here already")
        for place, each in enumerate(near)
    ]
    options = [*known, new]
    asked = input_block(
        ids.NAME_BLOCK,
        "Which product do you mean?",
        choice("name", options, chosen=options[0]["value"]),
        hint=None if near else CHECK,
    )
    kept = write_new_name(draft, near)
    heading = section(f"{MRKDWN.bold(safe(draft.product))} is new here.")
    return modal(
        ids.NEW_NAME_FORM,
        "Check the name",
        [heading, asked],
        close="Back",
        submit="Go on",
        metadata=kept,
    )


def write_new_name(draft: AskDraft, near: Sequence[str]) -> str:
    """The private_metadata of that page: each draft that its choices stand for, one a line."""
    chosen = [replace(draft, product=each, new_name=False) for each in near]
    return "\n".join(map(write_draft, [*chosen, replace(draft, new_name=True)]))


def read_new_name(private_metadata: str, chosen: str | None) -> str:
    """The written draft that was chosen; raises ForgedId for a choice that the page does not have."""
    drafts = private_metadata.split("\n")
    place = len(drafts) - 1 if chosen == NEW else int(chosen) if chosen and chosen.isdecimal() else -1
    if not 0 <= place < len(drafts):
        raise ids.ForgedId("a choice that the form does not offer")
    return drafts[place]


def _is_new(voice: Voice, name: str, near: Sequence[str]) -> str:
    new = f"{voice.bold(safe(name))} is new here."
    if not near:
        return f"{new} {CHECK}"
    *first, last = [voice.bold(safe(each)) for each in near]
    meant = f"{', '.join(first)} or {last}" if first else last
    return f"{new} Did you mean {meant}?"


def _label(verb: str, name: str) -> str:
    return one_line(f"{verb} {name}", LONGEST_LABEL)


def _cancel() -> Block:
    return button("Cancel", ids.NOT_ASKED)


def _with_buttons(said: tuple[str, str], block_id: str, row: Sequence[Block]) -> Message:
    aloud, shown = said
    text = f"{aloud} {named_buttons(row)}".strip()
    return message(text, section(shown), *([actions(block_id, *row)] if row else []))
