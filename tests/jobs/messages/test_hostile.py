"""Whatever people type, messages stay within Slack's limits and nothing in them becomes active."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.instruments import INSTRUMENTS
from jobs.messages.digest_setup.digest_draft import DigestDraft
from jobs.messages.digest_setup.digest_offer import DigestOffer, offer_page, offered
from jobs.messages.digest_setup.digest_view import digest_form
from jobs.messages.layout import ids
from jobs.messages.layout.sentence import sentence
from jobs.messages.lead import ask_preview, ask_view, digest_status, owner_notices, pulse_status
from jobs.messages.lead.answers_page import answers_page
from jobs.messages.lead.ask_draft import AskDraft
from jobs.messages.lead.channel_list import listing
from jobs.messages.lead.comments_page import comments_page
from jobs.messages.report import digest_post
from jobs.messages.report.score_answer import score_answer
from jobs.messages.report.thread import thread
from jobs.messages.respondent import answer_views, question, receipts, who_sees
from jobs.messages.respondent.my_data import my_data_message, my_data_view
from jobs.messages.wording import why_not
from storage.records import CountedAnswer, KeptOfPerson, Quote, Touchpoint
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check
from tests.jobs.messages.examples import CX, NORMAL, ONE_SIDE, TOO_FEW

ATTACKS = [
    "<!channel> <!here> <!everyone> <!subteam^S1>",
    "<@U1> @channel @here #general",
    "<https://evil.example|bank.example> https://evil.example",
    "<!date^0^{date}|tomorrow>",
    "*bold* _italic_ ~gone~ `code` ```block``` > quote",
    "&lt;!channel&gt; &amp; &",
    "=HYPERLINK(1) +1 -1 @SUM",
    ":tada: 👩‍👩‍👧‍👦 🏳️‍🌈",
    "שלום עולם \u202e\u2066 مرحبا",
    "nul\x00 bell\x07 escape\x1b lone\ud800",
    "two\nlines\r\nthree\u2028four",
    "{subject} {} {0} %s %(x)s ${x}",
    "   ",
    "\x00",
    "&" * 10_000,
    "<" * 10_000,
    "a" * 10_000,
    "é" * 10_000,
    "-",
]
HOSTILE = st.one_of(
    st.sampled_from(ATTACKS),
    st.text(max_size=200),
    st.lists(st.sampled_from(["<", ">", "&", "!", "|", "*", "`", "@", "\n", "\x00", "x"]), max_size=60).map(
        "".join
    ),
)


def everything(words: str) -> Iterator[dict[str, Any]]:
    """Every message and form in which somebody's words can stand, with these words in every place."""
    yield from of_questions(words)
    yield from of_answers(words)
    yield from of_leads(words)
    yield from of_figures(words)


def asked(words: str, key: str, *, named: bool) -> Any:
    """A wave of an instrument about something, asked by somebody."""
    of = replace(examples.pulse(key, subject=words, product=words), asked_by=words, named=named)
    return examples.wave(replace(of, cadence="weekly mon 09:00", leads=("U1", "U2")))


def of_questions(words: str) -> Iterator[dict[str, Any]]:
    """Questions and what stands after a click."""
    for key in INSTRUMENTS:
        for named in (False, True):
            wave = asked(words, key, named=named)
            yield question.question(wave, answered=3)
            yield question.closed(
                wave, answered=9, results=question.Results(on=examples.NOW.date(), lead=words)
            )
            yield who_sees.privacy(wave, readers=[examples.digest(words)], weeks=4)
            yield receipts.taken_back(wave)
            if INSTRUMENTS[key].has_form:
                yield answer_views.rate_form(
                    wave, response=examples.response(wave, 1, 2, said=examples.comment(words))
                )
                yield answer_views.form_sent(wave, now=examples.NOW)
            else:
                yield answer_views.comment_form(wave, 4, comment=examples.comment(words))
    yield question.question(examples.wave(question=words), answered=0)


def of_answers(words: str) -> Iterator[dict[str, Any]]:
    """What people wrote, to themselves and to leads."""
    said = examples.comment(words)
    mine = [examples.response(asked(words, key, named=False), 3, said=said) for key in INSTRUMENTS] * 3
    closed = [CountedAnswer(wave=each.wave, counted_on=None, comment=said) for each in mine]
    kept = KeptOfPerson(responses=mine, counted=closed)
    yield my_data_view(kept, now=examples.NOW)
    yield my_data_message(kept, now=examples.NOW)
    yield answers_page(
        mine[:3], names={"hash": words}, product=words, total=4, here=ids.Page("cx about Atlas", 0)
    )
    yield comments_page(
        [said] * 3,
        product=words,
        total=9,
        here=ids.Page("billing", 0),
    )


def of_leads(words: str) -> Iterator[dict[str, Any]]:
    """Asking, listing, and sentences to leads."""
    wave = asked(words, "nps", named=False)
    once = replace(wave.pulse, cadence=None)
    draft = AskDraft(
        instrument="nps", product=words[:60], subject=words[:60], channel_id="C1", zone="Europe/Berlin"
    )
    yield ask_preview.preview(
        draft, asked_by=words, min_group=5, closes=examples.NOW, people=3, shared=True, notes=[]
    )
    yield ask_view.ask_form(product=words, min_group=5, schedule=True, zone="Europe/Berlin")
    yield ask_preview.asked(wave)
    yield ask_preview.scheduled(wave.pulse, dates=[examples.CLOSES])
    yield listing([(wave.pulse, wave)] * 30, [examples.digest(words)] * 3, now=examples.NOW)
    yield from (
        pulse_status.paused(wave.pulse),
        pulse_status.closed(wave),
        pulse_status.take_down(wave, counted_in=None),
        pulse_status.taken_down(wave, counted_in=None),
    )
    yield from (each(examples.digest(words)) for each in (digest_status.saved, digest_status.posted))
    yield digest_status.ended(examples.digest(words), {"C0ATLAS": words, "C0USERS": "users"})
    yield digest_status.saved(examples.digest(), before=examples.digest(words))
    offer = DigestOffer(
        draft=DigestDraft.of(examples.digest(words[:60])),
        first=examples.NOW.date(),
        asked={},
        is_new_name=True,
        near=[words[:60]],
    )
    yield from (offered(offer), offer_page(offer))
    yield digest_form(offer.draft, own_zone="Europe/Berlin", known=[words])
    for words_of_ours in (
        why_not.not_a_lead(wave.pulse, "close"),
        why_not.no_such_pulse(words),
        why_not.nothing_asked(words),
        why_not.not_a_lead_of_digest(examples.digest(words), "end"),
        owner_notices.uncertain(wave.pulse),
        owner_notices.refused(once, words),
        owner_notices.broken(once),
        owner_notices.refused(examples.digest(words), "is_archived"),
        owner_notices.waiting(wave.pulse, answers=3, waves=2, need=5),
    ):
        yield sentence(words_of_ours)
    yield sentence("There is no {}.", words)


def of_figures(words: str) -> Iterator[dict[str, Any]]:
    """The digest with its thread, and scores."""
    quoted = Quote(comment_id="c1", text=words, touchpoint=Touchpoint.BILLING)
    for contrast in (NORMAL, ONE_SIDE, TOO_FEW):
        of = replace(contrast, product=words, quote=quoted)
        post = digest_post.edition(
            of, edition_id="12", link=lambda _: "https://example.slack.com/archives/C1/p1"
        )
        yield post
        yield digest_post.contrast_answer(of)
        yield digest_post.preview(post)
        yield from thread(replace(of, more_quotes=(quoted,), quoted_below=1))
    yield digest_post.nothing_new(words, link="https://example.slack.com/a?b=1&c=2", figures_on=None)
    product = replace(examples.ATLAS, name=words)
    yield score_answer([(product, CX)] * 6, period=examples.SIX_WEEKS)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: repr(attack[:12]))
def test_no_attack_gets_through(attack: str) -> None:
    """Mentions, links, dates, marks, emoji, text direction and 10,000 characters stay letters."""
    for built in everything(attack):
        check(built)


@given(HOSTILE)
@settings(max_examples=25, deadline=None)
def test_no_words_get_through(words: str) -> None:
    """Any mix of the characters that have a meaning in Slack stays letters too."""
    for built in everything(words):
        check(built)


@given(st.text(min_size=1, max_size=1000))
@settings(max_examples=50, deadline=None)
def test_a_comment_is_shown_word_for_word(words: str) -> None:
    """All visible characters of a comment stand in the quotation, unescaped and uncut."""
    kept = KeptOfPerson(responses=[examples.response(said=examples.comment(words))])
    quoted = my_data_view(kept, now=examples.NOW)["blocks"][1]
    shown = quoted["elements"][0]["elements"][0]["text"]
    seen = [letter for letter in words if letter in shown or letter.isprintable()]
    if any(not letter.isspace() for letter in seen):
        assert [letter for letter in shown if letter.isprintable()] == [
            letter for letter in words.replace("\r\n", "\n") if letter.isprintable()
        ]


def test_a_comment_in_its_form_is_word_for_word() -> None:
    """Whoever edits a comment finds what they wrote, without escapes."""
    built = answer_views.comment_form(examples.wave(), 9, comment=examples.comment("<b> & *x*"))
    assert built["blocks"][1]["element"]["initial_value"] == "<b> & *x*"
