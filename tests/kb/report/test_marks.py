from dataclasses import replace

from kb.findings import Evidence
from kb.report.marks import LONGEST, compared, pieces_of, readable


def evidence(quote: str, *marked: str) -> Evidence:
    marks = tuple((quote.index(word), quote.index(word) + len(word)) for word in marked)
    return Evidence("a:1", "a.md", "A", quote, 0, len(quote), marks=marks)


def marked(item: Evidence, *, alike: bool = True) -> list[str]:
    (pieces,) = pieces_of([item], alike)
    return [piece.text for piece in pieces if piece.differs]


def test_quotes_are_shown_without_markup() -> None:
    assert (
        readable("- Open **Settings** > [Billing](b.md)\n  and `save`")
        == "Open Settings > Billing and save"
    )


def test_a_row_of_a_table_is_shown_without_its_edges() -> None:
    assert readable("| Export | yes | no |") == "Export | yes | no"


def test_the_words_that_carry_a_claim_are_marked_wherever_markup_stands() -> None:
    assert marked(evidence("Refunds take **14 days** here.", "14 days")) == ["14 days"]
    assert marked(evidence("See [the *30* days](terms.md) we give.", "*30*")) == ["30"]
    assert marked(evidence("- Guests **cannot** export.", "cannot")) == ["cannot"]
    assert marked(evidence("- Guests may not.", "- Guests")) == ["Guests"]


def test_pieces_joined_are_the_quote_as_it_is_read() -> None:
    quote = "**Refunds** take 14 days, or 30 days by [post](p.md)."
    (pieces,) = pieces_of([evidence(quote, "14 days", "30 days")], alike=True)
    assert "".join(piece.text for piece in pieces) == readable(quote)


def test_the_marked_words_of_a_long_quote_are_shown() -> None:
    quote = "word " * 400 + "It costs $7 " + "word " * 400
    (pieces,) = pieces_of([evidence(quote, "$7")], alike=False)
    assert [piece.text for piece in pieces if piece.differs] == ["$7"]
    text = "".join(piece.text for piece in pieces)
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert len(text) <= LONGEST + 4


def test_quotes_without_marks_are_laid_side_by_side() -> None:
    first, second = pieces_of(
        [evidence("Refunds take 14 days to arrive."), evidence("Refunds take 30 days to arrive.")],
        alike=True,
    )
    assert [piece.text for piece in first if piece.differs] == ["14"]
    assert [piece.text for piece in second if piece.differs] == ["30"]


def test_wordings_with_little_in_common_have_only_their_numbers_marked() -> None:
    first, second = compared(
        ["We keep it for 30 days.", "After two weeks it is gone, or 14 nights."]
    )
    assert [piece.text for piece in first if piece.differs] == ["30"]
    assert [piece.text for piece in second if piece.differs] == ["14"]


def test_wordings_without_anything_in_common_have_their_yes_and_no_marked() -> None:
    first, second = pieces_of(
        [
            evidence("A break isn't something our plans offer."),
            evidence("Plus can be put on hold."),
        ],
        alike=True,
    )
    assert [piece.text for piece in first if piece.differs] == ["isn't"]
    assert [piece.text for piece in second if piece.differs] == ["can"]


def test_marks_that_touch_or_reach_the_ends_leave_nothing_out() -> None:
    item = replace(evidence("14 days"), marks=((0, 2), (2, 7)))
    assert "".join(marked(item)) == "14 days"
