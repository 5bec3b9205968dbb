"""What people type after `/pulse ask` and `schedule` and into their form, read into words. Pure.

Not here: until when a question is open (until), and what its schedule is (schedule_syntax).
"""

from handlers.syntax.pulses.ask_fields import check_ask
from handlers.syntax.pulses.ask_syntax import AskWords, read_ask, read_plan

__all__ = ["AskWords", "check_ask", "read_ask", "read_plan"]
