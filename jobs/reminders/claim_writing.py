"""May something be written to a person now? Asked and claimed at once, by whoever wants to write."""

from datetime import UTC, datetime, timedelta

from jobs.answers.respondent_key import Respondents
from jobs.reminders.writing_rule import in_working_hours
from jobs.slack.directory import Directory, SlackUnavailable, SlackUser
from storage.records.pause_records import CAP, CAP_OUTSIDE
from storage.store import Store

NEW_START = timedelta(days=15)
"""After a restore nobody is written to for so long: what was written since the copy is not known any more."""


async def claim_writing(
    store: Store,
    directory: Directory,
    respondents: Respondents,
    *,
    team_id: str,
    user_id: str,
    now: datetime,
) -> bool:
    """Whether a private message that the person did not ask for may be sent to them now.

    Call it right before you send, and send only where it is True: it then counts as sent, whatever becomes of
    it, and for 14 days it is False for this person (30 for somebody of another company). So never try again,
    and ask only for what you will send.
    It is False after Stop asking me, within the pauses, outside of Monday to Friday 9:00 to 18:00 on their
    own clock, for who has left and where Slack does not tell their zone. It keeps a code of the person and no
    id. An answer to what somebody has just done needs no claim.
    """
    if lately_restored(store, now):
        return False
    try:
        person = await directory.person(team_id, user_id)
    except SlackUnavailable:
        return False
    if person.zone is None or not in_working_hours(now, person.zone):
        return False
    code, cap = respondents.confidential(team_id, user_id), cap_of(person, team_id)
    return await store.pauses.claim_writing(team_id, code, now=now, cap=cap)


def cap_of(person: SlackUser, team_id: str) -> timedelta:
    """How long at least between two messages to a person: longer, where they are of another company."""
    return CAP if person.team_id == team_id else CAP_OUTSIDE


def lately_restored(store: Store, now: datetime) -> bool:
    """Whether the database was put back from a copy so lately that nobody knows who was written to."""
    on = store.restores.restored_on
    return on is not None and now.astimezone(UTC).date() < on + NEW_START
