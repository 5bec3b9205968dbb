"""What became of a digest."""

from dataclasses import replace

from jobs.messages.lead import digest_status
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check

NAMES = {"C0ATLAS": "atlas-customers", "C0USERS": "atlas-users"}


def test_a_digest_is_answered_in_a_sentence() -> None:
    """Set up, changed, not changed, shown, posted now and ended each have their sentence."""
    digest = examples.digest()
    built = digest_status.saved(digest)
    check(built)
    assert built["text"] == (
        "The digest about Atlas is set up. In <#C0TEAM>, Mondays 09:00 Europe/Berlin, "
        "from <#C0ATLAS> and <#C0USERS>. First: Monday 30 November. Buttons: Preview, only to me, Change."
    )
    changed = digest_status.saved(digest, before=replace(digest, cadence="weekly tue 08:00"))
    check(changed)
    assert "The digest about Atlas is changed. In <#C0TEAM>, Mondays 09:00" in changed["text"]
    assert "Before: <#C0TEAM>, Tuesdays 08:00 Europe/Berlin, from <#C0ATLAS> and" in changed["text"]
    same = digest_status.saved(digest, before=digest)
    check(same)
    assert same["text"].startswith("Nothing was changed. The digest about Atlas is set up in <#C0TEAM>,")
    for each in (
        digest_status.posted(digest),
        digest_status.digests_here([digest], now=examples.NOW),
        digest_status.none_here(),
    ):
        check(each)
    assert digest_status.none_here()["text"].startswith("There is no digest in this channel.")


def test_an_ended_digest_says_the_command_that_starts_it_again() -> None:
    """With the names of its channels where the reader may know them, and with a button in any case."""
    digest = examples.digest()
    ended = digest_status.ended(digest, NAMES)
    check(ended)
    assert ended["text"] == (
        "The digest about Atlas has ended in <#C0TEAM>. What was posted stays. To start it again: "
        "/pulse digest Atlas from #atlas-customers #atlas-users weekly mon 09:00 Europe/Berlin. "
        "Button: Start it again."
    )
    unknown = str(digest_status.ended(digest, None))
    assert "weekly mon 09:00 Europe/Berlin from` followed by <#C0ATLAS> and <#C0USERS>" in unknown
    alone = replace(digest, sources=("C0TEAM",))
    assert "`/pulse digest Atlas weekly mon 09:00 Europe/Berlin`" in str(digest_status.ended(alone, None))
    named = replace(digest, product=replace(digest.product, name="Atlas weekly"))
    assert '/pulse digest "Atlas weekly" from' in digest_status.ended(named, NAMES)["text"]
