"""CX beside UX: two sides, tone, topics, what one says of the other. Pure.

Not here: a score and its ladder (scoring), how large a group must be (privacy), words and blocks (messages).
"""

from jobs.contrast.build import UsersOf, contrast
from jobs.contrast.changed import Direction
from jobs.contrast.cuts import SideComments, side_comments
from jobs.contrast.record import Contrast, OtherScore, Side, from_json, to_json
from jobs.contrast.side import SideInput
from jobs.contrast.side_parts import HistoryRow, OpenQuestion

__all__ = [
    "Contrast",
    "Direction",
    "HistoryRow",
    "OpenQuestion",
    "OtherScore",
    "Side",
    "SideComments",
    "SideInput",
    "UsersOf",
    "contrast",
    "from_json",
    "side_comments",
    "to_json",
]
