from pathlib import Path

import pytest

from jobs.classification import Classifier, LexiconError, lexicon_file
from jobs.classification.lexicon import NAMED, STRONG, WEAK, Lexicon
from jobs.classification.words.phrases import Phrases, stems, stems_of
from jobs.classification.words.tokens import words
from storage.records import Sentiment, Touchpoint

OWN = """
[touchpoints.reliability]
strong = ["flux capacitor"]

[touchpoints.billing]
weak = ["sunrise plan"]

[tone]
positive = ["chef's kiss"]
negative = ["sev one"]

[products]
names = ["Joy", "Brilliant Desk"]
"""


def file(folder: Path, text: str) -> Path:
    """A lexicon file of a team."""
    path = folder / "lexicon.toml"
    path.write_text(text, "utf-8")
    return path


def test_stems() -> None:
    """The forms of a word are one; short words and words that only look alike are not."""
    assert len(set(stems(["crash", "crashes", "crashed", "crashing"]))) == 1
    assert len(set(stems(["invoice", "invoices", "invoiced"]))) == 1
    assert len(set(stems(["note", "not", "theme", "them", "use", "us"]))) == 6


def test_the_longest_phrase_wins() -> None:
    """At one place the longest phrase is found, and none overlaps another."""
    phrases = Phrases(map(stems_of, ["load", "load time", "time"]))
    assert phrases.find(stems(words("loading times, and time"))) == [
        (0, stems_of("load time")),
        (4, ("time",)),
    ]


def test_strong_words_count_twice(tmp_path: Path) -> None:
    """A strong word is a whole piece of evidence, a weak one half; each phrase counts once."""
    lexicon = Lexicon.load(file(tmp_path, OWN))
    evidence = lexicon.evidence(stems(words("flux capacitor, flux capacitor and the sunrise plan")))
    assert evidence == {Touchpoint.RELIABILITY: STRONG, Touchpoint.BILLING: WEAK}


def test_every_touchpoint_has_words() -> None:
    """The packaged lexicon speaks for each touchpoint but `other`."""
    lists = lexicon_file.shipped()
    assert all(lists[f"touchpoints.{name}", "strong"] for name in NAMED)
    assert set(NAMED) == set(Touchpoint) - {Touchpoint.OTHER}


def test_a_teams_words_come_on_top(tmp_path: Path) -> None:
    """Own words add to the packaged ones."""
    own = Classifier.load(file(tmp_path, OWN))
    assert own.classify("the flux capacitor again").touchpoints[0] is Touchpoint.RELIABILITY
    assert own.classify("my invoice").touchpoints[0] is Touchpoint.BILLING
    assert own.classify("That was a sev one").sentiment is Sentiment.NEGATIVE
    assert own.classify("The new board: chef's kiss").sentiment is Sentiment.POSITIVE


def test_a_phrase_that_is_about_nothing(tmp_path: Path, classifier: Classifier) -> None:
    """A listed phrase, also one of a team's own, silences its words; that of a touchpoint wins over it."""
    evidence = Lexicon.load().evidence
    assert evidence(stems_of("my order"))
    assert not evidence(stems_of("in order"))
    own = file(tmp_path, "[nothing]\nphrases = ['invoice sheet', 'my order']")
    assert classifier.classify("The invoice sheet").touchpoints[0] is Touchpoint.BILLING
    assert Touchpoint.BILLING not in Classifier.load(own).classify("The invoice sheet").touchpoints
    assert Lexicon.load(own).evidence(stems_of("my order"))


def test_a_price_speaks_of_billing(classifier: Classifier) -> None:
    """A sum of money is evidence, with the sign of the currency before or after it."""
    for text in ("At $160 it is what we needed", "At 160 € it is what we needed", "£4.49 is what we needed"):
        assert classifier.classify(text).touchpoints[0] is Touchpoint.BILLING


def test_a_products_name_has_no_tone(tmp_path: Path, classifier: Classifier) -> None:
    """A product called Joy does not make its users happy."""
    own = Classifier.load(file(tmp_path, OWN))
    assert (
        own.classify("I use Joy on Mondays").polarity < classifier.classify("I use Joy on Mondays").polarity
    )
    assert own.classify("Joy").sentiment is own.classify("Brilliant Desk").sentiment


def test_another_lexicon_is_another_version(tmp_path: Path, classifier: Classifier) -> None:
    """Labels made with other words carry another version, so that old comments can be read again."""
    assert Classifier.load(file(tmp_path, OWN)).version != classifier.version
    assert Classifier.load().version == classifier.version


@pytest.mark.parametrize(
    "text,says",
    [
        ("[touchpoints.bilings]\nstrong = ['x']", "bilings"),
        ("[touchpoints.billing]\nhuge = ['x']", "huge"),
        ("[touchpoints.billing]\nstrong = 'x'", "a list of words"),
        ("[touchpoints.billing]\nstrong = [3]", "a list of words"),
        ("[touchpoints.billing]\nstrong = ['  ']", "a list of words"),
        ("touchpoints = 3", "touchpoints"),
        ("[words]\nx = ['y']", "words"),
        ("tone = ['x']", "tone"),
        ("[tone\n", "not TOML"),
    ],
)
def test_a_mistake_in_the_file_gets_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    """A file that is not a lexicon is refused with a sentence that names it and the place."""
    path = file(tmp_path, text)
    with pytest.raises(LexiconError, match=says) as error:
        Classifier.load(path)
    assert str(path) in str(error.value)


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    """A file that is not there, or not text, is named."""
    with pytest.raises(LexiconError, match="cannot be read"):
        Classifier.load(tmp_path / "none.toml")
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LexiconError, match="cannot be read"):
        Classifier.load(binary)
