"""The words of the domain as plain records. Pure: nothing here reads a clock, a database or Slack."""

from storage.records.answers import Person, Rating, Recorded, Response
from storage.records.asking import Posting, Product, Pulse, Terms, Wave
from storage.records.comments import Comment, Correction, Label, NewComment
from storage.records.digests import Digest, Edition, Quote
from storage.records.kinds import Lens, Sentiment, Touchpoint
from storage.records.moments import Period, aware
from storage.records.posting import Occasion, OccasionState, Post, PostKind, PostState

__all__ = [
    "Comment",
    "Correction",
    "Digest",
    "Edition",
    "Label",
    "Lens",
    "NewComment",
    "Occasion",
    "OccasionState",
    "Period",
    "Person",
    "Post",
    "PostKind",
    "PostState",
    "Posting",
    "Product",
    "Pulse",
    "Quote",
    "Rating",
    "Recorded",
    "Response",
    "Sentiment",
    "Terms",
    "Touchpoint",
    "Wave",
    "aware",
]
