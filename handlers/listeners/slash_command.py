"""`/pulse ...`: finds the command, answers the one who typed, and says so when it cannot."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.commands.command_table import SUBCOMMANDS, Subcommand
from handlers.context import Context, SlashCommand
from handlers.payloads import Body, read_command
from handlers.replies import reply_or_refusal, tell
from handlers.syntax import split_command, unknown_command
from jobs.messages.layout.sentence import sentence


async def on_command(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Ack at once, since some commands ask Slack first; the answer goes to the one who typed."""
    typed = read_command(body)
    name, words = split_command(typed.text)
    command = SlashCommand(
        team_id=typed.actor.team_id,
        user_id=typed.actor.user_id,
        channel_id=typed.channel_id,
        words=words,
        trigger_id=typed.trigger_id,
        now=context.clock(),
    )
    await ack()
    subcommand = SUBCOMMANDS.get(name or "help")
    if subcommand is None:
        context.background.start(tell(respond, sentence(unknown_command(name, SUBCOMMANDS))))
    else:
        context.background.start(
            _answer(respond, subcommand, context, command), command=name, team=command.team_id
        )


async def _answer(
    respond: AsyncRespond,
    subcommand: Subcommand,
    context: Context,
    command: SlashCommand,
) -> None:
    message = await reply_or_refusal(subcommand.run(context, command), team_id=command.team_id)
    if message is not None:
        await tell(respond, message)
