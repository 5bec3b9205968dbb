"""Which groups are large enough to be shown, and what is hidden with a small one. Pure.

Not here: who may ask (permissions), how it is worded (messages).
"""

from jobs.privacy.group_rule import showable, smallest_group

__all__ = ["showable", "smallest_group"]
