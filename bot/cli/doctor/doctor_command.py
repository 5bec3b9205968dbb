"""Looks at everything in turn; what cannot be looked at stops nothing else."""

from collections.abc import AsyncIterator, Callable

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.doctor.database_checks import look_at_database
from bot.cli.doctor.doctor_line import Finding, Mark, ok, unseen, wrong
from bot.cli.doctor.slack_checks import look_at_app_token, look_at_channels, look_at_token
from bot.cli.doctor.work_checks import look_at_due, look_at_outbox, look_at_running_bot, look_at_schedules
from bot.cli.run import utc_now
from bot.config.setting_types import SettingsError
from bot.config.settings import Settings
from bot.connection.pools import CountingClient, Pools, client_of
from bot.health.trouble_words import WORDS
from storage.engine.trouble import trouble_of
from storage.store import Store

OF_SETTINGS = ("database", "token", "channels", "outbox", "schedules", "running bot")
OF_DATABASE = ("channels", "outbox", "schedules", "due work")


async def examine(check: Callable[[], Settings], say: Callable[[str], None]) -> bool:
    """Say a line for each thing; whether nothing has to be mended."""
    well = True
    async for finding in _findings(check):
        well = well and finding.mark is not Mark.WRONG
        say(str(finding))
    return well


async def _findings(check: Callable[[], Settings]) -> AsyncIterator[Finding]:
    try:
        settings = check()
    except SettingsError as error:
        for line in str(error).splitlines():
            yield wrong("settings", line)
        for what in OF_SETTINGS:
            yield unseen(what, "the settings are wrong")
        return
    yield ok("settings", "right; bifocal settings shows them")
    database = await look_at_database(settings)
    for finding in database:
        yield finding
    pools = Pools()
    where = settings.slack_bot_token.get_secret_value(), settings.slack_api_url
    client = client_of(CountingClient, pools.calls, *where)
    try:
        token, may_ask = await look_at_token(client)
        for finding in token:
            yield finding
        if settings.slack_app_token is not None:
            yield await look_at_app_token(client, settings.slack_app_token.get_secret_value())
        if database[0].mark is Mark.WRONG:
            for what in OF_DATABASE:
                yield unseen(what, "the database cannot be worked with")
        else:
            async for finding in _of_work(settings, client if may_ask else None):
                yield finding
    finally:
        await pools.close()
    yield await look_at_running_bot(settings)


async def _of_work(settings: Settings, client: AsyncWebClient | None) -> AsyncIterator[Finding]:
    """What the database says of the work, and Slack of the channels for it."""
    store = await Store.open(settings.database_url, zone=settings.bifocal_timezone)
    try:
        now = await store.now() or utc_now()
        if client is None:
            yield unseen("channels", "Slack has not taken the token")
        else:
            for finding in await look_at_channels(client, await _channels(store)):
                yield finding
        yield await look_at_outbox(store, now)
        for finding in await look_at_schedules(store):
            yield finding
        yield await look_at_due(store, now)
    except SQLAlchemyError as error:
        yield unseen("work", WORDS[trouble_of(error)])
    finally:
        await store.close()


async def _channels(store: Store) -> set[str]:
    """Where questions are open or repeat, where digests are posted, and what they read."""
    pulses = [pulse for pulse in await store.schedules.live() if not pulse.paused]
    digests = [digest for digest in await store.digests.everywhere() if not digest.paused]
    return {
        *(pulse.channel_id for pulse in pulses),
        *(channel for digest in digests for channel in (digest.channel_id, *digest.sources)),
    }
