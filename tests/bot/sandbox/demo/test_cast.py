"""The people of the demo."""

from bot.sandbox.demo.cast import cast


def test_about_forty_people_with_two_leads() -> None:
    """Names of their own, and nobody answers outside the scale."""
    people = cast()
    assert 35 <= len(people) <= 50
    assert len({member.name for member in people}) == len(people)
    assert sum(member.lead for member in people) == 2
    assert all(member.nps is None or 0 <= member.nps <= 10 for member in people)
    assert all(member.csat is None or 1 <= member.csat <= 5 for member in people)
    assert all(point in range(1, 8) for member in people for point in member.umux or ())


def test_the_story_is_in_what_they_say() -> None:
    """Customers are unhappy and write of billing; users find it easy."""
    people = cast()
    unhappy = [member for member in people if member.nps is not None and member.nps <= 6 and member.why]
    assert (
        sum(
            "invoice" in (member.why or "").lower() or "bill" in (member.why or "").lower()
            for member in unhappy
        )
        >= 5
    )
    easy = [sum(member.umux) for member in people if member.umux]
    assert sum(easy) / len(easy) > 10
    assert any(member.quote for member in people)
