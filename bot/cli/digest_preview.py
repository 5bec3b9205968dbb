"""Shows every digest on the terminal as it would be posted now; posts nothing."""

from rich.console import Console

from bot.app import build
from bot.cli.run import utc_now
from bot.config.settings import Settings
from bot.sandbox.demo.terminal import panel
from jobs.digests.configure import preview_of
from jobs.messages.layout.sentence import sentence
from jobs.permissions.refusal import Refused
from jobs.permissions.scope import sources_of


async def print_digests(settings: Settings, console: Console | None = None) -> None:
    """Every digest that is not removed, with its heading, as of now."""
    console = console or Console()
    bot = await build(settings, clock=utc_now)
    try:
        digests = await bot.store.digests.everywhere()
        if not digests:
            console.print("No digest is set. In a channel: /pulse digest weekly mon 09:00 Europe/Berlin")
        for digest in digests:
            sources = await sources_of(bot.context.directory, digest)
            try:
                message = await preview_of(
                    bot.store,
                    bot.context.directory,
                    bot.client,
                    digest,
                    sources,
                    counting=bot.context.counting,
                    now=utc_now(),
                )
            except Refused as refused:
                message = sentence(str(refused))
            console.print(panel(message, digest.channel_id, {}))
    finally:
        await bot.close()
