"""What a lead is about to ask, kept in the private_metadata of the preview."""

import json
from dataclasses import dataclass, fields
from datetime import timedelta

from jobs.messages.layout.ids import ForgedId
from storage.records import Lens


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDraft:
    """A question before it is asked.

    `subject` is empty where the product's name stands in the question; `lens` is None for the instrument's
    own side; `cadence` is text that `jobs.cadence.read` understands, None for a question asked once and now.
    """

    instrument: str
    product: str
    channel_id: str
    zone: str
    subject: str = ""
    open_for: timedelta = timedelta(days=7)
    named: bool = False
    lens: Lens | None = None
    cadence: str | None = None

    @property
    def words(self) -> str:
        """The words that stand in the question."""
        return self.subject or self.product


def write_draft(draft: AskDraft) -> str:
    """The private_metadata of a preview."""
    kept = {field.name: getattr(draft, field.name) for field in fields(draft)}
    kept["open_for"] = draft.open_for.total_seconds()
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)


def read_draft(private_metadata: str) -> AskDraft:
    """The draft that `write_draft` wrote; raises ForgedId for anything else."""
    try:
        kept = json.loads(private_metadata)
        kept["open_for"] = timedelta(seconds=kept["open_for"])
        kept["lens"] = Lens(kept["lens"]) if kept["lens"] else None
        draft = AskDraft(**kept)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise ForgedId("not the metadata of a preview") from error
    texts = (
        draft.instrument,
        draft.product,
        draft.channel_id,
        draft.zone,
        draft.subject,
        draft.cadence or "",
    )
    if not all(isinstance(text, str) for text in texts) or not isinstance(draft.named, bool):
        raise ForgedId("not the metadata of a preview")
    return draft
