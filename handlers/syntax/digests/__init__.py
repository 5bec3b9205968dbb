"""What people type after `/pulse digest` and into the form of a digest, read into words of the domain. Pure.

Not here: what a schedule is, and where in a sentence it begins (schedule_syntax, schedule_start).
"""

from handlers.syntax.digests.digest_fields import check_digest
from handlers.syntax.digests.digest_syntax import DigestVerb, DigestWords, read_digest

__all__ = ["DigestVerb", "DigestWords", "check_digest", "read_digest"]
