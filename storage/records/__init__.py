"""The words of the domain as plain records. Pure: nothing here reads a clock, a database or Slack.

Not here: rows and tables (schema), and records that only one job uses.
"""

from storage.records.answer_records import (
    MOST_CHARACTERS,
    AnswerKey,
    CountedAnswer,
    Forgotten,
    KeptOfPerson,
    Rating,
    Recorded,
    Response,
)
from storage.records.batch_records import (
    Across,
    Batch,
    BlockCut,
    NewBatch,
    NewBlock,
    UnlistedComment,
)
from storage.records.comment_records import Comment, Correction, Label, NewComment
from storage.records.count_records import AskedQuestion
from storage.records.delivery_records import (
    ADMINS,
    Occasion,
    OccasionState,
    Post,
    Posting,
    PostKind,
    PostState,
)
from storage.records.digest_records import Digest, DigestSettings, Edition, Picture, Quote, Share
from storage.records.kinds import Lens, Sentiment, Touchpoint
from storage.records.moments import Period, aware, is_zone
from storage.records.pulse_records import (
    SMALLEST_PROMISE,
    AnswerRules,
    ConfirmedName,
    Product,
    Pulse,
    Uses,
    Wave,
    WaveHeader,
    changed_leads,
)
from storage.records.round_records import (
    GRACE,
    MARKS_KEPT,
    ClassCounts,
    Lean,
    Mark,
    OldRound,
    Question,
    Round,
    RoundKind,
)

__all__ = [
    "ADMINS",
    "GRACE",
    "MARKS_KEPT",
    "MOST_CHARACTERS",
    "SMALLEST_PROMISE",
    "Across",
    "AnswerKey",
    "AnswerRules",
    "AskedQuestion",
    "Batch",
    "BlockCut",
    "ClassCounts",
    "Comment",
    "ConfirmedName",
    "Correction",
    "CountedAnswer",
    "Digest",
    "DigestSettings",
    "Edition",
    "Forgotten",
    "KeptOfPerson",
    "Label",
    "Lean",
    "Lens",
    "Mark",
    "NewBatch",
    "NewBlock",
    "NewComment",
    "Occasion",
    "OccasionState",
    "OldRound",
    "Period",
    "Picture",
    "Post",
    "PostKind",
    "PostState",
    "Posting",
    "Product",
    "Pulse",
    "Question",
    "Quote",
    "Rating",
    "Recorded",
    "Response",
    "Round",
    "RoundKind",
    "Sentiment",
    "Share",
    "Touchpoint",
    "UnlistedComment",
    "Uses",
    "Wave",
    "WaveHeader",
    "aware",
    "changed_leads",
    "is_zone",
]
