"""What people type after `/pulse`, read into words of the domain or refused with a sentence.

Pure: every reader takes the text as Slack sent it, and where times matter `now` and the zone of whoever typed
it. Every reader raises PhraseError and nothing else, whose message is ready to be sent.
"""

from handlers.phrases.asking import AskWords, read_ask
from handlers.phrases.comments import CommentsWords, read_comments
from handlers.phrases.digests import DigestVerb, DigestWords, read_digest
from handlers.phrases.errors import PhraseError, form, unknown_command
from handlers.phrases.moments import read_open_for, read_until
from handlers.phrases.numbers import read_number
from handlers.phrases.periods import read_period
from handlers.phrases.scores import ScoreWords, read_contrast, read_score
from handlers.phrases.subjects import SubjectError, read_subject
from handlers.phrases.words import split_command

__all__ = [
    "AskWords",
    "CommentsWords",
    "DigestVerb",
    "DigestWords",
    "PhraseError",
    "ScoreWords",
    "SubjectError",
    "form",
    "read_ask",
    "read_comments",
    "read_contrast",
    "read_digest",
    "read_number",
    "read_open_for",
    "read_period",
    "read_score",
    "read_subject",
    "read_until",
    "split_command",
    "unknown_command",
]
