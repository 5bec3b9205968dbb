"""Who sees what, as it was drawn."""

from dataclasses import replace

from jobs.messages.respondent import who_sees
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check
from tests.jobs.messages.drawing import drawn, plainly


def test_privacy_is_as_it_was_drawn() -> None:
    """Privacy has five short paragraphs and the button to what is kept."""
    built = who_sees.privacy(examples.wave(), readers=[examples.digest()])
    check(built)
    assert plainly(built) == drawn("privacy")


def test_privacy_names_every_reader() -> None:
    """Each channel whose digest reads the question is named, with its rhythm."""
    readers = [
        examples.digest(channel_id=channel, cadence=cadence)
        for channel, cadence in (
            ("C1", "weekly tue 09:00"),
            ("C2", "every 2 weeks fri 09:00 from 2026-11-27"),
            ("C3", "monthly 31 09:00"),
            ("C4", "quarterly 1 09:00"),
            ("C5", "cron 0 9 * * 1"),
        )
    ]
    built = who_sees.privacy(examples.wave(), readers=readers)
    check(built)
    read = built["blocks"][3]["text"]["text"]
    assert read == (
        "*Who asks:* Priya Nair. *Who reads:* <#C1>, on Tuesdays; <#C2>, every second Friday; "
        "<#C3>, once a month; <#C4>, once a quarter; <#C5>, Cron `0 9 * * 1` Europe/Berlin."
    )


def test_without_a_digest_the_channel_itself_reads() -> None:
    """Without a digest, the channel of the question is named as the reader."""
    built = who_sees.privacy(examples.wave(), readers=[])
    check(built)
    assert "*Who reads:* <#C0ATLAS>, when somebody there asks for it." in str(built)


def test_a_named_question_does_not_promise_what_it_does_not_keep() -> None:
    """A question with names says that leads see them and that the Slack id is kept."""
    built = who_sees.privacy(examples.wave(replace(examples.pulse(), named=True)), readers=[])
    check(built)
    said = str(built)
    assert "*What you choose and write* is seen with your name by Priya Nair and workspace admins. " in said
    assert "Others see only groups of 5 or more." in said
    assert "scrambled" not in said
