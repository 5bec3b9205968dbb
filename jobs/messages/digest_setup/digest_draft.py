"""A digest that somebody is about to set, kept in a button or in the private_metadata of a form."""

import json
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from jobs.messages.layout.ids import ForgedId
from storage.records import Digest

LONGEST_VALUE = 2_000  # of a button
MOST_SOURCES = 30  # so that a button has room for them
_Channel = Annotated[str, Field(pattern=r"^[A-Z0-9]{1,24}$")]
_Words = Annotated[str, Field(max_length=120)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDraft:
    """A digest before it is set: what it is about, where it is posted, which channels it reads, and when.

    `product` is empty where none was chosen yet. `cadence` is text that `jobs.cadence.read` understands.
    """

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid", strict=True)

    product: _Words
    channel_id: _Channel
    sources: Annotated[tuple[_Channel, ...], Field(max_length=MOST_SOURCES, strict=False)]
    cadence: _Words
    zone: _Words

    @classmethod
    def of(cls, digest: Digest) -> "DigestDraft":
        """The draft by which a digest would be set once more as it is."""
        return cls(
            product=digest.product.name,
            channel_id=digest.channel_id,
            sources=digest.sources,
            cadence=digest.cadence,
            zone=digest.zone,
        )


_DRAFT = TypeAdapter(DigestDraft)


def write_digest(draft: DigestDraft) -> str:
    """The value of a button, or the private_metadata of a page."""
    return json.dumps(_DRAFT.dump_python(draft, mode="json"), separators=(",", ":"), ensure_ascii=False)


def fits(draft: DigestDraft) -> bool:
    """Whether a button has room for a draft; for one that somebody has set it always has."""
    return len(draft.sources) <= MOST_SOURCES and len(write_digest(draft)) <= LONGEST_VALUE


def read_digest_draft(written: str) -> DigestDraft:
    """The draft that `write_digest` wrote; raises ForgedId for anything else."""
    try:
        return _DRAFT.validate_json(written)
    except ValidationError as error:
        raise ForgedId("not the draft of a digest") from error
