"""`/pulse ...`: finds the command, answers the one who typed, and says so when it cannot."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.commands.command_table import SUBCOMMANDS, Subcommand
from handlers.context import Context, SlashCommand
from handlers.home_tab import publish_home
from handlers.nearest_example import example_here
from handlers.page_updates import answer_in_place
from handlers.payloads import Body, Click, read_click, read_command
from handlers.replies import reply_or_refusal, tell
from handlers.syntax import (
    CommandSyntaxError,
    as_seen,
    name_after,
    nearest_command,
    split_command,
    without_please,
)
from jobs.messages.help.example_digest import example_digest
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.did_you_mean import unknown_command, unknown_product
from jobs.messages.layout.sentence import sentence
from jobs.messages.wording import lead_refusals
from jobs.permissions.scope import UnknownProduct

ANYWHERE = frozenset({"help", "me", "forget", "say"})
"""The commands that may be typed in a direct message: all others are about a channel."""

AT_ONCE = frozenset({"pause", "resume", "close", "ask", "digest", "leads", "outcome", "group"})
"""The commands that with words do at once what they say; all others show something, or ask first."""

NAMING_ONE = frozenset({"ask", "schedule"})
"""The commands that may name their channel, or choose it in their form, which opens without words."""

FOR_HELP = frozenset({"help", "?", "-h", "--help", "usage"})


async def on_command(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Ack at once, since some commands ask Slack first; the answer goes to the one who typed."""
    typed = read_command(body)
    name, words = split_command(typed.text)
    words = words if name == "say" else without_please(words)
    if words.strip().casefold() in FOR_HELP and name in SUBCOMMANDS:
        name, words = "help", name
    command = SlashCommand(
        team_id=typed.actor.team_id,
        user_id=typed.actor.user_id,
        channel_id=typed.channel_id,
        words=words,
        trigger_id=typed.trigger_id,
        now=context.clock(),
    )
    await ack()
    name = name or "help"
    if typed.in_direct_message and _needs_channel(name, words):
        again = lead_refusals.no_channel(as_seen(f"{name} {words}".strip()))
        context.background.start(tell(respond, sentence(again)))
    elif name not in SUBCOMMANDS:
        none = _unknown(name, words, in_channel=not typed.in_direct_message)
        context.background.start(tell(respond, none))
    else:
        context.background.start(_answer(respond, name, context, command), command=name, team=command.team_id)


def _unknown(typed: str, words: str, *, in_channel: bool) -> Message:
    """What is said of a command that there is not, with a button for the nearest where running it is safe."""
    found = nearest_command(typed, words, SUBCOMMANDS)
    if found is None:
        return unknown_command(typed, about=name_after(words))
    near, words = found
    whole = near if near in ANYWHERE and near != "help" else f"{near} {words}".strip()
    runs = (in_channel or not _needs_channel(near, words)) and not (words and near in AT_ONCE)
    return unknown_command(typed, as_seen(whole), runs=whole if runs else "")


def _needs_channel(name: str, words: str) -> bool:
    if name in NAMING_ONE:
        return bool(words.strip()) and "<#" not in words
    return name in SUBCOMMANDS and name not in ANYWHERE


async def on_help(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Show the help below the message in which Help was pressed."""
    click = read_click(body)
    await ack()
    command = SlashCommand.by_click(click, "", now=context.clock())
    context.background.start(_answer(respond, "help", context, command), team=command.team_id)


async def on_example(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Show a digest with invented figures below the help, or over Home."""
    click = read_click(body)
    await ack()
    if _in_home(click):
        shown = answer_in_place(context.client, respond, click, example_digest())
    else:
        shown = tell(respond, example_digest())
    context.background.start(shown, team=click.actor.team_id)


async def on_again(
    ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context, stays: bool = False
) -> None:
    """Run the command behind a button or in a menu, as if its presser had typed it.

    The private message that holds it is replaced by the answer, or `stays` above it.
    """
    click = read_click(body)
    name, words = split_command(click.value)
    if name not in SUBCOMMANDS:
        raise ids.ForgedId("no command of ours")
    channel_id = ids.read_home_row(click.block_id) if _in_home(click) else click.channel_id
    await ack()
    command = SlashCommand.by_click(click, words, now=context.clock(), channel_id=channel_id)
    if _in_home(click):
        answer = _answer_in_home(respond, name, context, command, click)
    else:
        answer = _answer(respond, name, context, command, replace=click.private and not stays)
    context.background.start(answer, command=name, team=command.team_id)


def _in_home(click: Click) -> bool:
    return click.view is not None and not click.in_form


async def _answer_in_home(
    respond: AsyncRespond, name: str, context: Context, command: SlashCommand, click: Click
) -> None:
    """Answer in a form, if the command has not opened one itself; then Home shows what has changed."""
    message = await reply_or_refusal(_run(SUBCOMMANDS[name], name, context, command), team_id=command.team_id)
    if message is not None:
        await answer_in_place(context.client, respond, click, message)
    await publish_home(context, click.actor, seen=click.view)


async def _answer(
    respond: AsyncRespond, name: str, context: Context, command: SlashCommand, *, replace: bool = False
) -> None:
    answer = _run(SUBCOMMANDS[name], name, context, command)
    message = await reply_or_refusal(answer, team_id=command.team_id)
    if message is not None:
        await tell(respond, message, replace=replace)


async def _run(subcommand: Subcommand, name: str, context: Context, command: SlashCommand) -> Message | None:
    try:
        return await subcommand.run(context, command)
    except CommandSyntaxError as error:
        raise await example_here(context, command, error) from error
    except UnknownProduct as unknown:
        return unknown_product(
            command.words, unknown.name, unknown.near, command=name, meant=bool(unknown.meant)
        )
