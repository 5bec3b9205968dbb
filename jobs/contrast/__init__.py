"""CX beside UX for a period: two sides, their verdict, tone, topics and what one says of the other. Pure."""

from jobs.contrast.build import contrast
from jobs.contrast.figures import from_json, to_json
from jobs.contrast.record import Contrast, Crossing, OpenQuestion, People, Side, State
from jobs.contrast.side import SideInput

__all__ = [
    "Contrast",
    "Crossing",
    "OpenQuestion",
    "People",
    "Side",
    "SideInput",
    "State",
    "contrast",
    "from_json",
    "to_json",
]
