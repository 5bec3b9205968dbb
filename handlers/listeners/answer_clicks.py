"""People answer with a click: on a point, on the button of a form; they change their mind or take it back.

Each listener commits first, then acks; forms and private words come afterwards.
"""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from handlers.context import Context
from handlers.page_updates import answer_in_place
from handlers.payloads import Body, Click, read_click
from handlers.replies import USED, NotOpened, open_form, press_again, show_form, tell
from jobs.answers.record_answer import Answerer, counted_lately, own_answer, record_click, take_back
from jobs.answers.unanswerable import TooLate, Unanswerable
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import View
from jobs.messages.respondent import answer_views, receipts
from jobs.privacy.repeat_rule import CountedBefore
from jobs.slack.call_outcome import error_code
from storage.records import Recorded, WaveHeader

Given = ParamSpec("Given")
Make = Callable[Concatenate[WaveHeader, Given], dict[str, Any]]
MADE = 1024  # receipts or forms that are kept


def made_once(make: Make[Given]) -> Make[Given]:
    """The same function; what it makes is kept for as long as the wave stays as it is.

    A crowd reads the same few receipts and forms, and to make them costs a fifteenth of a first click.
    """
    made: dict[tuple[object, ...], tuple[WaveHeader, dict[str, Any]]] = {}

    def known_or_made(wave: WaveHeader, /, *given: Given.args, **named: Given.kwargs) -> dict[str, Any]:
        key = wave.team_id, wave.id, *given, *named.items()
        of, message = made.get(key, (None, {}))
        if of != wave:
            if len(made) >= MADE:
                made.clear()
            message = make(wave, *given, **named)
            made[key] = wave, message
        return message

    return known_or_made


SAVED = made_once(receipts.saved)
COMMENT_FORM = made_once(answer_views.comment_form)


async def on_point(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Keep the point, answer Slack, then open the form for a comment; a first answer gets the receipt."""
    click = read_click(body)
    wave_id, item = ids.read_rate_block(click.block_id)
    if context.store.doubts.refs:
        context.learn_where(click, wave_id)
    point = ids.read_point(click.action_id)
    try:
        kept = await record_click(
            context.store,
            context.respondents,
            _answerer(click, wave_id),
            item=item,
            point=point,
            now=context.clock(),
        )
    except TooLate as late:
        await ack()
        closed = receipts.too_late(late.wave, answered=late.answered)
        context.background.start(tell(respond, closed, receipt=True))
        return
    await ack()
    counted = await counted_lately(context.store, kept, now=context.clock(), weeks=context.round_weeks)
    context.background.start(_receive(context, respond, click, kept, counted))


async def _receive(
    context: Context, respond: AsyncRespond, click: Click, kept: Recorded, counted: CountedBefore | None
) -> None:
    """The form for a comment, and with a first answer the one receipt; either says what stands now.

    A click that comes again after its answer was taken back opens nothing.
    """
    if 1 not in kept.points:
        await tell(respond, receipts.taken_back(kept.wave), receipt=True)
        return
    first = not kept.before
    receipt, shown = SAVED(kept.wave, counted=counted) if first else None, False
    try:
        view = await _form_after(context, click, kept, counted)
        await open_form(context.client, click.trigger_id, view, again="")
        shown = True
    except (NotOpened, Unanswerable, SQLAlchemyError, TimeoutError) as failed:
        if first or not _opened_before(failed):
            receipt = receipts.form_failed(kept.wave, kept.points[1])
    if receipt:
        await tell(respond, receipt, once=shown, receipt=True)


def _opened_before(failed: Exception) -> bool:
    """Whether Slack has sent a press again whose form it has opened already."""
    cause = failed.__cause__
    return isinstance(cause, SlackApiError) and error_code(cause) in USED


async def _form_after(context: Context, click: Click, kept: Recorded, counted: CountedBefore | None) -> View:
    """The form for a comment: of a first answer, of another number, of the same again."""
    point, before = kept.points[1], kept.before.get(1)
    if not kept.has_comment:
        return COMMENT_FORM(
            kept.wave, point, comment=None, before=before, counted=counted, ask_role=kept.ask_role
        )
    _, response = await own_answer(context.store, context.respondents, _answerer(click, kept.wave.id))
    comment = response.comment if response else None
    return answer_views.comment_form(kept.wave, point, comment=comment, before=before)


async def on_open_form(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Open the statements, filled in for somebody who has answered."""
    click = read_click(body)
    answerer = _answerer(click, ids.read_form_block(click.block_id))
    context.learn_where(click, answerer.wave_id)
    wave, response = await own_answer(context.store, context.respondents, answerer)
    await ack()
    if not wave.open_at(context.clock()):
        context.background.start(tell(respond, receipts.too_late(wave, answered=response is not None)))
    else:
        wave = await context.store.waves.with_first_size(wave)
        view = answer_views.rate_form(wave, response=response)
        context.background.start(_open_statements(context, respond, click, wave.id, view))


async def _open_statements(
    context: Context, respond: AsyncRespond, click: Click, wave_id: str, view: View
) -> None:
    try:
        await open_form(context.client, click.trigger_id, view, again=press_again(click))
    except NotOpened as failed:
        await tell(respond, receipts.answer_again(wave_id, str(failed)))


async def on_add_comment(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Open the comment form again, with the comment in it if there is one."""
    click = read_click(body)
    answerer = _answerer(click, ids.read_answer_block(click.block_id))
    wave, response = await own_answer(context.store, context.respondents, answerer)
    await ack()
    if not wave.open_at(context.clock()):
        closed = receipts.too_late_to_change(wave, answered=response is not None)
        context.background.start(answer_in_place(context.client, respond, click, closed))
    elif response is None:
        context.background.start(tell(respond, receipts.no_answer(wave)))
    else:
        view = answer_views.comment_form(wave, response.points[1], comment=response.comment)
        context.background.start(show_form(context.client, respond, click, view))


async def on_take_back(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Erase the answer and its comment; the receipt or form that held the button says so."""
    click = read_click(body)
    answerer = _answerer(click, click.value)
    try:
        wave, gone = await take_back(context.store, context.respondents, answerer, now=context.clock())
        message = receipts.taken_back(wave)
        if not gone:
            _, response = await own_answer(context.store, context.respondents, answerer)
            message = receipts.answered_since(wave) if response else receipts.no_answer(wave)
    except TooLate as late:
        message = receipts.too_late_to_change(late.wave, answered=late.answered)
    await ack()
    context.background.start(answer_in_place(context.client, respond, click, message))


def _answerer(click: Click, wave_id: str) -> Answerer:
    return Answerer(
        team_id=click.actor.team_id,
        user_id=click.actor.user_id,
        wave_id=wave_id,
        at=click.at,
        external=click.actor.external,
    )
