"""A lead shares results: the form, its preview, what became of it, and why something is not shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jobs.contrast import Contrast
from jobs.messages.edition.share_card import card_blocks, sides_of
from jobs.messages.layout import edition_ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    divider,
    input_block,
    message,
    modal,
    option,
    section,
    text_input,
)
from jobs.messages.layout.edition_ids import LONGEST_NEXT_STEP, ShareDraft
from jobs.messages.wording.escaping import one_line, safe
from jobs.messages.wording.vocabulary import side_words
from jobs.messages.wording.voice import MRKDWN, SPEECH, count, listed, spoken
from storage.records import Share, Wave

NO_CHANNEL = "Choose at least one channel."
TOO_LONG = f"Please write at most {LONGEST_NEXT_STEP} characters."
NOTHING = "Nothing was posted."
NOT_SHOWN = "*Slack did not show the preview.* Nothing was shared. Close the form and press Share again."
LOOKING = "Bifocal looks whether you may share this. That takes a moment."
MOST_CHANNELS = 10  # boxes in one list: Slack takes no more, so the others come when these are shared with
_LONGEST_OPTION = 75  # Slack's limit
_ONLY_SCORES = "The people who answered see this. Only scores; never a comment."
_LATER = "Each channel sees its own side. You can remove it later; people may have read it by then."
_HINT = "One sentence, with your name under it. For example: We make lists faster by 11 December."


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChoice:
    """A channel that was asked, by the name that its members see; `people` is None where it is not known."""

    id: str
    name: str
    people: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of sharing with one channel: what is or will be there, or a sentence that says why not."""

    channel_id: str
    share: Share | None = None
    why: str = ""
    stands: bool = True


def share_form(
    contrast: Contrast, choices: Sequence[ChannelChoice], *, draft: ShareDraft, there: Sequence[Share] = ()
) -> View:
    """Where to share, every channel ticked, and what will be done about it.

    `there` are the channels with which these results are shared already; they are not offered.
    """
    options = [
        option(
            one_line(f"#{choice.name}", _LONGEST_OPTION),
            choice.id,
            one_line(f"Their score: {_sides(contrast, choice.id)}", _LONGEST_OPTION),
        )
        for choice in choices[:MOST_CHANNELS]
    ]
    boxes = {"type": "checkboxes", "action_id": edition_ids.WHERE_BLOCK, "options": options}
    blocks = [
        section(_ONLY_SCORES),
        *([context(_there(there))] if there else []),
        input_block(edition_ids.WHERE_BLOCK, "Where?", {**boxes, "initial_options": options}),
        input_block(
            edition_ids.NEXT_BLOCK,
            "What will you do about it?",
            text_input(edition_ids.NEXT_BLOCK, longest=LONGEST_NEXT_STEP, multiline=True, focus_on_load=True),
            hint=_HINT,
            optional=True,
        ),
        context(_LATER),
    ]
    return modal(
        edition_ids.SHARE_FORM,
        "Share the results",
        blocks,
        close="Cancel",
        submit="Preview",
        metadata=edition_ids.write_draft(draft),
    )


def read_share_form(
    values: Mapping[str, Mapping[str, Any]], metadata: str
) -> tuple[ShareDraft, dict[str, str]]:
    """What was ticked and typed, and what is wrong with it, by field; ForgedId for no form of ours."""
    draft = edition_ids.read_draft_of(metadata)
    ticked = values.get(edition_ids.WHERE_BLOCK, {}).get("selected_options") or []
    where = edition_ids.channels([each.get("value") for each in ticked if isinstance(each, dict)])
    typed = values.get(edition_ids.NEXT_BLOCK, {}).get("value")
    next_step = typed.strip() if isinstance(typed, str) else ""
    problems = {} if where else {edition_ids.WHERE_BLOCK: NO_CHANNEL}
    if len(next_step) > LONGEST_NEXT_STEP:
        problems[edition_ids.NEXT_BLOCK] = TOO_LONG
        next_step = next_step[:LONGEST_NEXT_STEP]
    return ShareDraft(edition_id=draft.edition_id, where=where, next_step=next_step), problems


def share_preview(
    contrast: Contrast, draft: ShareDraft, *, name: str, choices: Sequence[ChannelChoice] = ()
) -> View:
    """What each channel will see; `choices` tell how many people are in them, where that is known."""
    people = {choice.id: choice.people for choice in choices}
    blocks = list[Block]()
    for channel_id in draft.where:
        shown = card_blocks(contrast, channel_id=channel_id, name=name, next_step=draft.next_step or None)
        many = people.get(channel_id)
        members = f", {count(many, 'person', 'people')}" if many else ""
        goes = section(f"Goes to <#{channel_id}> now{members}.")
        blocks += [*([divider()] if blocks else []), *shown, divider(), goes]
    return modal(
        edition_ids.SHARE_PREVIEW,
        "This is what they see",
        blocks,
        close="Back",
        submit="Share",
        metadata=edition_ids.write_draft(draft),
    )


def share_done(told: Sequence[Told]) -> Message:
    """What was shared, each with the button that removes it, and why something was not."""
    said, blocks, buttons = list[str](), list[Block](), list[str]()
    for each in told:
        on_its_way = f"It is being posted in <#{each.channel_id}>; you are told if that fails."
        words = each.why or (f"Shared with <#{each.channel_id}>." if each.stands else on_its_way)
        said.append(spoken(words))
        blocks.append(section(words))
        if each.share and not each.why:
            blocks.append(_remove(each.share))
            buttons.append("Remove it")
    names = f"Button{'s' if len(buttons) > 1 else ''}: {', '.join(buttons)}." if buttons else ""
    return message(" ".join(filter(None, [*said, names])), *blocks)


def already_shared(there: Sequence[Share]) -> Message:
    """These results stand in every channel that was asked; each with the button that removes them."""
    blocks, said = list[Block](), list[str]()
    for share in there:
        aloud, shown = (
            f"Shared with <#{share.channel_id}> on {voice.day(share.shared_at.date())}."
            for voice in (SPEECH, MRKDWN)
        )
        said.append(aloud)
        blocks += [section(shown), _remove(share)]
    names = ", ".join("Remove it" for _ in there)
    return message(f"{' '.join(said)} Button{'s' if len(there) > 1 else ''}: {names}.", *blocks)


def _remove(share: Share) -> Block:
    return actions(
        edition_ids.share_block(share.id), button("Remove it", edition_ids.UNSHARE, value=share.id)
    )


def _there(shares: Sequence[Share]) -> str:
    said = [f"<#{share.channel_id}> on {MRKDWN.day(share.shared_at.date())}" for share in shares]
    return f"Shared before with {listed(said)}."


def _sides(contrast: Contrast, channel_id: str) -> str:
    abouts = [(side, side.about or contrast.product) for side in sides_of(contrast, channel_id)]
    names = [side_words(side.lens, about).replace(safe(about), one_line(about)) for side, about in abouts]
    return listed(names)


def removed(share: Share) -> str:
    """The message is taken out of the channel."""
    return f"Removed from <#{share.channel_id}>. Some people may have read it."


def perhaps_there(share: Share) -> str:
    """Slack never said whether the message arrived, so nobody knows which one to delete."""
    return (
        f"Slack did not say whether this was posted in <#{share.channel_id}>, so Bifocal cannot remove it. "
        "If it is there, a workspace admin can delete it."
    )


def removed_before(share: Share) -> str:
    """Somebody has pressed the button before."""
    return f"This was removed from <#{share.channel_id}> before."


def still_open(wave: Wave) -> str:
    """A question can be answered there, and a result would lead those who have not."""
    closes = MRKDWN.when(wave.closes_at, wave.pulse.zone)
    return (
        f"This question is open in <#{wave.pulse.channel_id}> until {closes}. "
        f"Share after that: a result would lead those who still answer. {NOTHING}"
    )


def only_leads(name: str) -> str:
    """Whoever asks is no lead of the digest."""
    return f"Only {safe(name)} and other leads of this digest can share it. {NOTHING}"


def stands_there(share: Share) -> str:
    """The same results are there already."""
    return f"These results were shared with <#{share.channel_id}> on {MRKDWN.day(share.shared_at.date())}."


def was_withdrawn() -> str:
    """A score of the edition does not stand any more."""
    return f"A score of this digest was withdrawn: one of its questions was taken down. {NOTHING}"


def not_asked_there(channel_id: str) -> str:
    """The channel is none of those whose people answered."""
    return f"Nobody was asked in <#{channel_id}> for this digest. {NOTHING}"


def nobody_to_tell() -> str:
    """The digest shows no score."""
    return f"This digest has no score to share. {NOTHING}"


def gone() -> str:
    """The message is of a digest that is not kept any more."""
    return "This digest is not kept any more, so its buttons do nothing."


def ended() -> str:
    """The channel of a digest that has ended reads no other channel; `{}` is for the command."""
    return "This digest has ended. Its comments are read with {} in the channels that were asked."
