import pytest

from jobs.classification.words.ratings import BLAMED, EVEN, PRAISED, Ratings

RATINGS = Ratings.load()


@pytest.mark.parametrize(
    "text,read",
    [
        ("1 star", BLAMED),
        ("4.5 stars", PRAISED),
        ("three stars", EVEN),
        ("zero stars, avoid", f"{BLAMED} , avoid"),
        ("0/10", BLAMED),
        ("7/10", PRAISED),
        ("5 out of 10", EVEN),
        ("4/10", BLAMED),
        ("-10/10", BLAMED),
        ("ten out of ten", PRAISED),
        ("a 2 on a scale of 1 to 10", f"a {BLAMED}"),
        ("95%", PRAISED),
        ("50/50", EVEN),
        ("100% useless", "totally useless"),
        ("0% regrets", "no regrets"),
        ("20% happy", "hardly happy"),
        ("A+ support", f"{PRAISED} support"),
        ("Grade: C", f"Grade: {EVEN}"),
        ("gets a D", f"gets {BLAMED}"),
        ("+1", PRAISED),
        ("minus one", BLAMED),
        ("9 out of 10, minus one for the invoices", PRAISED),
        ("92 percent, only the docs lag", PRAISED),
        ("knocked off half a star, otherwise 5 stars", f", otherwise {PRAISED}"),
        ("2 out of 10, only the support is good", f"{BLAMED} , only the support is good"),
    ],
)
def test_a_rating_is_marked_by_what_it_is_worth(text: str, read: str) -> None:
    """From .7 of the highest point a rating praises, below .45 it blames, between them it is even."""
    assert RATINGS.marked(text).text.split() == read.split()


@pytest.mark.parametrize(
    "text",
    [
        "9 out of 10 exports fail",
        "10/10 times it crashed",
        "it took 10 minutes",
        "1/2 of the pages are blank",
        "rated 4 out of 10 by my boss",
        "The meeting is on 9/10",
        "page 3/5 of the tutorial",
        "The price went up by 10%",
        "Plan B is the smaller one",
        "As for the menu, I like it",
        "We write C++ all day",
        "Our repo has a readme",
        "my five star rating",
        "12345",
    ],
)
def test_a_figure_that_counts_is_no_rating(text: str) -> None:
    """Counts, dates, shares of other things and letters that are names stay as they are."""
    assert RATINGS.marked(text) == (text, ())


@pytest.mark.parametrize("text", ["would be 5 stars", "5 stars if you fix it", "if you fix it, 5 stars"])
def test_a_rating_that_is_not_given_says_nothing(text: str) -> None:
    """What would be given is no praise."""
    assert PRAISED not in RATINGS.marked(text).text


def test_stars_that_are_denied_blame() -> None:
    """Praise in figures turns round under a negation."""
    assert BLAMED in RATINGS.marked("not worth 5 stars").text


def test_what_stood_there_is_kept_for_the_reason() -> None:
    """Each mark has its sign and its words as written."""
    assert RATINGS.marked("Search 1/10, support 9 out of 10!").said == ((-1, "1/10"), (1, "9 out of 10"))
