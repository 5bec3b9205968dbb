"""A draft is carried from the form through the preview."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.messages.layout.ids import ForgedId
from jobs.messages.lead.ask_draft import AskDraft, read_draft, write_draft
from storage.records import Lens

NPS = AskDraft(instrument="nps", product="Atlas", channel_id="C0ATLAS", zone="Europe/Berlin")


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from([None, *Lens]), st.booleans())
@settings(deadline=None)
def test_a_draft_is_read_back(product: str, subject: str, lens: Lens | None, named: bool) -> None:  # noqa: FBT001
    """The preview gives back the draft unchanged, and it fits Slack's limit."""
    of = replace(NPS, product=product, subject=subject, lens=lens, named=named, cadence="weekly mon 09:00")
    written = write_draft(of)
    assert read_draft(written) == of
    assert len(written) <= 3000


@pytest.mark.parametrize("forged", ["", "[]", "{}", "null", '{"instrument":1}', "[" * 5000])
def test_a_forged_draft_is_refused(forged: str) -> None:
    """Anything that was not written here raises ForgedId."""
    with pytest.raises(ForgedId):
        read_draft(forged)


def test_a_draft_of_other_kinds_is_refused() -> None:
    """A field of a wrong type is refused, though it is valid JSON."""
    written = write_draft(replace(NPS, open_for=timedelta(days=7)))
    for old, new in (('"nps"', "7"), ("false", '"no"'), ("604800.0", '"long"'), ("604800.0", "1e30")):
        with pytest.raises(ForgedId):
            read_draft(written.replace(old, new))
