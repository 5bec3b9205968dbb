import pytest

from jobs.classification import Classifier
from jobs.classification.words.language import English
from storage.records import Sentiment

FOREIGN = {
    "es": [
        "La aplicación se cierra cada vez que abro un archivo",
        "El soporte no me ha contestado en dos semanas",
        "Me gusta mucho la nueva versión, es muy rápida",
        "No puedo encontrar la página de facturación",
        "El precio es demasiado alto para lo que ofrece",
    ],
    "fr": [
        "L'application plante à chaque fois que j'ouvre un fichier",
        "Le support ne m'a pas répondu depuis deux semaines",
        "J'aime beaucoup la nouvelle version, elle est rapide",
        "Je ne trouve pas la page de facturation",
        "C'est beaucoup trop cher pour ce que c'est",
    ],
    "de": [
        "Die App stürzt jedes Mal ab wenn ich eine Datei öffne",
        "Der Support hat seit zwei Wochen nicht geantwortet",
        "Die neue Version gefällt mir sehr gut",
        "Ich finde die Seite mit den Rechnungen nicht",
        "Viel zu teuer für das was es kann",
    ],
    "nl": [
        "De app crasht elke keer als ik een bestand open",
        "De helpdesk heeft al twee weken niet geantwoord",
        "Ik vind de nieuwe versie erg fijn en snel",
        "Ik kan de pagina met facturen niet vinden",
        "Veel te duur voor wat je krijgt",
    ],
    "pt": [
        "O aplicativo fecha toda vez que abro um arquivo",
        "O suporte não respondeu há duas semanas",
        "Gostei muito da nova versão, é muito rápida",
        "Não consigo encontrar a página de cobrança",
        "É caro demais para o que oferece",
    ],
    "it": [
        "L'app si chiude ogni volta che apro un file",
        "L'assistenza non mi ha risposto per due settimane",
        "Mi piace molto la nuova versione, è veloce",
        "Non riesco a trovare la pagina delle fatture",
        "Costa troppo per quello che offre",
    ],
    "ru": ["Приложение постоянно вылетает при открытии файла", "Поддержка не отвечает уже две недели подряд"],
    "ja": [
        "ファイルを開くたびにアプリが落ちます",
        "サポートから二週間も返事がありません",
        "Slackの通知がこない",
        "とてもつかいやすいです",
    ],
    "ar": ["التطبيق يتوقف كل مرة أفتح فيها ملفا"],
    "he": ["האפליקציה קורסת בכל פעם שאני פותח קובץ"],
}
ENGLISH = [
    "ok", "meh", "n/a", "great", "gr8 app", "love it", "so slow", "thx", "lol no", "too expensive",
    "Atlas rocks", "no comment", "super", "idk", "wow", "works", "pretty meh", "5 stars", "not bad",
    "kinda laggy", "yes!", "cool", "Nope", "crashes constantly", "UI sucks", "needs polish", "no",
    "me too", "perfect", "awesome tool", "wtf", "on time", "as expected", "just fine", "it depends",
    "a lot", "more features please", "I love it", "buggy mess",
]  # fmt: skip


@pytest.mark.parametrize("comment", [line for lines in FOREIGN.values() for line in lines])
def test_other_languages_are_not_guessed(classifier: Classifier, comment: str) -> None:
    """A sentence in another language is unclassified, with nothing said about it."""
    label = classifier.classify(comment)
    assert label.sentiment is Sentiment.UNCLASSIFIED
    assert label.touchpoints == ()
    assert label.confidence == 0


@pytest.mark.parametrize("comment", ENGLISH)
def test_short_english_is_classified(classifier: Classifier, comment: str) -> None:
    """Up to three words are taken for English."""
    assert classifier.classify(comment).sentiment not in {Sentiment.UNCLASSIFIED, Sentiment.EMPTY}


def test_names_and_loanwords_do_not_make_it_foreign(classifier: Classifier) -> None:
    """A few words of another language inside an English sentence leave it English."""
    comment = "The new España office says the à la carte plan is too expensive for a café"
    assert classifier.classify(comment).sentiment is not Sentiment.UNCLASSIFIED


def test_a_team_can_make_words_known() -> None:
    """Words that are at home in a team's comments count as English."""
    strange = ["blorp", "fizzbin", "quux", "zork"]
    text, plain, taught = " ".join(strange), English.load(), English.load(strange)
    assert all(map(plain.is_strange, strange))
    assert not plain.reads(text, strange, strange)
    assert not any(map(taught.is_strange, strange))
    assert taught.reads(text, strange, [])
