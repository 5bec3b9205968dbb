"""Why something is not shown or not done, in sentences that can be sent as they stand."""

from dataclasses import replace
from datetime import timedelta

from jobs.messages.layout.sentence import sentence
from jobs.messages.wording import why_not
from jobs.slack.call_outcome import CallOutcome, FailedCall
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check


def test_a_channel_without_bifocal() -> None:
    """The sentence is that of the drawing, with the channel by its id."""
    assert why_not.not_in_channel("C0TEAM") == (
        "Bifocal is not in <#C0TEAM>. Type `/invite @Bifocal` there, then send this again. "
        "Nothing was changed."
    )


def test_refusals() -> None:
    """Each sentence is word for word that of its drawing, where there is one."""
    assert (
        why_not.no_such_pulse(41)
        == "There is no question 41 in this channel. `/pulse list` shows what runs here."
    )
    assert why_not.not_a_lead(examples.pulse(), "close") == (
        "Only Priya Nair, other leads of this question and workspace admins can close it."
    )
    assert why_not.comments_for_leads(examples.pulse()) == (
        "Comments on being a customer are read by Priya Nair and workspace admins."
    )
    assert why_not.nothing_asked(None) == (
        "Nothing has been asked here yet. Start with `/pulse ask nps about Atlas`."
    )
    assert why_not.nothing_asked("Borea", "ces").endswith(
        "`/pulse ask ces about Borea: the support of Borea`."
    )
    assert why_not.nothing_asked(None, "seq").endswith("`/pulse ask seq about Atlas: send an invoice`.")
    assert why_not.comments_too_few(5) == (
        "Fewer than 5 people have written a comment. "
        "Comments are shown from 5, so that nobody can be picked out."
    )
    assert why_not.comments_too_few_since(5) == (
        "Fewer than 5 people have written since; theirs are shown once 5 have."
    )
    assert why_not.database_away() == "Bifocal cannot reach its database. Please try again in a minute."


def test_what_slack_does_not_tell_has_its_true_reason() -> None:
    """Away for a while, with the time if Slack names it; or a refusal that a person has to mend."""
    limited = FailedCall(CallOutcome.AGAIN, "ratelimited", timedelta(seconds=30))
    soon = "Slack does not answer Bifocal at the moment. Please try again in a minute."
    assert why_not.slack_unavailable(limited) == soon
    assert why_not.slack_unavailable(FailedCall(CallOutcome.LOST, "TimeoutError")) == soon
    assert why_not.slack_unavailable(replace(limited, wait=timedelta(seconds=601))) == (
        "Slack does not answer Bifocal at the moment. Please try again in 11 minutes."
    )
    assert why_not.slack_unavailable(FailedCall(CallOutcome.REFUSED, "missing_scope")) == (
        "Slack does not tell Bifocal what it has to know for this (missing_scope). "
        "Whoever runs Bifocal finds more in its log."
    )


def test_every_refusal_is_a_valid_answer() -> None:
    """Each can be sent as it stands, also with hostile names in it."""
    of = replace(examples.pulse(), asked_by="<!channel>*`")
    for said in (
        why_not.no_such_pulse("<@U1>"),
        why_not.not_a_lead(of, "pause"),
        why_not.not_a_lead_of_digest(examples.digest("<!here>"), "end"),
        why_not.comments_for_leads(None),
        why_not.comments_for_leads(of),
        why_not.comments_too_few(5),
        why_not.comments_too_few(6, questions=2),
        why_not.comments_too_few_since(6, questions=2),
        why_not.comments_open(5),
        why_not.no_comments(),
        why_not.no_digest(),
        why_not.nothing_asked("`<!here>`"),
        why_not.nothing_open(of),
        why_not.not_scheduled(of),
        why_not.fault(),
        why_not.slack_unavailable(FailedCall(CallOutcome.REFUSED, "<!channel>")),
        why_not.archived("C1"),
        why_not.asker_not_in_channel("C1"),
    ):
        check(sentence(said))
