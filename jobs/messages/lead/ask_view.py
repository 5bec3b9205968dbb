"""The form in which a lead asks or schedules, and what is read from it."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from jobs.cadence import DAYS
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import (
    Block,
    View,
    choice,
    input_block,
    modal,
    option,
    section,
    select,
    text_input,
)
from jobs.messages.layout.schedule_fields import ScheduleState, read_schedule_fields, schedule_fields
from jobs.messages.lead.ask_draft import AskDraft, read_draft, write_draft
from jobs.messages.wording.escaping import LONGEST_TYPED, one_line, safe, visible
from jobs.messages.wording.voice import MRKDWN, count
from jobs.privacy.round_rule import number_from

Values = Mapping[str, Mapping[str, Any]]
BY_DIGEST = "digest"
OPEN_FOR = {
    BY_DIGEST: "Working day before the digest, 17:00",
    "1d": "1 day",
    "3d": "3 days",
    "7d": "1 week",
    "14d": "2 weeks",
}
OPEN_DAYS = tuple(int(value.removesuffix("d")) for value in OPEN_FOR if value != BY_DIGEST)


def proposed(weeks: int) -> str:
    """The schedule that the form proposes: for every time that a question is counted."""
    return f"every {weeks} weeks mon 10:00"


def until_label(closes: datetime, zone: str, *, digest: bool, schedule: bool = False) -> str:
    """The choice of a close that nobody has named: "Friday before the digest: 27 Nov, 17:00".

    `closes` is that close, the first of a `schedule`; `digest` says that it meets one.
    """
    day = closes.astimezone(ZoneInfo(zone))
    weekday, clock = DAYS[day.weekday()], f"{day:%H:%M}"
    if schedule:
        return f"Until {weekday}, {clock}"
    before = " before the digest:" if digest else ","
    return f"{weekday}{before} {MRKDWN.day(day.date())}, {clock}"


def ask_form(
    *,
    product: str | None,
    min_group: int,
    weeks: int = 4,
    schedule: bool = False,
    zone: str | None = None,
    until: str | None = None,
    filled: AskDraft | None = None,
) -> View:
    """The form that asks; with `schedule` it has the fields of a schedule too. `zone` is the lead's own.

    `until` is the choice of the close that nobody has named, as `until_label` gives it. `filled` has what was
    typed already; where it changes a pulse, what can never change is only shown.
    """
    change = filled is not None and bool(filled.changes)
    subject = input_block(
        ids.SUBJECT_BLOCK,
        "What should the question name instead?",
        text_input("subject", longest=LONGEST_TYPED, initial=(filled.subject if filled else "") or None),
        hint=_subject_hint(filled.product if filled else product),
        optional=True,
    )
    rule = (filled.cadence if filled else None) or proposed(weeks)
    in_zone = (filled.zone if filled else None) or zone or "UTC"
    when = schedule_fields(rule, zone=in_zone, own_zone=zone or in_zone, every=True) if schedule else []
    blocks = [
        *([_fixed(filled)] if change and filled else _what(product, filled)),
        subject,
        *([] if change else [_channel(filled.channel_id if filled else None)]),
        *when[:-1],
        _open_for(until, filled, schedule=schedule),
        *([] if change else [_names(min_group)]),
        *when[-1:],
    ]
    title = "Change the schedule" if change else "Repeat a question" if schedule else "Ask a channel"
    kept = {"zone": zone, "held": write_draft(filled) if change and filled else None}
    kept = {key: each for key, each in kept.items() if each}
    metadata = json.dumps(kept, separators=(",", ":"), ensure_ascii=False) if kept else None
    return modal(ids.ASK_FORM, title, blocks, close="Cancel", submit="Preview", metadata=metadata)


def _what(product: str | None, filled: AskDraft | None) -> list[Block]:
    return [
        _instruments(filled.instrument if filled else None),
        input_block(
            ids.PRODUCT_BLOCK,
            "Which product?",
            text_input("product", longest=LONGEST_TYPED, initial=(filled and filled.product) or product),
            hint="Questions with the same product name meet in one digest.",
        ),
    ]


def _fixed(draft: AskDraft) -> Block:
    """What a pulse asks of whom, which stays as it is."""
    name = INSTRUMENTS[draft.instrument].name
    named = "with names" if draft.named else "confidential"
    return section(
        f"*{draft.changes} · {name} about {safe(draft.product)}*, in <#{draft.channel_id}>, {named}.\n"
        "To ask something else or elsewhere, end this one and repeat another question."
    )


def _subject_hint(product: str | None) -> str:
    empty = f"Empty: {one_line(product, LONGEST_TYPED)}. " if product else ""
    return f"{empty}For example: the support you just received. For a task, name the task."


def _open_for(until: str | None, filled: AskDraft | None, *, schedule: bool) -> Block:
    names = OPEN_FOR | ({BY_DIGEST: until} if until else {})
    length = filled.open_for if filled else None
    chosen = f"{length.days}d" if length else BY_DIGEST
    if chosen not in names and length:  # of a schedule that was made otherwise
        names = names | {chosen: count(length.days, "day")}
    return input_block(
        ids.OPEN_FOR_BLOCK,
        "Open for" if schedule else "Open until",
        select("open_for", [option(label, value) for value, label in names.items()], chosen=chosen),
    )


def _instruments(key: str | None) -> Block:
    options = [option(each.about, each.key, each.about_more) for each in INSTRUMENTS.values()]
    first = key or next(iter(INSTRUMENTS))
    return input_block(
        ids.INSTRUMENT_BLOCK, "What do you want to ask?", choice("instrument", options, chosen=first)
    )


def _channel(channel_id: str | None) -> Block:
    first: Block = (
        {"initial_conversation": channel_id} if channel_id else {"default_to_current_conversation": True}
    )
    element: Block = {
        "type": "conversations_select",
        "action_id": "channel",
        **first,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return input_block(ids.CHANNEL_BLOCK, "Which channel?", element)


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
    kept = _kept(private_metadata)
    held = read_draft(kept["held"]) if "held" in kept else None
    open_for = _chosen(values, ids.OPEN_FOR_BLOCK)
    if open_for not in OPEN_FOR and not (held and re.fullmatch(r"[0-9]{1,2}d", open_for)):
        raise ids.ForgedId("a choice that the form does not offer")
    schedule = read_schedule_fields(values) if ids.OFTEN_BLOCK in values else None
    draft = held or _question(values)
    return replace(
        draft,
        subject=_typed(values, ids.SUBJECT_BLOCK),
        zone=schedule.zone if schedule else kept.get("zone", ""),
        open_for=None if open_for == BY_DIGEST else timedelta(days=int(open_for.removesuffix("d"))),
        cadence=schedule.rule if schedule else None,
    )


def _question(values: Values) -> AskDraft:
    """What is asked, about what and where."""
    instrument, names = _chosen(values, ids.INSTRUMENT_BLOCK), _chosen(values, ids.NAMES_BLOCK)
    channel_id = _state(values, ids.CHANNEL_BLOCK, "selected_conversation")
    if instrument not in INSTRUMENTS or names not in {"confidential", "named"}:
        raise ids.ForgedId("a choice that the form does not offer")
    if not channel_id.isalnum():
        raise ids.ForgedId("no channel")
    product = _typed(values, ids.PRODUCT_BLOCK)
    return AskDraft(
        instrument=instrument, product=product, channel_id=channel_id, zone="", named=names == "named"
    )


def schedule_of(values: Values) -> ScheduleState | None:
    """The fields of a schedule in a sent form; None in the form that asks once."""
    return read_schedule_fields(values) if ids.OFTEN_BLOCK in values else None


def schedule_before(private_metadata: str) -> str | None:
    """The schedule that a sent form changes, as it was; None where it changes none."""
    held = _kept(private_metadata).get("held")
    return read_draft(held).cadence if held else None


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


def _kept(private_metadata: str) -> dict[str, str]:
    """What the form has carried along."""
    try:
        kept = json.loads(private_metadata or "{}")
    except (ValueError, RecursionError) as error:
        raise ids.ForgedId("not the metadata of the form") from error
    if not isinstance(kept, dict) or not all(isinstance(each, str) for each in kept.values()):
        raise ids.ForgedId("not the metadata of the form")
    return kept
