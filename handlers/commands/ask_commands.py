"""`/pulse ask` and `/pulse schedule`: at once by words, or by a form."""

from handlers.context import Context, SlashCommand
from handlers.replies import open_form
from handlers.syntax import AskWords, CommandSyntaxError, read_ask
from jobs.messages.layout.blocks import Message
from jobs.messages.lead import ask_preview, ask_view
from jobs.messages.lead.ask_draft import AskDraft
from jobs.permissions.may_post import require_full_member
from jobs.permissions.scope import only_product
from jobs.pulses.ask import ask


async def ask_now(context: Context, command: SlashCommand) -> Message | None:
    """`/pulse ask nps about Atlas`: ask at once, as typed; without words, open the form."""
    zone = await context.zone_of(command)
    words = read_ask(command.words, now=command.now, zone=zone)
    if words == AskWords():
        await _form(context, command, schedule=False)
        return None
    draft = await _draft(context, command, words, zone)
    asked = await ask(
        context.store,
        context.directory,
        draft,
        command,
        min_group=context.min_group,
        weeks=context.round_weeks,
        request_id=command.trigger_id,
        with_notes=True,
    )
    context.wake()
    return ask_preview.asked(asked.wave, meets=asked.meets, notes=asked.notes) if asked.wave else None


async def schedule(context: Context, command: SlashCommand) -> Message | None:
    """`/pulse schedule`: open the form, which for a schedule has three more fields."""
    await _form(context, command, schedule=True)
    return None


async def _form(context: Context, command: SlashCommand, *, schedule: bool) -> None:
    await require_full_member(context.directory, command.team_id, command.user_id)
    view = ask_view.ask_form(
        product=await only_product(context.store, context.directory, command),
        min_group=context.min_group,
        weeks=context.round_weeks,
        schedule=schedule,
        zone=await context.zone_of(command),
    )
    await open_form(context.client, command.trigger_id, view)


async def _draft(context: Context, command: SlashCommand, words: AskWords, zone: str) -> AskDraft:
    product = words.product or await only_product(context.store, context.directory, command)
    if product is None or words.instrument is None:
        nearest = f"/pulse ask {words.instrument or 'nps'} about {words.product or 'Atlas'}"
        raise CommandSyntaxError("Say which product it is about.", nearest)
    return AskDraft(
        instrument=words.instrument,
        product=product,
        channel_id=words.channel_id or command.channel_id,
        zone=zone,
        until=words.until,
    )
