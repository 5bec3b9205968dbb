"""The form that sets a digest, and what is read from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jobs.messages.digest_setup.digest_draft import DigestDraft
from jobs.messages.layout import digest_ids, ids
from jobs.messages.layout.blocks import Block, View, input_block, modal, section, text_input
from jobs.messages.layout.schedule_fields import read_schedule_fields, schedule_fields
from jobs.messages.wording.escaping import LONGEST_TYPED, visible

Values = Mapping[str, Mapping[str, Any]]
MOST_CHOSEN = 10  # channels in the form
LONGEST_HINT = 150
WHAT = "A digest shows two things side by side: how happy customers are, and how easy the product is to use."
NOT_COMPLETED = "*Slack did not show the whole page.* Nothing was changed. Close it and type {} again."
_FILTER = {"include": ["public", "private"], "exclude_bot_users": True}


@dataclass(frozen=True, slots=True)
class DigestState:
    """What a sent form says: the draft, its schedule still to be read, and what is wrong by block_id."""

    draft: DigestDraft
    in_words: bool
    problems: dict[str, str]


def digest_form(draft: DigestDraft, *, own_zone: str, known: Sequence[str], change: bool = False) -> View:
    """The form, filled with a draft; `known` are the names of products that may be meant."""
    blocks: list[Block] = [
        section(WHAT),
        input_block(
            ids.PRODUCT_BLOCK,
            "Which product?",
            text_input("product", longest=LONGEST_TYPED, initial=draft.product or None),
            hint=_known(known),
        ),
        input_block(
            digest_ids.SOURCES_BLOCK,
            "Read which channels?",
            _several(draft.sources),
            hint="Channels where customers or users are asked about it.",
        ),
        input_block(
            ids.CHANNEL_BLOCK,
            "Post it where?",
            {
                "type": "conversations_select",
                "action_id": "channel",
                "filter": _FILTER,
                **({"initial_conversation": draft.channel_id} if draft.channel_id else {}),
            },
            hint="Your team’s channel. Everybody in it sees the scores.",
        ),
        *schedule_fields(draft.cadence, zone=draft.zone, own_zone=own_zone),
    ]
    title = "Change the digest" if change else "Set up a digest"
    return modal(digest_ids.FORM, title, blocks, close="Cancel", submit="Preview")


def _several(sources: Sequence[str]) -> Block:
    element: Block = {
        "type": "multi_conversations_select",
        "action_id": "sources",
        "max_selected_items": max(MOST_CHOSEN, len(sources)),
        "filter": _FILTER,
    }
    return element | {"initial_conversations": list(sources)} if sources else element


def _known(names: Sequence[str]) -> str:
    hint = "The name used in the questions."
    while names:
        full = f"{hint} Known here: {', '.join(names)}."
        if len(full) <= LONGEST_HINT:
            return full
        names = names[:-1]
    return hint


def read_digest_form(values: Values) -> DigestState:
    """What was chosen and typed; raises `ids.ForgedId` for a state that the form cannot have."""
    product = values.get(ids.PRODUCT_BLOCK, {}).get("value")
    sources = values.get(digest_ids.SOURCES_BLOCK, {}).get("selected_conversations") or []
    channel_id = values.get(ids.CHANNEL_BLOCK, {}).get("selected_conversation") or ""
    named = [*sources, channel_id] if isinstance(sources, list) else [None]
    if not all(isinstance(each, str) and (not each or each.isalnum()) for each in named):
        raise ids.ForgedId("no channel")
    schedule = read_schedule_fields(values)
    problems = dict(schedule.problems)
    if not sources:
        problems[digest_ids.SOURCES_BLOCK] = "Choose at least one channel."
    if not channel_id:
        problems[ids.CHANNEL_BLOCK] = "Choose the channel where it is posted."
    draft = DigestDraft(
        product=" ".join(visible(product).split()) if isinstance(product, str) else "",
        channel_id=channel_id,
        sources=tuple(dict.fromkeys(sources)),
        cadence=schedule.rule,
        zone=schedule.zone,
    )
    return DigestState(draft, schedule.in_words, problems)
