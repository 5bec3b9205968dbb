"""CX beside UX: two sides, tone, topics, what one says of the other. Pure.

Not here: a score and its ladder (scoring), how large a group must be (privacy), words and blocks (messages).
"""

from jobs.contrast.build import contrast
from jobs.contrast.record import (
    Contrast,
    Crossing,
    OpenQuestion,
    People,
    Side,
    from_json,
    to_json,
)
from jobs.contrast.side import SideInput

__all__ = [
    "Contrast",
    "Crossing",
    "OpenQuestion",
    "People",
    "Side",
    "SideInput",
    "contrast",
    "from_json",
    "to_json",
]
