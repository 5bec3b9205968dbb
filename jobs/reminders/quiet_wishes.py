"""What people want of reminders: none of this question, none at all, or again; and when one may come next."""

from dataclasses import dataclass
from datetime import datetime

from jobs.answers.record_answer import Answerer, in_time
from jobs.answers.respondent_key import Respondents
from jobs.answers.unanswerable import Unanswerable
from jobs.reminders.writing_rule import quiet
from storage.records import AnswerKey, Quiet, Wave
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What became of a wish about a question: `sent` says that it had its reminder, `answered` an answer.

    `quiet` is why nothing is written to the person from now on.
    """

    wave: Wave
    sent: bool = False
    answered: bool = False
    quiet: Quiet | None = None


@in_time
async def not_now(store: Store, respondents: Respondents, answerer: Answerer, *, now: datetime) -> Wish:
    """Keep that somebody wants no reminder of a question, nor anything for 7 days, unless it has closed.

    Raises Unanswerable for a question that there never was.
    """
    wave = await _wave(store, answerer)
    if not wave.open_at(now):
        return Wish(wave=wave)
    code = respondents.confidential(answerer.team_id, answerer.user_id)
    declined = await store.pauses.decline(wave.team_id, wave.id, code, now=now)
    of_answer = respondents.of(wave.pulse, answerer.user_id)
    answer = AnswerKey(team_id=wave.team_id, wave_id=wave.id, respondent=of_answer)
    answered = await store.responses.response_of(answer) is not None
    return Wish(wave=wave, sent=declined.sent, answered=answered)


@in_time
async def undo_not_now(store: Store, respondents: Respondents, answerer: Answerer, *, now: datetime) -> Wish:
    """Take that back; a reminder that was sent stays sent. Raises Unanswerable as `not_now` does."""
    wave = await _wave(store, answerer)
    code = respondents.confidential(answerer.team_id, answerer.user_id)
    declined = await store.pauses.undo(wave.team_id, wave.id, code)
    why = quiet(await store.pauses.of_person(wave.team_id, code), now)
    return Wish(wave=wave, sent=declined.sent, quiet=why)


@in_time
async def stop_asking(store: Store, respondents: Respondents, *, team_id: str, user_id: str) -> bool:
    """Keep that nothing is to be written to somebody any more; whether they lead something.

    What they lead tells them all the same when it fails.
    """
    await store.pauses.stop(team_id, respondents.confidential(team_id, user_id))
    leads = await store.own_questions.led_by(team_id, user_id) or await store.digests.led_by(team_id, user_id)
    return bool(leads)


@in_time
async def ask_again(
    store: Store, respondents: Respondents, *, team_id: str, user_id: str, now: datetime
) -> Quiet | None:
    """Keep that somebody may be written to again; why that is not at once, None where it is."""
    code = respondents.confidential(team_id, user_id)
    await store.pauses.stop(team_id, code, stopped=False)
    return quiet(await store.pauses.of_person(team_id, code), now)


async def _wave(store: Store, answerer: Answerer) -> Wave:
    wave = await store.waves.get(answerer.team_id, answerer.wave_id)
    if wave is None:
        raise Unanswerable
    return wave
