from models.training.app_stars import made

HEADING = (
    "_id,app,appVersion,reviewText,author,date,ratingStars,classification,class1,class2,class3,copied,class4"
)


def rows(*lines: str) -> list[list[str]]:
    """The rows that the set has for these lines of the original."""
    first, *found = made("\n".join([HEADING, *lines]).encode()).decode().splitlines()
    assert first == "label\trating\ttopic\tgroup\ttext"
    return [row.split("\t") for row in found]


def test_a_review_has_the_tone_of_its_stars() -> None:
    """One and two stars are blame, three neither, four and five praise."""
    found = rows(*(f"1,Notes,1,Text {stars},A,1,{stars},x,OTHER,,,," for stars in range(1, 6)))
    assert [row[0] for row in found] == ["-1", "-1", "0", "1", "1"]


def test_price_and_licensing_are_of_the_customer_side() -> None:
    """Its first three classes tell the side: both where there are both, none where they say nothing."""
    found = rows(
        "1,Notes,1,a,A,1,5,x,PRICE,,,,UI",
        "1,Notes,1,b,A,1,5,x,UI,UI,BATTERY,y,",
        "1,Notes,1,c,A,1,5,x,UI,LICENSING,,,",
        "1,Notes,1,d,A,1,5,x,OTHER,,,,",
    )
    assert [row[2:4] for row in found] == [
        ["CX", "Notes|PRICE"],
        ["UX", "Notes|BATTERY+UI"],
        ["BOTH", "Notes|LICENSING+UI"],
        ["", "Notes|"],
    ]


def test_each_text_stands_there_once_on_one_line() -> None:
    """Capitals make no other text; line breaks and what stands for a mark in HTML are undone."""
    found = rows('1,Notes,1,"Good\n  &lt;3",A,1,5,x,,,,,', "1,Notes,1,GOOD <3,B,1,1,x,,,,,")
    assert [row[-1] for row in found] == ["Good <3"]


def test_bytes_that_are_no_text_are_left_out() -> None:
    """The original is no UTF-8 throughout."""
    assert b"\tGood\n" in made(f"{HEADING}\n1,Notes,1,Good".encode() + b"\x89,A,1,5,x,,,,,")
