"""People answer: a click on a point, a form of statements, a comment; they change their mind or take it back.

Each listener commits first, then acks; forms and private words come afterwards.
"""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.background import BackgroundTasks
from handlers.payloads import Body, Click, Clock, Submission, read_click, read_submission, ticked, typed_text
from handlers.replies import open_form, tell, update_form
from jobs.answers.record_answer import (
    Classify,
    TooLate,
    Unanswerable,
    Who,
    find,
    new_comment,
    record_click,
    send_comment,
    send_form,
    take_back,
)
from jobs.answers.respondent_key import Respondents
from jobs.messages.layout import ids
from jobs.messages.respondent import answer_views as forms
from jobs.messages.respondent import receipts
from storage.records import MOST_CHARACTERS, NewComment, Recorded
from storage.store import Store


async def on_point(
    ack: AsyncAck,
    body: Body,
    client: AsyncWebClient,
    respond: AsyncRespond,
    *,
    store: Store,
    respondents: Respondents,
    background: BackgroundTasks,
    clock: Clock,
) -> None:
    """Keep the point, answer Slack, then give the receipt and, once a wave, the comment form."""
    click = read_click(body)
    wave_id, item = ids.read_rate_block(click.block_id)
    point = ids.read_point(click.action_id)
    try:
        kept = await record_click(
            store, respondents, _who(click, wave_id), item=item, point=point, now=clock()
        )
    except TooLate as late:
        await ack()
        background(tell(respond, receipts.too_late(late.wave)))
        return
    await ack()
    if kept.first:
        background(_invite(client, click.trigger_id, kept, point))
    background(_confirm(respond, kept))


async def _invite(client: AsyncWebClient, trigger_id: str, kept: Recorded, point: int) -> None:
    await open_form(client, trigger_id, forms.comment_form(kept.wave, point, comment=None))


async def _confirm(respond: AsyncRespond, kept: Recorded) -> None:
    await tell(respond, _receipt(kept))


def _receipt(kept: Recorded) -> dict[str, Any]:
    """What stands now: of a click that comes late, a newer choice or that it was taken back."""
    if not kept.points:
        return receipts.taken_back(kept.wave)
    return receipts.chosen(kept.wave, kept.points[1], before=kept.before.get(1), has_comment=kept.has_comment)


async def on_open_form(
    ack: AsyncAck,
    body: Body,
    client: AsyncWebClient,
    respond: AsyncRespond,
    *,
    store: Store,
    respondents: Respondents,
    background: BackgroundTasks,
    clock: Clock,
) -> None:
    """Open the statements, filled in for somebody who has answered."""
    click = read_click(body)
    who = _who(click, ids.read_form_block(click.block_id))
    wave = await find(store, who)
    await ack()
    if not wave.open_at(clock()):
        background(tell(respond, receipts.too_late(wave)))
        return
    response = await store.responses.response_of(
        who.team_id, wave.id, respondents.of(wave.pulse, who.user_id)
    )
    background(open_form(client, click.trigger_id, forms.rate_form(wave, response=response)))


async def on_add_comment(
    ack: AsyncAck,
    body: Body,
    client: AsyncWebClient,
    respond: AsyncRespond,
    *,
    store: Store,
    respondents: Respondents,
    background: BackgroundTasks,
    clock: Clock,
) -> None:
    """Open the comment form again, with the comment in it if there is one."""
    click = read_click(body)
    who = _who(click, ids.read_answer_block(click.block_id))
    wave = await find(store, who)
    response = await store.responses.response_of(
        who.team_id, wave.id, respondents.of(wave.pulse, who.user_id)
    )
    await ack()
    if not wave.open_at(clock()):
        background(tell(respond, receipts.too_late(wave)))
    elif response is None:
        background(tell(respond, receipts.taken_back(wave)))
    else:
        view = forms.comment_form(wave, response.points[1], comment=response.comment)
        background(open_form(client, click.trigger_id, view))


async def on_comment(
    ack: AsyncAck,
    body: Body,
    *,
    store: Store,
    respondents: Respondents,
    classify: Classify,
    clock: Clock,
) -> None:
    """Keep the comment and close the form; a form that cannot be kept says so at its first field."""
    form, now = read_submission(body), clock()
    if len(typed_text(form.values, ids.COMMENT_BLOCK)) > MOST_CHARACTERS:
        await ack(response_action="errors", errors={ids.COMMENT_BLOCK: receipts.TOO_LONG})
        return
    who, comment = _sender(form, now), _comment(form, classify, now)
    try:
        await send_comment(store, respondents, who, comment=comment, now=now)
    except TooLate as late:
        await ack(response_action="errors", errors={ids.COMMENT_BLOCK: receipts.form_too_late(late.wave)})
        return
    except Unanswerable:
        await ack(response_action="errors", errors={ids.COMMENT_BLOCK: receipts.NO_ANSWER})
        return
    await ack()


async def on_rate_form(
    ack: AsyncAck,
    body: Body,
    *,
    store: Store,
    respondents: Respondents,
    classify: Classify,
    clock: Clock,
) -> None:
    """Keep all statements and the comment at once; the ack itself brings the receipt."""
    form, now = read_submission(body), clock()
    if len(typed_text(form.values, ids.COMMENT_BLOCK)) > MOST_CHARACTERS:
        await ack(response_action="errors", errors={ids.COMMENT_BLOCK: receipts.TOO_LONG})
        return
    who, comment = _sender(form, now), _comment(form, classify, now)
    points = forms.read_points(form.values)
    try:
        kept = await send_form(store, respondents, who, points=points, comment=comment, now=now)
    except TooLate as late:
        first = next(iter(form.values))
        await ack(response_action="errors", errors={first: receipts.form_too_late(late.wave)})
        return
    await ack(response_action="update", view=forms.form_sent(kept.wave))


async def on_take_back(
    ack: AsyncAck,
    body: Body,
    client: AsyncWebClient,
    respond: AsyncRespond,
    *,
    store: Store,
    respondents: Respondents,
    background: BackgroundTasks,
    clock: Clock,
) -> None:
    """Erase the answer and its comment; the receipt or form that held the button says so."""
    click = read_click(body)
    try:
        wave = await take_back(store, respondents, _who(click, click.value), now=clock())
        message = receipts.taken_back(wave)
    except TooLate as late:
        message = receipts.too_late(late.wave)
    await ack()
    if click.view is None:
        background(tell(respond, message, replace=click.private))
    else:
        background(update_form(client, click.view, receipts.as_view(message)))


def _sender(form: Submission, now: datetime) -> Who:
    return Who(
        team_id=form.actor.team_id,
        user_id=form.actor.user_id,
        wave_id=ids.read_wave(form.private_metadata),
        at=now,
        external=form.actor.external,
    )


def _comment(form: Submission, classify: Classify, now: datetime) -> NewComment:
    return new_comment(
        typed_text(form.values, ids.COMMENT_BLOCK),
        may_quote=ticked(form.values, ids.ALLOW_BLOCK),
        classify=classify,
        now=now,
    )


def _who(click: Click, wave_id: str) -> Who:
    return Who(
        team_id=click.actor.team_id,
        user_id=click.actor.user_id,
        wave_id=wave_id,
        at=click.at,
        external=click.actor.external,
    )
