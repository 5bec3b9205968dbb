"""What stands in the form of a question, in its canonical words or with what is wrong at each field."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.syntax.product_name import InvalidName, read_product, read_subject
from handlers.syntax.schedule_syntax import at_field, read_in_words
from jobs import cadence
from jobs.messages.layout import ids
from jobs.messages.layout.digest_ids import WORDS_BLOCK
from jobs.messages.layout.schedule_fields import ScheduleState
from jobs.messages.lead.ask_draft import AskDraft
from jobs.messages.lead.ask_preview import open_for
from jobs.messages.lead.ask_view import OPEN_DAYS
from jobs.messages.wording import naming_words
from storage.records.name_folding import fold


def check_ask(
    draft: AskDraft,
    *,
    zone: str,
    now: datetime,
    fields: ScheduleState | None = None,
    before: str | None = None,
) -> tuple[AskDraft, dict[str, str]]:
    """The draft in its canonical words, or what is wrong with it by the block_id of its field.

    `fields` are those of a schedule in a sent form; `before` is the schedule that it changes.
    """
    problems = dict(fields.problems) if fields else {}
    try:
        draft = replace(draft, product=read_product(draft.product))
    except InvalidName as error:
        problems[ids.PRODUCT_BLOCK] = str(error).replace("of /pulse;", "of the commands;")
    try:
        draft = replace(draft, subject=read_subject(draft.subject) if draft.subject.strip() else "")
    except InvalidName as error:
        problems[ids.SUBJECT_BLOCK] = str(error)
    if ids.SUBJECT_BLOCK not in problems and (wrong := _wrong_subject(draft)):
        problems[ids.SUBJECT_BLOCK] = wrong
    try:
        draft = replace(draft, zone=cadence.find_zone(draft.zone or zone, now=now, own=zone))
    except cadence.CadenceError as error:
        problems[ids.ZONE_BLOCK] = str(error)
        return draft, problems
    if draft.cadence is None or (fields and fields.problems):
        return draft, problems
    try:
        rule, named = _schedule(draft, fields, before, now)
    except cadence.CadenceError as error:
        problems[WORDS_BLOCK if fields and fields.in_words else ids.OFTEN_BLOCK] = at_field(
            draft.cadence, error
        )
        return draft, problems
    draft = replace(draft, cadence=str(rule), zone=named)
    if too_long := _overlaps(draft.open_for, cadence.shortest_gap(rule)):
        problems[ids.OPEN_FOR_BLOCK] = too_long
    return draft, problems


def _schedule(
    draft: AskDraft, fields: ScheduleState | None, before: str | None, now: datetime
) -> tuple[cadence.Cadence, str]:
    """The rule of a draft and its zone, which words for experts may name; raises CadenceError.

    A schedule of every few weeks that changes one of as many goes on counting from the same week.
    """
    text = draft.cadence or ""
    if fields and fields.in_words:
        return read_in_words(text, now=now, zone=draft.zone)
    start = now.astimezone(ZoneInfo(draft.zone)).date()
    rule, old = cadence.read(text, start=start), cadence.read(before) if before else None
    if (
        isinstance(rule, cadence.EveryFewWeeks)
        and isinstance(old, cadence.EveryFewWeeks)
        and rule.weeks == old.weeks
        and " from " not in text
    ):
        return replace(rule, start=old.start), draft.zone
    return rule, draft.zone


def _wrong_subject(draft: AskDraft) -> str | None:
    """What is wrong where only a product is named and the question is about a task or a service."""
    only_product = not draft.subject or fold(draft.subject) == fold(draft.product)
    return naming_words.WRONG_SUBJECT.get(draft.instrument) if only_product else None


def _overlaps(length: timedelta | None, gap: timedelta) -> str | None:
    """Why a question cannot be open so long that it would still be open when it is asked again."""
    if length is None or length <= gap:
        return None
    longest = max(days for days in OPEN_DAYS if timedelta(days=days) <= gap)
    return f"It is asked again after {open_for(gap)}. Choose {open_for(timedelta(days=longest))} or less."
