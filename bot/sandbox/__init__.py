"""A local Slack: strict, in memory, on loopback. Tests and the demo drive the real bot against it.

Not here: anything that the bot needs to run; only the command line uses the sandbox, for the demo.
"""

from bot.sandbox.model.clock import SteppedClock
from bot.sandbox.server import FakeSlack

__all__ = ["FakeSlack", "SteppedClock"]
