import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple
from zipfile import BadZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.classification import Classifier
from jobs.classification.model.linear import Tones
from jobs.classification.other_languages import PACKAGE, LanguageReader, LanguagesError, load
from storage.records import Sentiment, Touchpoint


class Said(NamedTuple):
    tone: Tones
    topics: Mapping[str, float]


class German:
    """Takes every text for German, as sure of that and as sure of its tone as it is told to be."""

    version = "german"
    languages: Mapping[str, str] = {"de": "German"}

    def __init__(self, chance: float = 0.9, tone: Tones = (4.0, 0.0, 0.0)) -> None:
        self.chance, self.tone = chance, tone
        self.topics = {touchpoint.value: 0.0 for touchpoint in Touchpoint}

    def tell(self, text: str) -> tuple[str, float]:
        """German, unless it says nothing."""
        return "de", self.chance if text else 0.0

    def listed(self, text: str, strange: str) -> str:
        """One word of praise and one saying are listed."""
        return "de" if "knorke" in strange.split() or text == "no ja" else ""

    def read(self, text: str, language: str) -> Said:
        """The same of every text; our own words for emoji must not come here."""
        assert "emoji" not in text
        assert language == "de"
        return Said(self.tone, self.topics)

    def named(self, text: str, language: str) -> Mapping[str, float]:
        """One word speaks for one topic."""
        assert language == "de"
        return {"billing": 1.0} if "preis" in text.lower() else {}


@pytest.fixture(scope="module")
def plain() -> Classifier:
    """The default."""
    return Classifier.load()


def test_without_it_another_language_is_not_read(plain: Classifier) -> None:
    """The default guesses nothing, as ever."""
    label = plain.classify("Der Preis ist leider viel zu hoch")
    assert label.sentiment is Sentiment.UNCLASSIFIED
    assert label.touchpoints == ()


def test_with_it_the_language_is_read() -> None:
    """Tone, touchpoints, the language and the version of the model are in the label."""
    label = Classifier.load(languages=German()).classify("Der Preis ist leider viel zu hoch")
    assert label.sentiment is Sentiment.NEGATIVE
    assert label.polarity < -0.9
    assert label.touchpoints == (Touchpoint.BILLING,)
    assert label.reasons == ("read as German",)
    assert label.version.endswith("+german")


def test_english_stays_as_it_is(plain: Classifier) -> None:
    """What English reads is not given away, unless the other language is all but certain."""
    both = Classifier.load(languages=German(chance=0.8))
    for comment in ("I love it, great support!", "Quibbleboard is slow", "!!!", "ok"):
        theirs, ours = both.classify(comment), plain.classify(comment)
        assert (theirs.sentiment, theirs.polarity) == (ours.sentiment, ours.polarity)


def test_an_unlikely_language_is_not_read() -> None:
    """Below a half nobody knows which language it is."""
    label = Classifier.load(languages=German(chance=0.4)).classify("Der Preis ist leider viel zu hoch")
    assert label.sentiment is Sentiment.UNCLASSIFIED


def test_a_listed_word_tells_the_language_of_a_short_text() -> None:
    """However unlikely by its letters, but not beside a word that English knows; a saying does even there."""
    reader = Classifier.load(languages=German(chance=0.1))
    for comment in ("Knorke", "no ja"):
        assert reader.classify(comment).reasons == ("read as German",)
    for comment in ("knorke app", "knorke dingens halt woanders"):
        assert reader.classify(comment).reasons != ("read as German",)


def test_two_tones_that_are_near_are_not_told() -> None:
    """Where the opposite is nearly as likely it is unsure."""
    reader = German(tone=(1.0, 0.0, 0.9))
    label = Classifier.load(languages=reader).classify("Der Preis ist leider viel zu hoch")
    assert label.sentiment is Sentiment.UNSURE


def test_emoji_count_as_in_english() -> None:
    """One that is polar decides a short comment, and the network never sees our word for it."""
    reader = Classifier.load(languages=German(tone=(0.5, 0.4, 0.0)))
    assert reader.classify("Alles bestens :+1:").sentiment is Sentiment.POSITIVE
    assert reader.classify("Alles bestens :thumbsdown:").sentiment is Sentiment.NEGATIVE


def test_a_team_has_its_own_words(tmp_path: Path) -> None:
    """Topics and tones of the team's file hold in every language; our English ones do not ("die", "bed")."""
    own = tmp_path / "own.toml"
    own.write_text('[touchpoints.brand]\nstrong = ["quibbleboard"]\n[tone]\npositive = ["knorke"]\n')
    reader = Classifier.load(own, languages=German(tone=(0.0, 1.0, 0.0)))
    label = reader.classify("Die Leute sagen alle nur: das quibbleboard ist knorke")
    assert label.touchpoints == (Touchpoint.BRAND,)
    assert label.sentiment is Sentiment.POSITIVE


def test_without_a_sign_the_topic_is_other() -> None:
    """Neither words nor network: it is about something else."""
    label = Classifier.load(languages=German()).classify("Leider ist das nicht gut für mich")
    assert label.touchpoints == (Touchpoint.OTHER,)


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says what to install."""
    monkeypatch.setitem(sys.modules, PACKAGE, None)
    with pytest.raises(LanguagesError, match="pip install -e models/languages"):
        load()


@pytest.mark.parametrize(
    "fault",
    [ValueError("this is no archive"), BadZipFile("File is not a zip file"), EOFError("No data left")],
)
def test_a_damaged_model_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: Exception) -> None:
    """What numpy cannot read, cut off and empty files too, ends in the same kind of sentence."""

    def broken(_: Path) -> LanguageReader:
        raise fault

    monkeypatch.setitem(sys.modules, PACKAGE, SimpleNamespace(load=broken, HOME=tmp_path))
    with pytest.raises(LanguagesError, match=f"install it again: {fault}"):
        load()


def test_what_shows_when_a_text_is_read_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A package of another version must not fail at every comment."""

    def older(_: Path) -> object:
        return SimpleNamespace(version="1", languages={"de": "German"}, tell=lambda _: ("de", 1.0))

    monkeypatch.setitem(sys.modules, PACKAGE, SimpleNamespace(load=older, HOME=tmp_path))
    with pytest.raises(LanguagesError, match=r"install it again: .*listed"):
        load()


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_it_never_raises(text: str) -> None:
    """Whatever is written, there is a label."""
    assert Classifier.load(languages=_ALWAYS).classify(text).version.endswith("+german")


_ALWAYS = German(chance=1.0)


@pytest.mark.parametrize(
    "comment, tone, touchpoint",
    [
        ("Der Support hat super schnell geantwortet", Sentiment.POSITIVE, Touchpoint.SUPPORT),
        ("De app loopt steeds vast", Sentiment.NEGATIVE, Touchpoint.RELIABILITY),
        ("C'est beaucoup trop cher", Sentiment.NEGATIVE, Touchpoint.BILLING),
    ],
)
def test_the_package_reads(
    languages: LanguageReader, comment: str, tone: Sentiment, touchpoint: Touchpoint
) -> None:
    """What the trained package says, end to end."""
    label = Classifier.load(languages=languages).classify(comment)
    assert label.sentiment is tone
    assert label.touchpoints[0] is touchpoint
