"""What people type after `/pulse`, read into words of the domain or refused with a sentence. Pure.

Every reader takes the text as Slack sent it, and where times matter `now` and the zone of whoever typed it.
Every reader raises CommandSyntaxError and nothing else, whose message is ready to be sent. Not here: whether
the channel, the product or the question that is meant exists, and who may use it (commands, jobs).
"""

from handlers.syntax.clauses import seen_channel, without_please
from handlers.syntax.comment_syntax import (
    AnswersWords,
    CommentsWords,
    ExportWords,
    read_answers,
    read_comments,
    read_export,
)
from handlers.syntax.digests import DigestVerb, DigestWords, check_digest, read_digest
from handlers.syntax.names import (
    LeadsWords,
    ProductVerb,
    ProductWords,
    name_after,
    read_leads,
    read_number,
    read_products,
)
from handlers.syntax.period_syntax import read_period
from handlers.syntax.product_name import InvalidName, read_product, read_subject
from handlers.syntax.pulses import AskWords, check_ask, read_ask, read_plan
from handlers.syntax.score_syntax import ScoreWords, read_contrast, read_score, read_trend, read_why
from handlers.syntax.syntax_error import CommandSyntaxError, form, nearest_command, which_product
from handlers.syntax.typed_words import as_seen, split_command
from handlers.syntax.until import read_open_for, read_until

__all__ = [
    "AnswersWords",
    "AskWords",
    "CommandSyntaxError",
    "CommentsWords",
    "DigestVerb",
    "DigestWords",
    "ExportWords",
    "InvalidName",
    "LeadsWords",
    "ProductVerb",
    "ProductWords",
    "ScoreWords",
    "as_seen",
    "check_ask",
    "check_digest",
    "form",
    "name_after",
    "nearest_command",
    "read_answers",
    "read_ask",
    "read_comments",
    "read_contrast",
    "read_digest",
    "read_export",
    "read_leads",
    "read_number",
    "read_open_for",
    "read_period",
    "read_plan",
    "read_product",
    "read_products",
    "read_score",
    "read_subject",
    "read_trend",
    "read_until",
    "read_why",
    "seen_channel",
    "split_command",
    "which_product",
    "without_please",
]
