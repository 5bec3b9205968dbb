"""The form in which a lead asks or schedules, and what is read from it."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from jobs.cadence import CRON_FIELDS, has_time
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import (
    Block,
    View,
    choice,
    input_block,
    modal,
    option,
    select,
    text_input,
)
from jobs.messages.lead.ask_draft import AskDraft
from jobs.messages.wording.escaping import LONGEST_TYPED, visible
from jobs.privacy.round_rule import number_from

Values = Mapping[str, Mapping[str, Any]]
BY_DIGEST = "digest"
OPEN_FOR = {
    BY_DIGEST: "Last working day before the digest, 17:00",
    "1d": "1 day",
    "3d": "3 days",
    "7d": "1 week",
    "14d": "2 weeks",
}
OPEN_DAYS = tuple(int(value.removesuffix("d")) for value in OPEN_FOR if value != BY_DIGEST)


def ask_form(
    *,
    product: str | None,
    min_group: int,
    weeks: int = 4,
    schedule: bool = False,
    zone: str | None = None,
) -> View:
    """The form that asks; with `schedule` it has three more fields. `zone` is the lead's own.

    A schedule is proposed for every time that a question is counted: every so many `weeks`.
    """
    blocks = [
        _instruments(),
        input_block(
            ids.PRODUCT_BLOCK,
            "Which product?",
            text_input("product", longest=LONGEST_TYPED, initial=product),
            hint="By the name that people use. The digest sets its two sides next to each other.",
        ),
        input_block(
            ids.SUBJECT_BLOCK,
            "Words in the question, if not its name",
            text_input("subject", longest=LONGEST_TYPED),
            hint="For example: the support you just received",
            optional=True,
        ),
        _channel(),
        *(_when(zone, weeks) if schedule else []),
        input_block(
            ids.OPEN_FOR_BLOCK,
            "Open until",
            select("open_for", [option(label, value) for value, label in OPEN_FOR.items()], chosen=BY_DIGEST),
            hint="Where no digest reads it: five working days, until 17:00.",
        ),
        _names(min_group),
    ]
    kept = json.dumps({"zone": zone}, separators=(",", ":")) if zone else None
    return modal(ids.ASK_FORM, "Ask a channel", blocks, close="Cancel", submit="Preview", metadata=kept)


def _instruments() -> Block:
    options = [option(each.about, each.key, each.about_more) for each in INSTRUMENTS.values()]
    first = next(iter(INSTRUMENTS))
    return input_block(
        ids.INSTRUMENT_BLOCK, "What do you want to ask?", choice("instrument", options, chosen=first)
    )


def _channel() -> Block:
    element: Block = {
        "type": "conversations_select",
        "action_id": "channel",
        "default_to_current_conversation": True,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return input_block(ids.CHANNEL_BLOCK, "In which channel?", element)


def _when(zone: str | None, weeks: int) -> list[Block]:
    clock: Block = {"type": "timepicker", "action_id": "at", "initial_time": "09:00"}
    return [
        input_block(
            ids.OFTEN_BLOCK,
            "How often?",
            text_input("often", longest=LONGEST_TYPED, initial=f"every {weeks} weeks mon"),
            hint="every 4 weeks mon, weekly mon, monthly 31, quarterly 15 or cron fields",
        ),
        input_block(ids.AT_BLOCK, "At what time?", clock, hint="Cron fields bring their own."),
        input_block(
            ids.ZONE_BLOCK,
            "In which time zone?",
            text_input("zone", longest=LONGEST_TYPED, initial=zone),
            hint="For example: Europe/Berlin",
        ),
    ]


def _names(min_group: int) -> Block:
    options = [
        option(
            "Confidential",
            "confidential",
            f"Nobody sees who chose what. A score needs {number_from(min_group)} people.",
        ),
        option("With names", "named", "Leads and workspace admins see who chose what. The question says so."),
    ]
    names = choice("names", options, chosen="confidential")
    return input_block(ids.NAMES_BLOCK, "Names", names, hint="This cannot be changed later.")


def read_ask_form(values: Values, private_metadata: str) -> AskDraft:
    """What was chosen and typed in a sent form; its words and its schedule are still to be checked.

    `values` has the state of each input by its block_id. `zone` is empty when neither the form nor its maker
    gave one. Raises `ids.ForgedId` for a state that the form cannot have.
    """
    instrument, open_for = _chosen(values, ids.INSTRUMENT_BLOCK), _chosen(values, ids.OPEN_FOR_BLOCK)
    names = _chosen(values, ids.NAMES_BLOCK)
    channel_id = _state(values, ids.CHANNEL_BLOCK, "selected_conversation")
    if instrument not in INSTRUMENTS or open_for not in OPEN_FOR or names not in {"confidential", "named"}:
        raise ids.ForgedId("a choice that the form does not offer")
    if not channel_id.isalnum():
        raise ids.ForgedId("no channel")
    scheduled = ids.OFTEN_BLOCK in values
    return AskDraft(
        instrument=instrument,
        product=_typed(values, ids.PRODUCT_BLOCK),
        subject=_typed(values, ids.SUBJECT_BLOCK),
        channel_id=channel_id,
        zone=_typed(values, ids.ZONE_BLOCK) if scheduled else _own_zone(private_metadata),
        open_for=None if open_for == BY_DIGEST else timedelta(days=int(open_for.removesuffix("d"))),
        named=names == "named",
        cadence=_cadence(_typed(values, ids.OFTEN_BLOCK), _state(values, ids.AT_BLOCK, "selected_time"))
        if scheduled
        else None,
    )


def _cadence(often: str, at: str) -> str:
    """How often and at what time as one text for `jobs.cadence.read`; cron fields bring their own time."""
    words = often.split()
    if len(words) == CRON_FIELDS and words[0].lower() != "every":
        return f"cron {often}"
    if has_time(often):
        return often
    rule, start, day = often.partition(" from ")
    return f"{rule} {at}{start}{day}"


def _state(values: Values, block_id: str, key: str) -> str:
    value = values.get(block_id, {}).get(key)
    return value if isinstance(value, str) else ""


def _typed(values: Values, block_id: str) -> str:
    return " ".join(visible(_state(values, block_id, "value")).split())


def _chosen(values: Values, block_id: str) -> str:
    option = values.get(block_id, {}).get("selected_option")
    if not isinstance(option, Mapping):
        raise ids.ForgedId("not the state of the form")
    value = option.get("value")
    return value if isinstance(value, str) else ""


def _own_zone(private_metadata: str) -> str:
    try:
        kept = json.loads(private_metadata or "{}").get("zone", "")
    except (ValueError, AttributeError, RecursionError) as error:
        raise ids.ForgedId("not the metadata of the form") from error
    return kept if isinstance(kept, str) else ""
