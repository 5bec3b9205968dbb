"""The one reminder of a question, and the quiet buttons that stand under it and under the question."""

from jobs.cadence import DAYS
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Block, Message, actions, button, message, named_buttons, section
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import Voice, in_both_voices
from storage.records import Pulse

ALONE = "Only you see this; there is no second reminder."


def reminder(wave_id: str, pulse: Pulse, *, closes_on: int, is_eve: bool, link: str | None) -> Message:
    """What one person reads before a question closes, on the day of the week `closes_on` (0 is Monday).

    It is about what the question asks about, whatever its product is called by now. `is_eve` says that this
    is tomorrow; `link` leads to the question, where Slack gives one.
    """
    day = "tomorrow" if is_eve else f"on {DAYS[closes_on]}"
    effort = INSTRUMENTS[pulse.instrument].effort
    takes = effort.removesuffix(".") if effort else "One click"

    def say(voice: Voice) -> str:
        closes = voice.bold(f"A question about {safe(pulse.subject)} closes {day}.")
        return f"{closes} {takes}, in this channel. {ALONE}"

    aloud, shown = in_both_voices(say)
    go = [button("Go to the question", ids.OPEN_LINK, url=link)] if link else []
    row = [*go, not_now_button(wave_id), stop_button(wave_id)]
    return message(f"{aloud} {named_buttons(row)}", section(shown), actions(ids.quiet_block(wave_id), *row))


def not_now_button(wave_id: str, *, read_as: str | None = None) -> Block:
    """No reminder for this question."""
    return button("Not now", ids.NOT_NOW, value=wave_id, read_as=read_as)


def stop_button(value: str, *, read_as: str | None = None) -> Block:
    """No reminder and no private message any more; `value` is a wave, or the Home tab."""
    return button("Stop asking me", ids.STOP_ASKING, value=value, read_as=read_as)


def quiet_row(wave_id: str) -> Block:
    """The three quiet buttons under a question."""
    return actions(
        ids.quiet_block(wave_id),
        button("Privacy", ids.PRIVACY, value=wave_id, read_as="Privacy: who sees this"),
        not_now_button(wave_id, read_as="Not now: no reminder for this question"),
        stop_button(wave_id, read_as="Stop asking me: no reminders, no private messages"),
    )
