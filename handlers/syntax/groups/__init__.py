"""What people type after `/pulse group`.

Not here: a group among the words of other commands (clauses); which groups there are, and who may read them
(jobs).
"""

from handlers.syntax.groups.group_syntax import GroupVerb, GroupWords, read_group

__all__ = ["GroupVerb", "GroupWords", "read_group"]
