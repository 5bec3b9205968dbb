"""What a lead is about to ask, kept in the private_metadata of the preview, or behind a button."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from jobs.messages.layout.ids import ForgedId
from storage.records import Lens


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDraft:
    """A question before it is asked.

    `subject` is empty where the product's name stands in the question; `lens` is None for the instrument's
    own side; `until` is when it closes, where that was said; else `open_for` is how long it is open, None
    where it closes in time for a digest; `cadence` is text that `jobs.cadence.read` understands, None for a
    question asked once and now. `new_name` and `anyway` say that the lead has confirmed the name of a new
    product, and that answers may have to wait for their count; `request` is Slack's id of what was typed.
    `changes` is the number of the pulse whose schedule it changes, 0 for a new one.
    """

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid", strict=True, ser_json_timedelta="float")

    instrument: str
    product: str
    channel_id: str
    zone: str
    subject: str = ""
    until: datetime | None = None
    open_for: Annotated[timedelta | None, Field(strict=False)] = None  # written as seconds
    named: bool = False
    lens: Lens | None = None
    cadence: str | None = None
    new_name: bool = False
    anyway: bool = False
    request: str = ""
    changes: int = 0

    @property
    def words(self) -> str:
        """The words that stand in the question."""
        return self.subject or self.product


_DRAFT = TypeAdapter(AskDraft)


def write_draft(draft: AskDraft) -> str:
    """The private_metadata of a preview, or the value of a button."""
    kept = _DRAFT.dump_python(draft, mode="json")
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)


def read_draft(private_metadata: str) -> AskDraft:
    """The draft that `write_draft` wrote; raises ForgedId for anything else."""
    try:
        return _DRAFT.validate_json(private_metadata)
    except ValidationError as error:
        raise ForgedId("not the metadata of a preview") from error
