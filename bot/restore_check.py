"""Asks at the start whether the database was put back from a copy."""

import logging
from datetime import datetime

from bot.config.kept_outside import KeptOutside
from bot.config.setting_types import SettingsError, database_file
from bot.config.settings import Settings
from jobs.answers.respondent_key import Respondents
from storage.engine.address import is_in_memory, is_postgres, read_url
from storage.store import Store

LOG = logging.getLogger(__name__)


async def check_for_restore(store: Store, settings: Settings, now: datetime) -> None:
    """Make a database safe that was put back from a copy, and say so; one in memory never was."""
    url = read_url(settings.database_url)
    if is_in_memory(url):
        return
    beside = settings.bifocal_folder.absolute() / "bifocal.db" if is_postgres(url) else database_file(url)
    outside, key_of = KeptOutside(beside), Respondents(settings.bifocal_secret).confidential
    try:
        restored = await store.restores.check(outside, now=now, key_of=key_of)
    except SettingsError:
        await store.close()
        raise
    if restored:
        LOG.warning(
            "This database was put back from a copy, or moved without its .run file: %s questions that "
            "were open or waiting lost their answers, nothing is counted for four weeks, and %s later "
            "erasures were done again.",
            restored.waves,
            restored.erasures,
        )
