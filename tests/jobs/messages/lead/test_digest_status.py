"""What became of a digest."""

from dataclasses import replace

from jobs.messages.lead import digest_status
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check

NEXT = "Monday 30 November at 09:00 CET"


def test_a_digest_is_answered_in_a_sentence() -> None:
    """Saved, shown, posted now and ended each have their sentence."""
    built = digest_status.saved(examples.digest(), notes=["A note."])
    check(built)
    assert built["text"] == (
        "The digest of Atlas is posted here: Mondays 09:00 Europe/Berlin. "
        f"It reads <#C0ATLAS> and <#C0USERS>. Next: {NEXT}. "
        "Nothing is posted in a week without anything to say. A note."
    )
    for each in (
        digest_status.posted(examples.digest()),
        digest_status.ended(examples.digest()),
        digest_status.digests_here([examples.digest()], now=examples.NOW),
        digest_status.digests_here([], now=examples.NOW),
    ):
        check(each)
    again = "`/pulse digest Atlas weekly mon 09:00 Europe/Berlin from` followed by <#C0ATLAS> and <#C0USERS>."
    assert again in str(digest_status.ended(examples.digest()))
    alone = replace(examples.digest(), sources=("C0TEAM",))
    assert "with `/pulse digest Atlas weekly mon 09:00 Europe/Berlin`." in str(digest_status.ended(alone))
    assert digest_status.digests_here([], now=examples.NOW)["text"].startswith(
        "There is no digest in this channel."
    )
