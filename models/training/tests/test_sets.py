from pathlib import Path

from jobs.classification.model.linear import LinearModel
from models.training.fragments import fragments
from models.training.sets import OWN, Example, even_topics, labelled, own_lines, weight
from storage.records import Touchpoint


def test_our_own_lines_are_well_formed() -> None:
    """Each line has a tone, a kind and a touchpoint that the model was trained for, and stands there once."""
    lines = own_lines()
    assert len({line.text for line in lines}) == len(lines)
    assert {line.topic for line in lines} == {*LinearModel.load().touchpoints["names"], Touchpoint.OTHER}
    assert {line.tone for line in lines} == {-1, 0, 1}
    assert all(line.kind for line in lines)


def test_held_out_lines_are_not_learnt() -> None:
    """About a fifth of the lines is held out, and weighs nothing in training."""
    lines = own_lines()
    held = [line for line in lines if line.held_out]
    assert 0.15 < len(held) / len(lines) < 0.25
    assert not any(weight(OWN, line) for line in held)
    assert not weight("vader_amazon", Example("great", 1))


def test_praise_and_blame_of_a_topic_weigh_the_same() -> None:
    """However many lines there are of each, no topic is praise or blame in itself."""
    lines = [line for line in own_lines() if not line.held_out]
    even = even_topics(lines)
    for topic in {line.topic for line in lines}:
        sums = [
            sum(even[topic, tone] for line in lines if (line.topic, line.tone) == (topic, tone))
            for tone in (-1, 1)
        ]
        assert abs(sums[0] - sums[1]) < 1e-6


def test_fragments_are_sentences_and_clauses() -> None:
    """A text of several sentences or clauses is also learnt from piece by piece, each piece once."""
    examples = [Example("The screen is great. It is heavy, but the battery lasts long.", 1)] * 2
    assert [piece for _, piece in fragments({"x": examples})] == [
        "The screen is great.",
        "It is heavy, but the battery lasts long.",
        "It is heavy",
        "but the battery lasts long.",
    ]


def test_a_set_in_the_folder_goes_before_the_one_in_the_clone(tmp_path: Path) -> None:
    """A set is read from the folder, else from the clone; one that neither has is empty."""
    assert len(labelled(tmp_path, "uci_yelp")) == 996
    (tmp_path / "uci_yelp.tsv").write_text('label\trating\ttopic\tgroup\ttext\n1\t5\tCX\t\tGood "one\n')
    assert labelled(tmp_path, "uci_yelp") == [Example('Good "one', 1, side="CX")]
    assert labelled(tmp_path, "urr_app_stars") == []
