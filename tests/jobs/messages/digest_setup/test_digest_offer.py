"""A digest as it is shown before it is set."""

from dataclasses import replace
from datetime import date

from jobs.messages.digest_setup import digest_offer
from jobs.messages.digest_setup.digest_draft import DigestDraft
from jobs.messages.digest_setup.digest_offer import AskedThere, DigestOffer
from storage.records import Lens
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check

OFFER = DigestOffer(
    draft=DigestDraft.of(examples.digest()),
    first=date(2026, 11, 30),
    asked={
        Lens.CX: [AskedThere(instrument="nps", channel_id="C0ATLAS", answered=12, closes=date(2026, 11, 27))],
        Lens.UX: [AskedThere(instrument="umux_lite", channel_id="C0USERS", asked_next=date(2026, 12, 14))],
    },
)


def test_what_is_read_and_when_it_comes_first() -> None:
    """Each side with its question and answers so far, the first day, and that a silent week is silent."""
    built = digest_offer.offered(OFFER)
    check(built)
    assert built["text"] == (
        "Atlas, in <#C0TEAM>, Mondays 09:00 Europe/Berlin. First: Monday 30 November. "
        "Customers: NPS in <#C0ATLAS>. 12 answers so far, closes Friday 27 November. "
        "Users: UMUX-Lite in <#C0USERS>. Asked next on Monday 14 December. "
        "Nothing is posted in a week without anything to say. Nothing is set up yet. "
        "Buttons: Set it up, Change it first."
    )
    page = digest_offer.offer_page(OFFER)
    check(page)
    assert page["submit"]["text"] == "Set it up"


def test_a_side_or_a_channel_that_is_missing_is_said() -> None:
    """Where nothing is asked; and where Bifocal is not, nothing can be set up yet."""
    one = replace(OFFER, asked={**OFFER.asked, Lens.UX: []})
    assert "Users: nothing is asked in these channels yet. The digest then shows one side." in str(
        digest_offer.offered(one)["text"]
    )
    none = digest_offer.offered(replace(OFFER, asked={}))["text"]
    assert "Nothing is asked in these channels yet; the digest begins once something is." in none
    assert "shows one side" not in none
    gone = replace(OFFER, missing=["C0USERS"])
    assert "Bifocal is not in <#C0USERS>. Type /invite @Bifocal there" in digest_offer.offered(gone)["text"]
    assert "Set it up" not in str(digest_offer.offered(gone)["blocks"])
    assert "submit" not in digest_offer.offer_page(gone)


def test_a_name_that_nobody_has_used_is_said_first() -> None:
    """With the names that may have been meant."""
    new = replace(OFFER, is_new_name=True, near=["Atlas", "Atlas Pro"])
    text = digest_offer.offered(new)["text"]
    assert text.startswith(
        "Atlas is new here: nothing was asked about it yet. Did you mean Atlas or Atlas Pro?"
    )


def test_no_answers_are_no_count() -> None:
    """At none the count is left out."""
    open_now = AskedThere(instrument="nps", channel_id="C0ATLAS", closes=date(2026, 11, 27))
    text = digest_offer.offered(replace(OFFER, asked={Lens.CX: [open_now]}))["text"]
    assert "NPS in <#C0ATLAS>. Closes Friday 27 November." in text
