"""What stands in the form of a digest, in its canonical words or with what is wrong at each field."""

from dataclasses import replace
from datetime import datetime

from handlers.syntax.product_name import InvalidName, read_product
from handlers.syntax.schedule_syntax import at_field, read_in_words
from jobs.cadence import CadenceError, find_zone
from jobs.messages.digest_setup.digest_draft import DigestDraft
from jobs.messages.digest_setup.digest_view import DigestState
from jobs.messages.layout import digest_ids, ids


def check_digest(
    state: DigestState, *, now: datetime, own: str | None = None
) -> tuple[DigestDraft, dict[str, str]]:
    """The draft of a sent form in its canonical words, or what is wrong by the block_id of its field.

    `own` is the zone of whoever sent it, where Slack has told it.
    """
    draft, problems = state.draft, dict(state.problems)
    try:
        draft = replace(draft, product=read_product(draft.product))
    except InvalidName as error:
        problems[ids.PRODUCT_BLOCK] = str(error).replace("of /pulse;", "of the commands;")
    try:
        draft = replace(draft, zone=find_zone(draft.zone, now=now, own=own))
    except CadenceError as error:
        problems[ids.ZONE_BLOCK] = str(error)
    if not problems:
        try:
            rule, zone = read_in_words(draft.cadence, now=now, zone=draft.zone)
            draft = replace(draft, cadence=str(rule), zone=zone)
        except CadenceError as error:
            where = digest_ids.WORDS_BLOCK if state.in_words else ids.OFTEN_BLOCK
            problems[where] = at_field(draft.cadence, error)
    return draft, problems
