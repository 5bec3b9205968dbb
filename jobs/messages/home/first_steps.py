"""From nothing to a digest: what whoever invites Bifocal reads, and what it answers to a direct message."""

from collections.abc import Callable

from jobs.messages.help.help_page import ASK, DIGEST, EXAMPLE
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    message,
    named_buttons,
    section,
)
from jobs.messages.wording.voice import MRKDWN, Voice, in_both_voices
from jobs.messages.wording.why_not import channel

INVITED_BLOCK = "invited"
PEOPLE = (
    "You need 10 answers on each side for a score, in a channel of fewer than 12 people 5 for a word; "
    "from about 20, a change can show. Nothing is posted until you press Ask."
)
COMMANDS_ONLY = "Bifocal reads commands that begin with `/pulse`. This is what there is."


def invited(channel_id: str, *, may_ask: bool, first: bool) -> Message:
    """Bifocal came into a channel: to whoever invited it, in private.

    With `first` nothing was ever asked in the workspace, so that the way to a digest is shown too. Without
    `may_ask` there are no buttons.
    """
    if not may_ask:
        return _told(lambda voice: f"{_is_in(voice, channel_id)} It posts nothing until somebody asks.")
    row = [ASK, DIGEST, *([EXAMPLE] if first else [])]
    steps = [_invite, _ask, _read] if first else []
    says = [lambda voice: f"{_is_in(voice, channel_id)} It posts nothing until you ask. {_ONLY_YOU}", *steps]
    said = [in_both_voices(say) for say in says]
    aloud = [*(each for each, _ in said), PEOPLE if first else "", named_buttons(row)]
    blocks: list[Block] = [section(shown) for _, shown in said]
    if first:
        blocks.append(context(PEOPLE))
    return message(" ".join(filter(None, aloud)), *blocks, actions(INVITED_BLOCK, *row))


def welcome() -> list[Block]:
    """The way to a digest, for the Home tab as long as nothing was ever asked in the workspace."""
    return [
        section(
            "*Bifocal is installed.* It asks short questions in channels and, on Mondays, shows two things "
            "side by side: how happy your customers are, and how easy your product is to use."
        ),
        section(_invite(MRKDWN)),
        section(_ask(MRKDWN), accessory=button("Ask a channel", ids.ASK)) | {"block_id": "step/2"},
        section(_read(MRKDWN), accessory=DIGEST) | {"block_id": "step/3"},
        context(PEOPLE),
        actions("welcome", EXAMPLE, button("Privacy", ids.PRIVACY, value=ids.HOME)),
    ]


def written_to(shown: Message) -> Message:
    """What Bifocal answers to words in its direct messages: the help, and why."""
    aloud, words = in_both_voices(
        lambda voice: COMMANDS_ONLY.replace("`", "") if voice.aloud else COMMANDS_ONLY
    )
    return message(f"{aloud} {shown['text']}", section(words), *shown["blocks"])


_ONLY_YOU = "Only you see this."


def _told(say: Callable[[Voice], str]) -> Message:
    aloud, shown = in_both_voices(lambda voice: f"{say(voice)} {_ONLY_YOU}")
    return message(aloud, section(shown))


def _is_in(voice: Voice, channel_id: str) -> str:
    return voice.bold(f"Bifocal is in {channel(channel_id)}.")


def _invite(voice: Voice) -> str:
    return (
        f"{voice.bold('1. Invite it.')} Type {voice.code('/invite @Bifocal')} in a channel of customers "
        "and in a channel of users. It says nothing there until you ask."
    )


def _ask(voice: Voice) -> str:
    return f"{voice.bold('2. Ask both.')} One click for those who answer."


def _read(voice: Voice) -> str:
    return f"{voice.bold('3. Read it on Monday')} in your team’s channel."
