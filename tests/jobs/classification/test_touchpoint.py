from collections.abc import Callable
from dataclasses import replace

import pytest

from jobs.classification import Classifier
from jobs.classification.lexicon import NAMED, Lexicon
from jobs.classification.model.findings import look_up
from jobs.classification.model.linear import LinearModel
from jobs.classification.model.word_index import WordIndex
from jobs.classification.touchpoint import MOST, TouchpointReader, balance
from jobs.classification.words.tokens import words
from storage.records import Lens, Touchpoint

SAID = {
    Touchpoint.USABILITY: "The menu is confusing",
    Touchpoint.RELIABILITY: "It crashes when I open a file",
    Touchpoint.PERFORMANCE: "The page takes forever to load",
    Touchpoint.FEATURES: "Please add dark mode",
    Touchpoint.DESIGN: "The new layout is ugly",
    Touchpoint.SUPPORT: "The agent on the help desk was rude",
    Touchpoint.BILLING: "My invoice is wrong",
    Touchpoint.PURCHASE: "The order arrived late",
    Touchpoint.ONBOARDING: "The onboarding was excellent",
    Touchpoint.COMMUNICATION: "Nobody told us about the change, no announcement",
    Touchpoint.BRAND: "I have lost trust in the company",
    Touchpoint.OTHER: "n/a",
}


@pytest.mark.parametrize("touchpoint", SAID)
def test_each_touchpoint_is_found(classifier: Classifier, touchpoint: Touchpoint) -> None:
    """A comment that plainly speaks of one thing is about that."""
    assert classifier.classify(SAID[touchpoint]).touchpoints[0] is touchpoint


def test_several_may_hold(classifier: Classifier) -> None:
    """A comment may be about several, of both sides, strongest first; there are never more than three."""
    found = classifier.classify("The app crashes, the invoice is wrong and nobody told us").touchpoints
    assert {Touchpoint.RELIABILITY, Touchpoint.BILLING} <= set(found)
    assert len(found) <= MOST


def test_other_stands_alone(classifier: Classifier) -> None:
    """No evidence is `other`, and `other` beside nothing else."""
    assert classifier.classify("It is what it is").touchpoints == (Touchpoint.OTHER,)


Read = Callable[[str], tuple[Touchpoint, ...]]


@pytest.fixture
def read() -> Read:
    """What a reader says whose model knows two words, and a pair of words that it knows only together."""
    rows = {"gizmo": [300, *([0] * len(NAMED))], "gadget": [-300, *([0] * len(NAMED))]}
    rows["gizmo"][1 + NAMED.index(Touchpoint.BRAND)] = 500
    table = {
        "names": NAMED,
        "step": 0.01,
        "balance": 2.0,
        "intercept": [0.0] * (1 + len(NAMED)),
        "stems": rows,
    }
    lexicon = Lexicon.load()
    reader = TouchpointReader(lexicon, table)
    index = WordIndex({}, {}, topics=rows, pairs={"odd": {"thing": 300}}, named=lexicon.anchored)
    return lambda comment: reader.read(look_up(words(comment), index))


def test_the_model_speaks_where_no_word_of_the_lexicon_does(read: Read) -> None:
    """Words that only the model knows give a touchpoint of the side they lean to."""
    assert read("gizmo") == (Touchpoint.BRAND,)
    assert read("gadget")[0].lens is Touchpoint.USABILITY.lens
    assert read("nothing") == (Touchpoint.OTHER,)


def test_a_pair_of_words_speaks_only_where_they_are_neighbours(read: Read) -> None:
    """What two words say together they do not say apart."""
    assert read("odd thing")[0].lens is Touchpoint.BRAND.lens
    assert read("odd blue thing") == (Touchpoint.OTHER,)


def test_a_side_that_all_words_agree_on_needs_no_model(read: Read) -> None:
    """Where no word of the lexicon speaks for the other side, the model's words change nothing."""
    assert read("invoice of the seller gadget gadget")[0].lens is Touchpoint.BILLING.lens


def test_the_lexicon_leans_to_the_side_of_its_words() -> None:
    """All on one side is nearly 1, as much on both is 0, nothing is 0."""
    support, design = Touchpoint.SUPPORT, Touchpoint.DESIGN
    assert balance({support: 2.0}) == 0.8
    assert balance({support: 1.0, design: 1.0}) == 0
    assert balance({}) == 0
    assert balance({design: 1.0}) < 0


def test_the_model_decides_a_tie(read: Read) -> None:
    """With one word of the lexicon on each side, the model's word decides which side comes first."""
    assert read("invoice crash gizmo")[0] is Touchpoint.BILLING
    assert read("invoice crash gadget")[0] is Touchpoint.RELIABILITY


def without(model: LinearModel, unseen: Touchpoint) -> LinearModel:
    """The model as it would be if it had never seen a touchpoint: without its name and its weights."""
    table = model.touchpoints
    column = 1 + table["names"].index(unseen)
    return replace(
        model,
        touchpoints={
            **table,
            "names": [name for name in table["names"] if name != unseen],
            "intercept": [value for at, value in enumerate(table["intercept"]) if at != column],
            "stems": {
                stem: [weight for at, weight in enumerate(row) if at != column]
                for stem, row in table["stems"].items()
            },
        },
    )


@pytest.mark.parametrize("unseen", NAMED)
def test_a_touchpoint_that_the_model_has_not_seen_is_found_by_its_words(
    model: LinearModel, unseen: Touchpoint
) -> None:
    """A model without it loads, the lexicon's words still find it, and the others are found as before."""
    classifier = Classifier.of(without(model, unseen), Lexicon.load())
    assert {name: classifier.classify(said).touchpoints[0] for name, said in SAID.items()} == {
        name: name for name in SAID
    }


def test_a_touchpoint_that_the_model_has_not_seen_is_never_its_guess() -> None:
    """Where no word of the lexicon speaks, the model chooses among those that it knows, however unlikely."""
    seen = [name for name in NAMED if name is not Touchpoint.BRAND]
    rows = {"gizmo": [300, *([-500] * len(seen))]}
    table = {"names": seen, "step": 0.01, "balance": 2.0, "intercept": [0.0, *([-5.0] * len(seen))]}
    reader = TouchpointReader(Lexicon.load(), table)
    (guess,) = reader.read(look_up(["gizmo"], WordIndex({}, {}, topics=rows)))
    assert guess.lens is Lens.CX
    assert guess in seen
