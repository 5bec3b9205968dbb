"""A local Slack: strict, in memory, on loopback. Tests and the demo drive the real bot against it."""

from bot.sandbox.model.clock import SteppedClock
from bot.sandbox.server import FakeSlack

__all__ = ["FakeSlack", "SteppedClock"]
