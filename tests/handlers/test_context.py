"""What a slash command stands for."""

from handlers.context import SlashCommand
from tests.conftest import MONDAY


def test_without_a_period_six_weeks_are_meant() -> None:
    """A query that names no period is about the last six weeks, on the clocks of the zone."""
    command = SlashCommand(team_id="T1", user_id="U1", channel_id="C1", words="", trigger_id="", now=MONDAY)
    period = command.period(None, "Europe/Berlin")
    assert (period.end - period.start).days == 42
