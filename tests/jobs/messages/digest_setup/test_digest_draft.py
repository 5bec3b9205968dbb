"""The draft of a digest in a button."""

import pytest

from jobs.messages.digest_setup.digest_draft import (
    MOST_SOURCES,
    DigestDraft,
    fits,
    read_digest_draft,
    write_digest,
)
from jobs.messages.layout.ids import ForgedId
from tests.jobs.messages import examples


def test_a_draft_is_read_back() -> None:
    """What a button or a page carries is the digest as it was shown, and fits its place at its longest."""
    draft = DigestDraft.of(examples.digest())
    assert read_digest_draft(write_digest(draft)) == draft
    longest = DigestDraft(
        product="Ü" * 60,
        channel_id="C" * 11,
        sources=("C" * 11,) * MOST_SOURCES,
        cadence="every 4 weeks mon 09:00 from 2026-11-30",
        zone="America/Argentina/ComodRivadavia",
    )
    assert fits(longest)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[]",
        "{}",
        '{"product":"Atlas"}',
        '{"product":"A","channel_id":"c 1","sources":[],"cadence":"w","zone":"UTC"}',
        '{"product":1,"channel_id":"C1","sources":[],"cadence":"w","zone":"UTC"}',
    ],
)
def test_a_forged_draft_is_refused(written: str) -> None:
    """Whoever presses a button can send anything."""
    with pytest.raises(ForgedId):
        read_digest_draft(written)
