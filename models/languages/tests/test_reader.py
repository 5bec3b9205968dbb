import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

if os.environ.get("CI") != "true":  # there nothing is skipped
    pytest.importorskip("bifocal_languages", reason="not installed: pip install -e models/languages")

from bifocal_languages import HOME, VERSION, load
from bifocal_languages.word_list import WordList

READER = load()
DIGESTS = {"0.1.0": "8cb14363"}
"""The model of each version."""


@pytest.mark.parametrize(
    "text, language",
    [
        ("Leider gibt es keine Antwort.", "de"),
        ("Helaas geen antwoord gekregen.", "nl"),
        ("Je n'ai pas eu de réponse.", "fr"),
        ("No me han contestado todavía.", "es"),
        ("Non mi hanno ancora risposto.", "it"),
        ("Ainda não me responderam.", "pt"),
        ("I am still waiting for an answer.", ""),
        ("Jag har inte fått något svar ännu.", ""),
        ("Jeszcze nie dostałem odpowiedzi.", ""),
        ("12:30 !!!", ""),
    ],
)
def test_it_tells_the_language(text: str, language: str) -> None:
    """Six languages, and that it is none of them."""
    code, chance = READER.tell(text)
    assert (code if chance > 0.5 else "") == language


@pytest.mark.parametrize(
    "language, text, likeliest",
    [
        ("de", "Der Support hat mir sofort geholfen.", 2),
        ("de", "Die App stürzt ständig ab.", 0),
        ("de", "Die Suche ist oben rechts.", 1),
        ("nl", "Nooit problemen mee gehad.", 2),
        ("fr", "Pas terrible du tout.", 0),
        ("es", "Nada mal, funciona muy bien.", 2),
        ("it", "Non lo consiglio a nessuno.", 0),
        ("pt", "Uso o aplicativo duas vezes por semana.", 1),
    ],
)
def test_it_reads_a_tone(language: str, text: str, likeliest: int) -> None:
    """The highest of negative, neutral and positive is what a person reads."""
    scores = READER.read(text, language).tone
    assert scores.index(max(scores)) == likeliest


@pytest.mark.parametrize(
    "text, language, topic",
    [
        ("Seit der Preiserhöhung zahlen wir doppelt.", "de", "billing"),
        ("De klantenservice nam niet op.", "nl", "support"),
        ("LIVRAISON en retard, colis ABIME", "fr", "purchase"),
    ],
)
def test_words_speak_for_topics(text: str, language: str, topic: str) -> None:
    """Inside longer words too, in capitals and without accents."""
    assert READER.named(text, language)[topic] >= 1


def test_words_that_only_begin_alike_do_not_speak() -> None:
    """A short word stands for itself only: "api" is not in "rapide"."""
    assert READER.named("Très rapide.", "fr") == {"performance": 0.5}


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_it_never_raises_and_says_the_same_twice(text: str) -> None:
    """Whatever is written, there are scores, and the same ones again."""
    assert READER.read(text, "de") == READER.read(text, "de")
    assert READER.tell(text) == READER.tell(text)


def test_a_new_model_is_a_new_version() -> None:
    """The version of the package tells which model is in it, and labels carry the model's own."""
    assert READER.version == DIGESTS[VERSION]


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    """What is missing is said, and where."""
    with pytest.raises(FileNotFoundError, match=r"model\.npz is not in"):
        load(tmp_path)


def test_a_saying_turns_its_words() -> None:
    """More sayings of praise than of blame count as one, with marks between and in capitals too."""
    french, german = (WordList(HOME / f"words/{code}.toml") for code in ("fr", "de"))
    assert french.saying("C'est pas mal, mais pas terrible") == 0
    assert french.saying("Pas mal du tout.") == 1
    assert german.saying("NICHT   SCHLECHT!") == 1
    assert german.saying("Leider nein") == -1


def test_words_have_a_tone_and_a_negation_turns_it() -> None:
    """Beginnings count, short words stand for themselves, and what is denied is the opposite."""
    german = WordList(HOME / "words/de.toml")
    assert german.tone("Wir sind begeistert und zufrieden.") == 2
    assert german.tone("Wir sind nicht zufrieden.") == -1
    assert german.tone("Keine Störung seit Mai.") == 1
    assert german.tone("Das Topmodell steht im Lager.") == 0


@pytest.mark.parametrize(
    "language, text",
    [
        ("de", "Weder gut noch schlecht."),
        ("de", "Könntet ihr einen Dunkelmodus einbauen?"),
        ("nl", "Niet goed en niet slecht"),
        ("fr", "Fait le travail, sans plus"),
        ("es", "Cumple, sin más"),
        ("it", "Sarebbe utile una modalità scura"),
        ("pt", "Seria bom ter um modo escuro"),
    ],
)
def test_a_saying_that_is_even_is_neutral(language: str, text: str) -> None:
    """Its words are no praise and no blame, and a wish is not the praise that it sounds like."""
    scores = READER.read(text, language).tone
    assert scores.index(max(scores)) == 1


def test_what_is_even_leaves_the_other_words() -> None:
    """Praise beside it still counts."""
    german = WordList(HOME / "words/de.toml")
    assert german.tone("Wäre schön, wenn es ginge") == 0
    assert german.tone("Super, mehr aber auch nicht") == 1


def test_more_is_no_negation() -> None:
    """What is "plus rapide" is praised."""
    assert WordList(HOME / "words/fr.toml").tone("Tout est plus rapide") == 1


def test_a_word_alone_is_the_verdict() -> None:
    """The network knows too little of a single word."""
    for language, text in (("es", "carísimo"), ("nl", "balen"), ("de", "nervt")):
        scores = READER.read(text, language).tone
        assert scores.index(max(scores)) == 0, text


def test_a_short_text_is_told_by_what_is_listed() -> None:
    """Words that English does not know, or a saying; nothing else."""
    assert READER.listed("teuer", "teuer") == "de"
    assert READER.listed("no funciona", "") == "es"
    assert READER.listed("mega good", "") == ""
    assert READER.listed("Jira", "Jira") == ""


def test_it_computes_in_32_bits() -> None:
    """One number of 64 bits among them would make it half as fast, and say nothing."""
    assert READER._network._read([0, 2]).dtype == "float32"
