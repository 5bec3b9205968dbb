"""Sides, tones and topics have words that people see."""

from jobs.messages.wording import vocabulary
from storage.records import Lens, Sentiment, Touchpoint


def test_every_tone_and_topic_has_a_word() -> None:
    """Where people use another word than the code, that word is shown."""
    assert {tone: vocabulary.tone_word(tone) for tone in Sentiment}[Sentiment.UNSURE] == "not sure"
    assert vocabulary.tone_word(Sentiment.UNCLASSIFIED) == vocabulary.tone_word(None) == "not read"
    topics = {topic: vocabulary.topic_word(topic) for topic in Touchpoint}
    assert topics[Touchpoint.PERFORMANCE] == "speed"
    assert topics[Touchpoint.PURCHASE] == "buying"
    assert topics[Touchpoint.BILLING] == "billing"


def test_sides_are_called_by_what_people_do() -> None:
    """Being a customer, using the product; the name is escaped."""
    assert vocabulary.side_words(Lens.CX, "Atlas") == "being a customer"
    assert vocabulary.side_words(Lens.UX, "R&D") == "using R&amp;D"
