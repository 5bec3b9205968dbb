"""The ids of the buttons under a digest and under shared results, beside the functions that read them."""

import json
import re
from dataclasses import dataclass
from typing import Any

from jobs.messages.layout.ids import ForgedId

# Each action_id
COMMENTS = "comments"
HOW = "how"
SHARE = "share"
UNSHARE = "unshare"

# Each callback_id of a form
HOW_VIEW = "how"
SHARE_FORM = "share"
SHARE_PREVIEW = "share_preview"

# Each block_id of an input
WHERE_BLOCK = "where"
NEXT_BLOCK = "next"

LONGEST_NEXT_STEP = 200
_ID = r"[0-9A-Za-z_-]{1,64}"
_CHANNEL = re.compile(r"[A-Z0-9]{1,32}")


@dataclass(frozen=True, slots=True)
class Explained:
    """What "How this works" explains: an edition, or with `shared` the results that were shared of one."""

    id: str
    shared: bool = False


def share_block(share_id: str) -> str:
    """The row of buttons under shared results, and the value of the one that explains them: `share/12`."""
    return f"share/{share_id}"


def read_explained(value: str) -> Explained:
    """What the button "How this works" is to explain."""
    kind, found = _match(rf"(edition|share)/({_ID})", value)
    return Explained(found, shared=kind == "share")


def read_edition(value: str) -> str:
    """The edition of a button or of a row of buttons."""
    return _match(rf"edition/({_ID})", value)[0]


def edition_of(block_id: str) -> str | None:
    """The edition under which a row of buttons stands; None for any other row."""
    found = re.fullmatch(rf"edition/({_ID})", block_id)
    return found[1] if found else None


def read_topic(value: str) -> str:
    """The topic of the button that lists comments."""
    return _match(r"([a-z]{1,20})", value)[0]


def read_share(value: str) -> str:
    """The share of the button that removes it."""
    return _match(rf"({_ID})", value)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareDraft:
    """What a lead is about to share: an edition, to which channels, with what they say about it."""

    edition_id: str
    where: tuple[str, ...] = ()
    next_step: str = ""


def write_draft(draft: ShareDraft) -> str:
    """The private_metadata of the form that shares, and of its preview."""
    written: dict[str, Any] = {"edition": draft.edition_id}
    if draft.where:
        written |= {"where": draft.where, "next": draft.next_step}
    return json.dumps(written, separators=(",", ":"), ensure_ascii=False)


def read_draft_of(private_metadata: str) -> ShareDraft:
    """The draft in that form; ForgedId for what no form of ours carries."""
    try:
        held = json.loads(private_metadata)
        edition_id, where = held["edition"], held.get("where", [])
        next_step = held.get("next", "")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ForgedId("not the metadata of a form that shares results") from error
    if not isinstance(where, list) or not isinstance(next_step, str) or len(next_step) > LONGEST_NEXT_STEP:
        raise ForgedId("not the metadata of a form that shares results")
    return ShareDraft(
        edition_id=_match(rf"({_ID})", str(edition_id))[0], where=channels(where), next_step=next_step
    )


def channels(values: list[object]) -> tuple[str, ...]:
    """The channels that were ticked; ForgedId for what is none."""
    found = [value for value in values if isinstance(value, str) and _CHANNEL.fullmatch(value)]
    if len(found) < len(values):
        raise ForgedId("no channel")
    return tuple(dict.fromkeys(found))


def _match(pattern: str, text: str) -> tuple[str, ...]:
    found = re.fullmatch(pattern, text)
    if found is None:
        raise ForgedId(f"no id of ours: {text[:80]!r}")
    return found.groups()
