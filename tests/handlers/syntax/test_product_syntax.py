"""What is read of the words after `/pulse products`, and what is refused with a form that works."""

import pytest

from handlers.syntax import CommandSyntaxError, ProductVerb, read_products
from handlers.syntax.product_name import COMMANDS, RESERVED

LIST, RENAME, MERGE, REMOVE, WHOLE, PART = ProductVerb


@pytest.mark.parametrize(
    "typed,verb,product,other",
    [
        ("", LIST, "", ""),
        ("list", LIST, "", ""),
        ("rename Altas to Atlas", RENAME, "Altas", "Atlas"),
        ("rename Altas as Atlas", RENAME, "Altas", "Atlas"),
        ("Rename Altas, to Atlas.", RENAME, "Altas", "Atlas"),
        ('rename "Altas" to "Atlas"', RENAME, "Altas", "Atlas"),
        ("rename “Road to Rome” to Atlas", RENAME, "Road to Rome", "Atlas"),
        ("rename Altas — to Atlas Pro", RENAME, "Altas", "Atlas Pro"),
        ("rename stop to Atlas", RENAME, "stop", "Atlas"),
        ("rename Atlas mon 09:00 to Atlas", RENAME, "Atlas mon 09:00", "Atlas"),
        ("merge Altas into Atlas", MERGE, "Altas", "Atlas"),
        ("merge Altas with Atlas", MERGE, "Altas", "Atlas"),
        ("merge Road to Rome into Atlas", MERGE, "Road to Rome", "Atlas"),
        ("merge stop into Atlas!", MERGE, "stop", "Atlas!"),
        ("remove Altas", REMOVE, "Altas", ""),
        ("delete the support you just received", REMOVE, "the support you just received", ""),
        ("remove stop", REMOVE, "stop", ""),
        ("remove «Altas»", REMOVE, "Altas", ""),
        ("whole Northwind", WHOLE, "Northwind", ""),
        ("Organisation “Northwind Trading”.", WHOLE, "Northwind Trading", ""),
        ("part Northwind", PART, "Northwind", ""),
    ],
)
def test_what_is_typed(typed: str, verb: ProductVerb, product: str, other: str) -> None:
    """Names come out without the marks of the sentence, whatever they are called now."""
    read = read_products(typed)
    assert (read.verb, read.product, read.other) == (verb, product, other)


@pytest.mark.parametrize("typed,page", [("2", 2), ("page 2", 2), ("list 3", 3), ("", 1), ("list", 1)])
def test_pages(typed: str, page: int) -> None:
    """A number is a page of the list."""
    assert read_products(typed).page == page


@pytest.mark.parametrize(
    "typed",
    [
        "rename", "rename Altas", "rename to Atlas", "rename Altas to", "merge Altas", "merge into Atlas",
        "remove", "whole", "part", "Atlas", "rename Altas to *Atlas*", "rename a to b to c", "list of them",
        "0",
        f"rename Altas to {'x' * 61}",
    ],
)  # fmt: skip
def test_what_is_not_understood(typed: str) -> None:
    """One sentence, and a form that is read as it stands."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_products(typed)
    assert refused.value.form.startswith("/pulse products")
    read_products(refused.value.form.removeprefix("/pulse products"))


@pytest.mark.parametrize("word", ["stop", "help", "weekly", "nps", "products", "mon 09:00", *COMMANDS[:6]])
def test_no_new_name_is_a_word_of_the_command_language(word: str) -> None:
    """Reserved words are refused as a new name."""
    with pytest.raises(CommandSyntaxError):
        read_products(f"rename Altas to {word}")
    assert "products" in RESERVED


@pytest.mark.parametrize(
    "typed, form",
    [
        ("Northwind whole", "/pulse products whole Northwind"),
        ("make Northwind Trading the whole", '/pulse products whole "Northwind Trading"'),
        ("Altas remove", "/pulse products remove Altas"),
        ("the whole Northwind", "/pulse products"),
    ],
)
def test_a_verb_at_the_end_is_put_first(typed: str, form: str) -> None:
    """The form that is told does what was meant."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_products(typed)
    assert refused.value.form == form
