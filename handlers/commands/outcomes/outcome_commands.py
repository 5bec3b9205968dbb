"""`/pulse outcome`: enters a figure from elsewhere, lists, corrects and removes those that are kept."""

from datetime import date
from zoneinfo import ZoneInfo

from handlers.context import Context, SlashCommand
from handlers.replies import in_time, open_form, type_again
from handlers.syntax import as_seen, which_product
from handlers.syntax.outcomes import OutcomeVerb, OutcomeWords, read_outcome
from jobs.messages.layout.blocks import Message, View
from jobs.messages.layout.outcome_ids import OutcomeForm
from jobs.messages.outcomes.outcome_answer import Saved, outcome_list, removed, saved
from jobs.messages.outcomes.outcome_view import OutcomeDraft, outcome_view
from jobs.outcomes import change_outcomes
from jobs.outcomes.change_outcomes import PER_PAGE, Entered
from jobs.permissions.scope import WhichProduct
from storage.digests.outcomes import Change
from storage.records import OutcomeFigure


async def outcome(context: Context, command: SlashCommand) -> Message | None:
    """Do what was asked; without words, open the form."""
    zone = await context.zone_of(command)
    words = read_outcome(command.words, now=command.now, zone=zone)
    today = command.now.astimezone(ZoneInfo(zone)).date()
    parts = (context.store, context.directory, command)
    if words.verb is OutcomeVerb.REMOVE:
        gone, product = await change_outcomes.remove(*parts, words.id)
        return removed(gone.figure, product.name, today=today)
    if words.verb in {OutcomeVerb.FORM, OutcomeVerb.CHANGE}:
        again = type_again("outcome", command.words)
        view = await in_time(_form(context, command, words, today), again=again)
        await open_form(context.client, command.trigger_id, view, again=again)
        return None
    try:
        if words.verb is OutcomeVerb.LIST:
            return await _list(context, command, words, today)
        assert words.figure is not None  # noqa: S101 - what is entered is a figure
        return await _enter(context, command, words.figure, words.product, today)
    except WhichProduct as which:
        raise which_product(which.names, f"/pulse outcome {as_seen(command.words)} about") from which


async def _enter(
    context: Context, command: SlashCommand, figure: OutcomeFigure, product: str | None, today: date
) -> Message:
    entered = await change_outcomes.enter(context.store, context.directory, command, figure, product=product)
    return what_was_saved(entered, today=today)


def what_was_saved(entered: Entered, *, today: date) -> Message:
    """What is said of a figure that was entered."""
    done = Saved(
        outcome=entered.kept.outcome,
        product=entered.product.name,
        is_same=entered.kept.change is Change.SAME,
        before=entered.kept.before,
        beside=entered.beside,
        digest_on=entered.digest_on,
    )
    return saved(done, today=today)


async def _list(context: Context, command: SlashCommand, words: OutcomeWords, today: date) -> Message:
    found = await change_outcomes.list_outcomes(
        context.store, context.directory, command, product=words.product, page=words.page
    )
    return outcome_list(
        found.outcomes,
        found.product.name,
        pages=(found.page, -(-found.total // PER_PAGE)),
        total=found.total,
        may_change=found.may_change,
        today=today,
    )


async def _form(context: Context, command: SlashCommand, words: OutcomeWords, today: date) -> View:
    parts = (context.store, context.directory, command)
    form = OutcomeForm(channel_id=command.channel_id, outcome_id=words.id)
    if words.id:
        kept, product = await change_outcomes.led_outcome(*parts, words.id)
        draft = OutcomeDraft(form=form, product=product.name, figure=kept.figure)
        return outcome_view(draft, today=today)
    try:
        name = (await change_outcomes.led_product(*parts, words.product)).name
    except WhichProduct:
        name = ""
    return outcome_view(OutcomeDraft(form=form, product=name), today=today)
