"""Which answers and comments are counted together, and what is hidden so that nobody is unmasked. Pure.

Not here: who may ask (permissions), how a total becomes a score (scoring), how it is worded (messages).
"""

from jobs.privacy.group_rule import showable

__all__ = ["showable"]
