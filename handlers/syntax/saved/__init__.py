"""What people type after `/pulse say`. Not here: which product is meant (commands, jobs)."""

from handlers.syntax.saved.say_syntax import SayWords, read_say

__all__ = ["SayWords", "read_say"]
