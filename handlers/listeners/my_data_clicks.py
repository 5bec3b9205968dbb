"""People see who reads what, what is kept of them, and erase it."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.context import Context
from handlers.home_tab import publish_home
from handlers.page_updates import answer_in_place, update_form
from handlers.payloads import Body, Submission, View, read_click, read_submission
from handlers.replies import show_form
from jobs.answers.assign_role import assign_role, role_of
from jobs.answers.forget import forget, kept_of
from jobs.answers.unanswerable import TakenDown, Unanswerable
from jobs.messages.layout import ids
from jobs.messages.layout.product_ids import ROLE_BLOCK, read_role_form
from jobs.messages.respondent import role_view, who_sees
from jobs.messages.respondent.forget_answer import forgotten
from jobs.messages.respondent.my_data import my_data_view
from jobs.permissions.scope import readers_of
from jobs.reminders.writing_rule import quiet


async def on_privacy(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Show who sees what of this question, and every channel that reads it; from Home, what always holds."""
    click = read_click(body)
    if click.value == ids.HOME:
        await ack()
        in_general = who_sees.privacy_in_general(
            context.min_group, weeks=context.round_weeks, kept=context.kept_for
        )
        context.background.start(show_form(context.client, respond, click, in_general))
        return
    context.learn_where(click, click.value)
    wave, readers = await readers_of(context.store, team_id=click.actor.team_id, wave_id=click.value)
    if wave is None or wave.taken_down:
        raise TakenDown if wave else Unanswerable
    wave = await context.store.waves.with_first_size(wave)
    await ack()
    view = who_sees.privacy(wave, readers=readers, weeks=context.round_weeks, kept=context.kept_for)
    context.background.start(show_form(context.client, respond, click, view))


async def on_kept_of_me(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Show everything that is kept of the person who presses, on top of the form they are in."""
    click = read_click(body)
    kept = await kept_of(
        context.store, context.respondents, team_id=click.actor.team_id, user_id=click.actor.user_id
    )
    await ack()
    now, zone = context.clock(), context.known_zone(click.actor)
    view = my_data_view(kept, quiet=quiet(kept.pause, now), zone=zone, now=now)
    context.background.start(show_form(context.client, respond, click, view))


async def on_forget(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Erase everything of the person who presses; the button has asked for confirmation."""
    click = read_click(body)
    gone = await forget(
        context.store, context.respondents, team_id=click.actor.team_id, user_id=click.actor.user_id
    )
    await ack()
    context.wake()
    context.background.start(answer_in_place(context.client, respond, click, forgotten(gone)))


async def on_change_role(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Open the form in which the person who presses changes how they know a product."""
    click = read_click(body)
    known = await role_of(
        context.store,
        context.respondents,
        team_id=click.actor.team_id,
        user_id=click.actor.user_id,
        product_id=click.value,
    )
    await ack()
    at_home = click.view is not None and not click.in_form
    view = role_view.role_form(known, at_home=at_home) if known else role_view.role_gone()
    context.background.start(show_form(context.client, respond, click, view))


async def on_role(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Keep how somebody knows a product; the form says what is kept now, and so does what lies below it."""
    form = read_submission(body)
    opened = read_role_form(form.private_metadata)
    try:
        said = role_view.read_role(form.values)
    except ids.ForgedId:
        await ack(response_action="errors", errors={ROLE_BLOCK: role_view.NO_CHOICE})
        return
    if said is None:
        raise ids.ForgedId("a form of a role without one")
    known = await assign_role(
        context.store,
        context.respondents,
        said,
        team_id=form.actor.team_id,
        user_id=form.actor.user_id,
        product_id=opened.product_id,
    )
    view = role_view.role_saved(known) if known else role_view.role_gone()
    await ack(response_action="update", view=view)
    context.background.start(_renew(context, form, at_home=opened.at_home))


async def _renew(context: Context, form: Submission, *, at_home: bool) -> None:
    """Show what is kept now where it stood before: in the form below, or in the Home tab."""
    if at_home:
        await publish_home(context, form.actor)
    elif form.view.previous_view_id:
        kept = await kept_of(
            context.store, context.respondents, team_id=form.actor.team_id, user_id=form.actor.user_id
        )
        below = View(id=form.view.previous_view_id)
        await update_form(context.client, below, my_data_view(kept, now=context.clock()))
