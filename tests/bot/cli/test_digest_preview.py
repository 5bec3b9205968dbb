"""`bifocal digest --print`."""

from io import StringIO
from pathlib import Path

from rich.console import Console

from bot.cli.digest_preview import print_digests
from tests.conftest import Company, Running, settings_for


async def test_digests_on_the_terminal(running: Running, company: Company, tmp_path: Path) -> None:
    """Every digest as it would be posted now; nothing is posted. Without one, how to start."""
    settings = settings_for(running.slack, tmp_path)
    told = StringIO()
    await print_digests(settings, Console(file=told, width=100))
    assert "No digest is set." in told.getvalue()
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    await running.ask(company.lead, company.channel)
    posted = len(company.channel.messages)
    told = StringIO()
    await print_digests(settings, Console(file=told, width=100))
    assert "Atlas: no customer score yet; users are not asked here" in told.getvalue()
    assert len(company.channel.messages) == posted
