"""`/pulse digest`."""

from datetime import UTC, datetime, time

import pytest

from handlers.syntax.digests.digest_syntax import VERBS, DigestVerb, DigestWords, read_digest
from handlers.syntax.syntax_error import CommandSyntaxError
from jobs.cadence import Weekly

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
MONDAYS = Weekly(0, time(9))
SET = DigestVerb.SET


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", DigestWords(verb=DigestVerb.SHOW)),
        ("off", DigestWords(verb=DigestVerb.OFF)),
        ("Atlas now", DigestWords(verb=DigestVerb.NOW, product="Atlas")),
        ("preview about Atlas Pro", DigestWords(verb=DigestVerb.PREVIEW, product="Atlas Pro")),
        ("Atlas", DigestWords(verb=SET, product="Atlas")),
        ('"Off Piste"', DigestWords(verb=SET, product="Off Piste")),
        ("weekly mon 09:00", DigestWords(verb=SET, cadence=MONDAYS)),
        (
            "Atlas from <#C1|buyers> <#C2|> weekly mon 09:00 Europe/Berlin",
            DigestWords(verb=SET, product="Atlas", sources=("C1", "C2"), cadence=MONDAYS, zone=BERLIN),
        ),
        (
            "weekly mon 09:00 Europe/Berlin from <#C1>, <#C2> and <#C1> about Atlas",
            DigestWords(verb=SET, product="Atlas", sources=("C1", "C2"), cadence=MONDAYS, zone=BERLIN),
        ),
        (
            "“Weekly Planner” weekly mon 09:00",
            DigestWords(verb=SET, product="Weekly Planner", cadence=MONDAYS),
        ),
        (
            "set Atlas from <#C1|buyers> mon 9:00",
            DigestWords(verb=SET, product="Atlas", sources=("C1",), cadence=MONDAYS),
        ),
    ],
)
def test_digests(text: str, expected: DigestWords) -> None:
    """Product, sources and schedule in any order; off, now and preview alone or beside a product."""
    assert read_digest(text, now=NOW, zone=BERLIN) == expected


ADDED, DROPPED = DigestWords(verb=SET, added=("C1",)), DigestWords(verb=SET, dropped=("C1",))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("add <#C1|users>", ADDED),
        ("add <#C1|users> to the digest", ADDED),
        ("please add <#C1|users>", ADDED),
        ("add <#C1|users>, <#C2|>", DigestWords(verb=SET, added=("C1", "C2"))),
        ("add <#C1|users> to Atlas", DigestWords(verb=SET, product="Atlas", added=("C1",))),
        ("Atlas add <#C1|users>", DigestWords(verb=SET, product="Atlas", added=("C1",))),
        ("remove <#C1|users>", DROPPED),
        ("drop <#C1|users>", DROPPED),
        ("delete <#C1|users> from Atlas", DigestWords(verb=SET, product="Atlas", dropped=("C1",))),
        ("Atlas remove <#C1|users>", DigestWords(verb=SET, product="Atlas", dropped=("C1",))),
    ],
)
def test_a_channel_is_added_or_dropped(text: str, expected: DigestWords) -> None:
    """The other channels stay, and no hint replaces or ends the digest."""
    assert read_digest(text, now=NOW, zone=BERLIN) == expected


MEANT = {
    DigestVerb.OFF: "stop; pause; remove; delete Atlas; Atlas stop; cancel; cancel Atlas; turn off; end; "
    "turn it off please; stop the digest; off now; Atlas off please; STOP!; Stop.; delete all; Atlas pause; "
    "disable Atlas; unsubscribe; off about Atlas; about Atlas off; digest off; switch off Atlas",
    DigestVerb.START: "on; start; start Atlas; resume; Atlas resume; restart; turn on; Atlas on; enable",
    DigestVerb.SHOW: "show; list; status; info; show all; list Atlas; Atlas status; show the digest; digest",
    DigestVerb.HELP: "help; ?; Atlas help; help me; usage; help please",
    DigestVerb.NOW: "now; post; send now; Atlas now; post it now; run Atlas; publish; post Atlas now",
    DigestVerb.PREVIEW: "preview; Atlas preview now; test; try Atlas; preview Atlas; preview please",
    DigestVerb.FORM: "edit; change; set; set up; edit Atlas; Atlas change; new; create Atlas; configure; add",
}


@pytest.mark.parametrize(
    "text, verb", [(text, verb) for verb, said in MEANT.items() for text in said.split("; ")]
)
def test_words_that_say_what_to_do_are_no_products(text: str, verb: DigestVerb) -> None:
    """The near thing is done, alone or before or after a product, and no digest of that name is set."""
    said = read_digest(text, now=NOW, zone=BERLIN)
    assert (said.verb, said.cadence, said.sources) == (verb, None, ())
    assert said.product == ("Atlas" if "Atlas" in text else None)


@pytest.mark.parametrize(
    "text",
    [
        "Atlas mon 09:00",
        "Atlas Mon 9:00",
        "Atlas monday 9am",
        "Atlas on mon 09:00",
        "Atlas on Mondays at 9:00",
        "Atlas 09:00 mon",
        "Atlas, mon, 09:00",
        "Atlas every monday at 9:00",
        "set Atlas mon 09:00",
        "Atlas weekly mon 9am",
    ],
)
def test_a_day_and_a_time_are_a_schedule(text: str) -> None:
    """They are no part of the product's name, with or without "weekly"."""
    assert read_digest(text, now=NOW, zone=BERLIN) == DigestWords(verb=SET, product="Atlas", cadence=MONDAYS)


@pytest.mark.parametrize(
    "text, says",
    [
        ("weekly mon 25:00 Europe/Berlin", '"25:00" is not a time'),
        ("Atlas from buyers", '"buyers" is not a channel'),
        ("Atlas from #buyers", '"#buyers" is not a channel'),
        ("Atlas from", "Say which channels"),
        ("Atlas <#C1>", 'stand after "from"'),
        ("Atlas from <#C1> now", '"now" stands alone'),
        ("delete weekly mon 09:00", '"delete" stands alone'),
        ("Status Page weekly mon 09:00", "a name that holds it, in quotes"),
        ("now off", "do not go together"),
        ("start stop", "do not go together"),
        ("*Atlas* weekly mon 09:00", "Leave out the * in"),
        ("Atlas weekly", "needs a time"),
        ("weekly", "needs a time"),
        ("Atlas monday", "needs a time"),
        ("Atlas 09:00", "needs a weekday"),
        ("about", "at least one character"),
        ('"stop" weekly mon 09:00', "is a word of the commands"),
        ('"weekly"', "is a word of the commands"),
    ],
)
def test_bad_words(text: str, says: str) -> None:
    """Each wrong part has its own sentence, and nothing was changed."""
    with pytest.raises(CommandSyntaxError, match=r"Nothing was changed\.$") as refused:
        read_digest(text, now=NOW, zone=BERLIN)
    assert says in refused.value.problem


@pytest.mark.parametrize("word", VERBS)
def test_no_word_of_the_command_names_a_product(word: str) -> None:
    """Alone, before or after a product, and in quotes."""
    for text in (word, f"{word} Atlas", f"Atlas {word}", f"{word.upper()}!", f"please {word}"):
        assert read_digest(text, now=NOW, zone=BERLIN).verb is VERBS[word]
    if word != "?":
        with pytest.raises(CommandSyntaxError):
            read_digest(f'"{word}" weekly mon 09:00', now=NOW, zone=BERLIN)


def test_the_right_form_keeps_what_was_right() -> None:
    """The product and the channels that were typed stand in the form that is offered."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_digest("Atlas Pro from <#C1|buyers> weekly mon 25:00", now=NOW, zone=BERLIN)
    assert refused.value.form.startswith("/pulse digest Atlas Pro from #buyers weekly mon 09:00")
