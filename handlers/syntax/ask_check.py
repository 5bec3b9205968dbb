"""What somebody wants to ask, as typed in the form, brought into its canonical words."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.syntax import InvalidName, read_subject
from jobs import cadence
from jobs.messages.layout import ids
from jobs.messages.lead.ask_draft import AskDraft


def checked(draft: AskDraft, *, zone: str, now: datetime) -> tuple[AskDraft, dict[str, str]]:
    """The draft in its canonical words, or what is wrong with it by the block_id of its field."""
    problems: dict[str, str] = {}
    try:
        draft = replace(draft, product=read_subject(draft.product))
    except InvalidName as error:
        problems[ids.PRODUCT_BLOCK] = str(error)
    try:
        draft = replace(draft, subject=read_subject(draft.subject) if draft.subject.strip() else "")
    except InvalidName as error:
        problems[ids.SUBJECT_BLOCK] = str(error)
    try:
        draft = replace(draft, zone=cadence.find_zone(draft.zone or zone))
    except cadence.CadenceError as error:
        problems[ids.ZONE_BLOCK] = str(error)
        return draft, problems
    if draft.cadence is not None:
        try:
            start = now.astimezone(ZoneInfo(draft.zone)).date()
            draft = replace(draft, cadence=str(cadence.read(draft.cadence, start=start)))
        except cadence.CadenceError as error:
            problems[ids.OFTEN_BLOCK] = str(error)
    return draft, problems
