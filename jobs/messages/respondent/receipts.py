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
from jobs.messages.wording.voice import Voice, in_both_voices, spoken
from jobs.privacy.repeat_rule import CountedBefore
from storage.records import WaveHeader

TOO_LONG = "A comment has at most 1,000 characters. Nothing was saved; please shorten it."
GONE = "This question is no longer here. Nothing was saved; copy your text if you need it."
GONE_DOWN = "This question was taken down. Nothing was saved; copy your text if you need it."
NO_ANSWER = "There is no answer of yours to this question. Nothing was saved; copy your text if you need it."
MY_ANSWER = "My answer and comment"


def saved(wave: WaveHeader, *, counted: CountedBefore | None = None) -> Message:
    """The one receipt, of a first answer. It names no number, so that it stays true after a change of mind.

    `counted` is when this person was counted for the same, if their answer does not count at once.
    """

    def say(voice: Voice) -> str:
        kept = f"{voice.bold('Your answer is saved.')} {_change_until(voice, wave)}"
        return voice.lines(kept, "With your name." if wave.pulse.named else "", was_counted(voice, counted))

    return _with_buttons(say, wave)


def _with_buttons(say: Callable[[Voice], str], wave: WaveHeader) -> Message:
    aloud, shown = in_both_voices(say)
    mine = button(MY_ANSWER, ids.ADD_COMMENT, value=wave.id)
    return message(
        f"{aloud} Buttons: {MY_ANSWER}, Take it back.",
        section(shown),
        actions(ids.answer_block(wave.id), mine, take_back_button(wave)),
    )


def you_chose(voice: Voice, wave: WaveHeader, point: int) -> str:
    """The first line of the form for a comment."""
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
    return f"To change it, click another number until {voice.when(wave.closes_at, wave.pulse.zone)}."


def take_back_button(wave: WaveHeader) -> Block:
    """The button that takes an answer back; it asks first."""
    dialog = confirm(
        "Take back your answer?",
        "Your answer and your comment are erased. You can answer again until the question closes.",
        yes="Take it back",
        no="Keep it",
    )
    return button("Take it back", ids.TAKE_BACK, value=wave.id, confirm=dialog)


def kept_of_me_button() -> Block:
    """The way to everything about oneself."""
    return button("What is kept of me", ids.KEPT_OF_ME)


def taken_back(wave: WaveHeader) -> Message:
    """The answer and its comment are erased."""
    several = INSTRUMENTS[wave.pulse.instrument].has_form
    gone = "Your answers are erased." if several else "Your answer is erased."
    return _told(lambda voice: f"{voice.bold(gone)} You can answer again {_until(voice, wave)}")


def no_answer(wave: WaveHeader) -> Message:
    """There is nothing to take back or to complete: erased before, or never given."""
    none = "There is no answer of yours to this question."
    return _told(lambda voice: f"{voice.bold(none)} You can answer it {_until(voice, wave)}")


def answered_since(wave: WaveHeader) -> Message:
    """A press of Take it back has come after a newer answer, which stays."""
    since = "You have answered again since then."
    return _told(lambda voice: f"{voice.bold(since)} That answer stays. Change it {_until(voice, wave)}")


def _until(voice: Voice, wave: WaveHeader) -> str:
    return f"until {voice.when(wave.closes_at, wave.pulse.zone)}."


def form_failed(wave: WaveHeader, point: int) -> Message:
    """The receipt where the form for a comment did not open; its button opens it."""

    def say(voice: Voice) -> str:
        kept = voice.bold(f"Your answer is saved: {point}.")
        return f"{kept} The form for a comment took too long to open. Press the button to try again."

    return _with_buttons(say, wave)


def answer_again(wave_id: str, failed: str) -> Message:
    """The form with the statements did not open, `failed` says why in mrkdwn; its button opens it."""
    return message(
        f"{spoken(failed)} Button: Answer.",
        section(failed),
        actions(ids.form_block(wave_id), button("Answer", ids.OPEN_FORM, value=wave_id)),
    )


def not_saved(*, database: bool, in_form: bool = False) -> Message:
    """The click, or the form, could not be kept; `database` says that it is that which was away."""
    why = "Bifocal could not reach its database." if database else "Something went wrong in Bifocal."
    again = "Please send it again in a minute." if in_form else "Please click again in a minute."
    return _told(lambda voice: f"{voice.bold('Not saved.')} {why} {again}")


def too_late(wave: WaveHeader, *, answered: bool) -> Message:
    """The question had closed before the click on a number."""
    stays = "Your earlier answer stays." if answered else "Nothing was saved."
    return _told(lambda voice: f"{voice.bold(_closed(voice, wave, ', before your click'))} {stays}")


def too_late_to_change(wave: WaveHeader, *, answered: bool) -> Message:
    """The question had closed before somebody wanted to take back or to complete an answer.

    Whose answers are counted is not known any more, so that then nobody is told that theirs is among them.
    """
    if answered:
        fixed = "Your answer can no longer be changed."
    elif wave.counted_at:
        fixed = "Its answers are counted and can no longer be changed."
    else:
        fixed = "There is no answer of yours to it."
    aloud, shown = in_both_voices(lambda voice: f"{voice.bold(_closed(voice, wave))} {fixed}")
    kept = actions(ids.answer_block(wave.id), kept_of_me_button())
    return message(f"{aloud} Button: What is kept of me.", section(shown), kept)


def _closed(voice: Voice, wave: WaveHeader, before: str = "") -> str:
    return f"This closed {voice.when(wave.closes_at, wave.pulse.zone)}{before}."


def closed_already(voice: Voice, wave: WaveHeader) -> str:
    """When a question closed, in bold."""
    return voice.bold(_closed(voice, wave))


def taken_down() -> Message:
    """The question was taken down meanwhile."""
    return _told(
        lambda voice: f"{voice.bold('This question was taken down.')} Its answers and comments are erased."
    )


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
