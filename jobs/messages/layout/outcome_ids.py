"""The ids of the form that enters a figure from elsewhere, beside the functions that read them back."""

import re
from dataclasses import dataclass

from jobs.messages.layout.ids import ForgedId

FORM = "outcome"
PRODUCT, KIND, OWN, VALUE, OF, SIDE, SOURCE = "product", "kind", "own", "value", "of", "side", "source"
ANOTHER = "another"  # the choice of a name of one's own


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeForm:
    """What the form carries along: where it was opened, and the figure that it changes, if any."""

    channel_id: str
    outcome_id: str = ""


def write_form(form: OutcomeForm) -> str:
    """The private_metadata of the form."""
    return f"{form.channel_id}/{form.outcome_id}"


def read_form(private_metadata: str) -> OutcomeForm:
    """What a form carried along."""
    found = re.fullmatch(r"([A-Z0-9]{0,32})/([0-9a-f]{0,16})", private_metadata)
    if found is None:
        raise ForgedId("not the metadata of a form that enters a figure")
    return OutcomeForm(channel_id=found[1], outcome_id=found[2])
