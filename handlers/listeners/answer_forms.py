"""People answer with a form: a comment behind their click, or statements with a comment.

The ack closes the form or says in it what is wrong, so it waits for the commit.
"""

from datetime import datetime

from slack_bolt.async_app import AsyncAck

from handlers.context import Context
from handlers.form_values import ticked, typed_text
from handlers.payloads import Body, Submission, read_submission
from jobs.answers.record_answer import Answerer, counted_lately, new_comment, send_comment, send_form
from jobs.answers.unanswerable import NoAnswer, TooLate
from jobs.messages.layout import ids
from jobs.messages.layout.product_ids import ROLE_BLOCK
from jobs.messages.respondent import answer_views, receipts
from jobs.messages.respondent.role_view import NO_CHOICE, read_role
from storage.records import MOST_CHARACTERS, NewComment


async def on_comment(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Keep the comment; the form says what is saved, or why not and what was written."""
    form, now = read_submission(body), context.clock()
    if len(typed_text(form.values, ids.COMMENT_BLOCK)) > MOST_CHARACTERS:
        await ack(response_action="errors", errors={ids.COMMENT_BLOCK: receipts.TOO_LONG})
        return
    try:
        said = read_role(form.values)
    except ids.ForgedId:
        await ack(response_action="errors", errors={ROLE_BLOCK: NO_CHOICE})
        return
    answerer, comment = _answerer(form, now), _comment(form, context, now)
    try:
        wave = await send_comment(
            context.store, context.respondents, answerer, comment=comment, said=said, now=now
        )
    except TooLate as late:
        view = answer_views.form_late(late.wave, typed_text(form.values, ids.COMMENT_BLOCK))
        await ack(response_action="update", view=view)
    except NoAnswer:
        await ack(response_action="errors", errors={ids.COMMENT_BLOCK: receipts.NO_ANSWER})
    else:
        await ack(response_action="update", view=answer_views.comment_sent(wave, comment, now=now))


async def on_rate_form(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Keep all statements and the comment at once; the ack itself brings the receipt."""
    form, now = read_submission(body), context.clock()
    if len(typed_text(form.values, ids.COMMENT_BLOCK)) > MOST_CHARACTERS:
        await ack(response_action="errors", errors={ids.COMMENT_BLOCK: receipts.TOO_LONG})
        return
    answerer, comment = _answerer(form, now), _comment(form, context, now)
    points = answer_views.read_points(form.values)
    try:
        kept = await send_form(
            context.store, context.respondents, answerer, points=points, comment=comment, now=now
        )
    except TooLate as late:
        text = typed_text(form.values, ids.COMMENT_BLOCK)
        await ack(response_action="update", view=answer_views.form_late(late.wave, text, several=True))
    else:
        counted = await counted_lately(context.store, kept, now=now, weeks=context.round_weeks)
        await ack(response_action="update", view=answer_views.form_sent(kept.wave, now=now, counted=counted))


def _answerer(form: Submission, now: datetime) -> Answerer:
    return Answerer(
        team_id=form.actor.team_id,
        user_id=form.actor.user_id,
        wave_id=ids.read_wave(form.private_metadata),
        at=now,
        external=form.actor.external,
    )


def _comment(form: Submission, context: Context, now: datetime) -> NewComment | None:
    """What was written; None where nothing was, and nothing stood there when the form was opened."""
    text = typed_text(form.values, ids.COMMENT_BLOCK)
    if not text and not ids.shows_comment(form.private_metadata):
        return None
    return new_comment(
        text, may_quote=ticked(form.values, ids.ALLOW_BLOCK), classify=context.classify, now=now
    )
