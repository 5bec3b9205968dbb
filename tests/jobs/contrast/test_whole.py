"""The customers of an organisation beside the users of several products."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.contrast import Contrast, SideInput, UsersOf, contrast, from_json, to_json
from jobs.contrast.build import MOST_USERS
from jobs.contrast.changed import _halves, _in_both, _tested
from jobs.contrast.outlook import Outlook
from jobs.contrast.side import without_withdrawn
from jobs.instruments import INSTRUMENTS, Band
from jobs.messages.report.digest_post import contrast_answer, edition
from jobs.messages.report.quiet_post import quiet_post
from jobs.messages.report.telling import MOST_WORDS, words_read
from jobs.messages.report.thread import thread
from jobs.messages.report.verdict import title
from storage.records import People
from tests.jobs.contrast.test_build import EASY, UNHAPPY, asked
from tests.jobs.messages.checking import check
from tests.jobs.messages.examples import NOVEMBER
from tests.jobs.scoring.histories import of_scores
from tests.jobs.scoring.rounds import nps, umux

HAPPY = asked("nps", nps(22, 4, 2))
HARD = asked("umux_lite", umux((11, 2, 2), (11, 2, 3)), channel="C3")
SO_SO = asked("umux_lite", umux((11, 5, 5), (11, 5, 6)), channel="C4")
NEVER = SideInput()


def users(name: str, given: SideInput) -> UsersOf:
    """The users of a product, known by its name in lower case."""
    return UsersOf(product_id=name.lower(), name=name, given=given)


def northwind(cx: SideInput, *beside: UsersOf, named_last: str = "") -> Contrast:
    """The contrast of Northwind with the users of these products."""
    return contrast(
        "Northwind", None, min_group=5, cx=cx, ux=NEVER, first=True, users=beside, named_last=named_last
    )


def test_the_title_has_the_users_who_differ_most() -> None:
    """Of happy customers those who find it hard, of unhappy ones those who find it easy, in any order."""
    products = [users("Atlas", EASY), users("Beacon", HARD), users("Cobalt", SO_SO)]
    for order in (products, products[::-1]):
        assert title(northwind(HAPPY, *order)) == "Northwind: customers are happy, but Beacon is hard to use"
        made = northwind(UNHAPPY, *order)
        assert title(made) == "Northwind: Atlas is easy to use, but customers are unhappy"
        assert [side.about for side in made.sides] == ["", "Atlas", "Cobalt", "Beacon"]


def test_of_two_that_differ_alike_the_title_keeps_the_one_it_had() -> None:
    """Else it has the one that is harder to use: so no title turns without a word that turned."""
    mixed = asked("nps", nps(60, 100, 40))
    products = [users("Atlas", EASY), users("Beacon", HARD)]
    assert northwind(mixed, *products).cx.bands == (Band.MIXED,)
    for last, told in (("", "Beacon"), ("atlas", "Atlas"), ("beacon", "Beacon"), ("gone", "Beacon")):
        assert northwind(mixed, *products, named_last=last).ux.about == told


def test_all_sides_alike() -> None:
    """One word for all where every side has it; else both sides are named."""
    assert (
        title(northwind(HAPPY, users("Atlas", EASY), users("Beacon", EASY))) == "Northwind: good on all sides"
    )
    alone = northwind(HAPPY, users("Atlas", EASY))
    assert title(alone) == "Northwind: customers are happy, and Atlas is easy to use"


def test_without_a_word_of_the_customers_the_hardest_to_use_is_told() -> None:
    """A pair that cannot differ is chosen by its users; one without a word comes last."""
    waiting = SideInput(instrument="umux_lite", channels=("C9",))
    made = northwind(
        SideInput(instrument="nps"), users("Zeal", HARD), users("Atlas", EASY), users("Beta", waiting)
    )
    assert [side.about for side in made.sides] == ["", "Zeal", "Atlas", "Beta"]
    assert title(made) == "Northwind: Zeal is hard to use; too few customer answers so far"


def test_at_most_four_user_sides_are_told_and_the_others_named() -> None:
    """No figure of those that have no room is kept in the edition."""
    many = [users(name, EASY if place else HARD) for place, name in enumerate("ABCDEF")]
    made = northwind(HAPPY, *many)
    assert [side.about for side in made.sides] == ["", "A", "B", "C", "D"]
    assert made.left_out == ("E", "F")
    assert len(made.beside) == MOST_USERS - 1
    assert "No room for the users of E and F." in edition(made, edition_id="e", link=lambda _: None)["text"]


def test_people_are_told_over_all_sides() -> None:
    """Same people only where they are so on every side."""
    same = replace(EASY, channels=("C1",))
    assert northwind(HAPPY, users("Atlas", same), users("Beacon", same)).people is People.SAME
    assert northwind(HAPPY, users("Atlas", same), users("Beacon", HARD)).people is People.SOME


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from([HAPPY, UNHAPPY, NEVER, SideInput(instrument="nps")]),
    st.lists(st.sampled_from([EASY, HARD, SO_SO, SideInput(instrument="seq")]), min_size=1, max_size=6),
    st.sampled_from(["Beacon", "A product with a name of sixty letters, as long as any may be", "<&>"]),
)
def test_every_organisation_can_be_told(cx: SideInput, given_users: list[SideInput], name: str) -> None:
    """Slack takes each form; it is read in 20 seconds; kept and read again it is the same."""
    made = northwind(cx, *(users(f"{place}{name}", each) for place, each in enumerate(given_users)))
    told = edition(made, edition_id="e", link=lambda _: None, zone="UTC")
    for each in (told, contrast_answer(made, zone="UTC"), *thread(made), *thread(made, plain=True)):
        check(each)
    quiet = Outlook(made_on=NOVEMBER.end.date(), same_as=NOVEMBER.start.date())
    check(quiet_post(made, quiet, edition_id="e", link=lambda _: None, zone="UTC"))
    if made.is_shown and len(made.beside) < MOST_USERS - 1:
        assert words_read(told["blocks"]) <= MOST_WORDS
    assert from_json(json.loads(json.dumps(to_json(made)))) == made


def test_more_sides_cry_wolf_no_more_often_than_one() -> None:
    """The limit of each is divided by how many user sides are looked at; so is what would mostly show."""
    found = [of_scores("umux_lite", week, {75.0: 12, 100.0: 8 - week % 3}) for week in range(0, 28, 4)]
    halves = _in_both(_halves(found))
    one, three = (_tested(INSTRUMENTS["umux_lite"], halves, of) for of in (1, 3))
    assert one is not None
    assert three is not None
    assert three.limit == one.limit / 3
    assert (three.p, three.difference) == (one.p, one.difference)
    assert three.visible > one.visible


def test_a_withdrawn_round_goes_from_its_own_product_alone() -> None:
    """Where the product is merged away since, from every user side that it may be of."""
    made = northwind(HAPPY, users("Atlas", EASY), users("Beacon", HARD))
    gone = HARD.rounds.now[0]
    of_beacon = replace(gone, question=replace(gone.question, product_id="beacon"))
    left = without_withdrawn(made, [of_beacon], ())
    assert {side.about: side.score is None for side in left.sides} == {
        "": False,
        "Beacon": True,
        "Atlas": False,
    }
    merged = replace(gone, question=replace(gone.question, product_id="another"))
    left = without_withdrawn(made, [merged], ())
    assert {side.about: side.reduced for side in left.sides} == {"": False, "Beacon": True, "Atlas": True}
