"""What a person reads after a click, alone: it is saved, and how to take it back."""

from collections.abc import Callable

from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    confirm,
    message,
    modal,
    section,
)
from jobs.messages.wording.voice import MRKDWN, SPEECH, Voice, in_both_voices, spoken
from jobs.privacy.repeat_rule import CountedBefore
from storage.records import WaveHeader

TOO_LONG = "A comment has at most 1,000 characters. Nothing was saved; please shorten it."
GONE = "This question is no longer here. Nothing was saved; copy your text if you need it."
NO_ANSWER = "There is no answer of yours to this question. Nothing was saved; copy your text if you need it."


def chosen(
    wave: WaveHeader,
    point: int,
    *,
    before: int | None,
    has_comment: bool,
    counted: CountedBefore | None = None,
) -> Message:
    """The receipt: a first answer, another number (`before` is the one it replaces), or the same again.

    `counted` is when this person was counted for the same, if their answer does not count at once.
    """
    add = "Edit my comment" if has_comment else "Add a comment"

    def say(voice: Voice) -> str:
        now = _chosen(voice, wave, point, before, has_comment=has_comment)
        return voice.lines(now, was_counted(voice, counted))

    return message(
        f"{say(SPEECH)} Buttons: {add}, Take it back.",
        section(say(MRKDWN)),
        actions(
            ids.answer_block(wave.id), button(add, ids.ADD_COMMENT, value=wave.id), take_back_button(wave)
        ),
    )


def _chosen(voice: Voice, wave: WaveHeader, point: int, before: int | None, *, has_comment: bool) -> str:
    if before == point:
        return f"{voice.bold(f'You chose {point},')} as before."
    if before is None:
        return you_chose(voice, wave, point)
    kept = "Your comment is kept. " if has_comment else ""
    return f"{voice.bold(f'Changed from {before} to {point}.')} {kept}{_change_until(voice, wave)}"


def you_chose(voice: Voice, wave: WaveHeader, point: int) -> str:
    """The first line of receipt and comment form."""
    return f"{voice.bold(f'You chose {point}.')} {_change_until(voice, wave)}"


def was_counted(voice: Voice, counted: CountedBefore | None) -> str:
    """That an answer does not count at once, since this person was counted for the same lately, if so."""
    if counted is None:
        return ""
    was, again = voice.day(counted.day), voice.day(counted.counts_from)
    if counted.word_only:
        return (
            f"You were counted on {was}. Before {again} an answer now counts only in a score, "
            "which needs 10 people, and not in a word for fewer."
        )
    return (
        f"You were counted on {was}. "
        f"An answer now counts only if this question is counted on {again} or later."
    )


def _change_until(voice: Voice, wave: WaveHeader) -> str:
    return f"Change it by clicking another number until {voice.when(wave.closes_at, wave.pulse.zone)}."


def take_back_button(wave: WaveHeader, *, several: bool = False) -> Block:
    """The button that takes an answer back; it asks first. `several` is for the answers of a form."""
    it, answer = ("them", "answers") if several else ("it", "answer")
    dialog = confirm(
        f"Take back your {answer}?",
        f"Your {answer} and your comment are erased. You can answer again until the question closes.",
        yes=f"Take {it} back",
        no=f"Keep {it}",
    )
    return button(f"Take {it} back", ids.TAKE_BACK, value=wave.id, confirm=dialog)


def taken_back(wave: WaveHeader) -> Message:
    """The answer and its comment are erased."""
    several = INSTRUMENTS[wave.pulse.instrument].has_form
    gone = "Your answers are gone." if several else "Your answer is gone."
    return _told(
        lambda voice: (
            f"{voice.bold(gone)} You can answer again until {voice.when(wave.closes_at, wave.pulse.zone)}."
        )
    )


def form_failed(wave: WaveHeader, point: int) -> Message:
    """The receipt where the form for a comment did not open; its button opens it."""

    def say(voice: Voice) -> str:
        saved = voice.bold(f"Your answer is saved: {point}.")
        return f"{saved} The form for a comment took too long to open. Press the button to try again."

    return message(
        f"{say(SPEECH)} Buttons: Add a comment, Take it back.",
        section(say(MRKDWN)),
        actions(
            ids.answer_block(wave.id),
            button("Add a comment", ids.ADD_COMMENT, value=wave.id),
            take_back_button(wave),
        ),
    )


def answer_again(wave_id: str, failed: str) -> Message:
    """The form with the statements did not open, `failed` says why in mrkdwn; its button opens it."""
    return message(
        f"{spoken(failed)} Button: Answer.",
        section(failed),
        actions(ids.form_block(wave_id), button("Answer", ids.OPEN_FORM, value=wave_id)),
    )


def not_saved() -> Message:
    """The click could not be kept."""
    return _told(lambda voice: f"{voice.bold('Not saved.')} Please click again in a minute.")


def too_late(wave: WaveHeader) -> Message:
    """The question had closed before the click on a number."""
    stays = "Nothing was saved. An answer that you gave before stays as it is."
    return _told(lambda voice: f"{voice.bold(_closed(voice, wave, ', before your click'))} {stays}")


def too_late_to_change(wave: WaveHeader) -> Message:
    """The question had closed before somebody wanted to take back or to complete an answer."""
    counted = "are counted and " if wave.counted_at else ""
    fixed = f"Its answers {counted}can no longer be changed or taken back."
    return _told(lambda voice: f"{voice.bold(_closed(voice, wave))} {fixed}")


def _closed(voice: Voice, wave: WaveHeader, before: str = "") -> str:
    return f"This closed {voice.when(wave.closes_at, wave.pulse.zone)}{before}."


def form_too_late(wave: WaveHeader) -> str:
    """The question had closed before the form was sent; plain text for the form's first field."""
    return f"{_closed(SPEECH, wave)} Nothing was saved; copy your text if you need it."


def old_button() -> Message:
    """The button belongs to an old version of Bifocal, or to a question that is gone."""
    return _told(lambda _: "This button is no longer in use.")


def _told(say: Callable[[Voice], str]) -> Message:
    aloud, shown = in_both_voices(say)
    return message(aloud, section(shown))


def as_view(told: Message) -> View:
    """The same words as a form, for a button that stood in a form."""
    return modal(ids.TOLD_VIEW, "Bifocal", told["blocks"], close="Close")


def told_view(words: str) -> View:
    """A sentence of mrkdwn as a form."""
    return as_view(message(words, section(words)))
