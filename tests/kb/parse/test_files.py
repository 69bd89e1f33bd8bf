"""Reading PDF, DOCX and plain text, and bytes that are none of them."""

import io

import docx
import pytest

from kb.errors import Permanent
from kb.types import BlockKind
from tests.kb.parse.pdfs import Text, pdf
from tests.kb.parse.reading import WORD, article, blocks, check_spans, paths, shown

GERMAN = "Die Größe – so heißt es – ist “egal”."


def page(number: int, lines: list[Text]) -> list[Text]:
    return [(72, 760, 9, "Acme manual"), (300, 30, 9, f"Page {number}"), *lines]


MANUAL = pdf(
    [
        page(
            1,
            [
                (72, 700, 20, "Warranty terms"),
                (72, 670, 11, "These terms apply to products that you have bought from the ware-"),
                (72, 656, 11, "house, and the two-year period is for all."),
                (72, 630, 15, "What is covered"),
                (72, 605, 11, "1. Defects of the material,"),
                (86, 591, 11, "and of the work."),
                (72, 575, 11, "2. A two-year guarantee."),
                (72, 550, 11, "Product"),
                (200, 550, 11, "Period"),
                (72, 535, 11, "Sprout"),
                (200, 535, 11, "24 months"),
                (72, 520, 11, "Hub"),
                (200, 520, 11, "36 months"),
                (72, 490, 11, "The rest of this paragraph goes on"),
            ],
        ),
        page(
            2, [(72, 700, 11, "on the next page."), (72, 670, -11, "Contact"), (72, 650, 11, "Us.")]
        ),
    ],
    title="Terms (draft)",
)


def test_a_pdf_has_headings_paragraphs_lists_and_tables_and_no_running_lines() -> None:
    found = article(MANUAL, "application/pdf")
    check_spans(found)
    assert found.title == "Warranty terms"
    assert shown(found) == [
        ("heading", "Warranty terms"),
        (
            "paragraph",
            "These terms apply to products that you have bought from the warehouse, "
            "and the two-year period is for all.",
        ),
        ("heading", "What is covered"),
        ("step", "Defects of the material, and of the work."),
        ("step", "A two-year guarantee."),
        ("table_row", "Product: Sprout; Period: 24 months"),
        ("table_row", "Product: Hub; Period: 36 months"),
        ("paragraph", "The rest of this paragraph goes on on the next page."),
        ("heading", "Contact"),
        ("paragraph", "Us."),
    ]
    assert paths(found) == [(), ("What is covered",), ("What is covered", "Contact")]


def test_a_pdf_without_headings_is_named_by_its_metadata() -> None:
    found = article(pdf([[(72, 700, 11, "Only text.")]], title="Terms (draft)"), "application/pdf")
    assert found.title == "Terms (draft)"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (MANUAL[:200], "PDF"),
        (b"%PDF-1.7 nonsense", "PDF"),
        (b"hello", "PDF"),
        (pdf([[]]), "no text"),
    ],
)
def test_a_broken_or_empty_pdf_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Permanent, match=reason):
        article(data, "application/pdf")


def test_a_word_document_has_headings_lists_tables_and_links() -> None:
    document = docx.Document()
    document.add_heading("Refunds", 0)
    document.add_heading("How", 1)
    document.add_paragraph("Open the app", style="List Number")
    document.add_paragraph("Tap Go & wait", style="List Number")
    document.add_paragraph("Any time, so that no one waits", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for index, text in enumerate(["Plan", "Days", "Free", "14"]):
        table.cell(*divmod(index, 2)).text = text
    document.add_paragraph("That is all.")
    document.sections[0].header.paragraphs[0].text = "Acme"
    data = io.BytesIO()
    document.save(data)
    found = article(data.getvalue(), WORD)
    check_spans(found)
    assert found.title == "Refunds"
    assert shown(found) == [
        ("heading", "Refunds"),
        ("heading", "How"),
        ("step", "Open the app"),
        ("step", "Tap Go & wait"),
        ("list_item", "Any time, so that no one waits"),
        ("table_row", "Plan: Free; Days: 14"),
        ("paragraph", "That is all."),
    ]
    assert [block.marker for block in blocks(found, BlockKind.STEP)] == ["1.", "2."]


@pytest.mark.parametrize("data", [b"PK\x03\x04 torn", b"hello"])
def test_a_broken_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(Permanent, match="Word"):
        article(data, WORD)


def test_plain_text_has_paragraphs_lists_and_underlined_or_capital_headings() -> None:
    text = """Returns
=======

You have *30* days
to send <it> back.

HOW TO DO IT

1. Pack it
   well.
2. Send it

- snake_case_name

# 5 is a number
"""
    found = article(text, "text/plain")
    check_spans(found)
    assert found.text == text
    assert found.title == "Returns"
    assert shown(found) == [
        ("heading", "Returns"),
        ("paragraph", "You have *30* days to send <it> back."),
        ("heading", "HOW TO DO IT"),
        ("step", "Pack it well."),
        ("step", "Send it"),
        ("list_item", "snake_case_name"),
        ("paragraph", "# 5 is a number"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        GERMAN.encode(),
        b"\xef\xbb\xbf" + GERMAN.encode(),
        GERMAN.encode("utf-16"),
        b"\xfe\xff" + GERMAN.encode("utf-16-be"),
        GERMAN.encode("cp1252"),
    ],
)
def test_text_is_read_in_the_usual_encodings(data: bytes) -> None:
    assert article(data).text == GERMAN


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x10", "UTF-8"),
        (bytes(range(128, 256)) * 20, "UTF-8"),
        (b"text\x00more text", "binary"),
        (b"\xff\xfe\x00\xd8 broken", "utf-16"),
        (b"---\ntitle: Only front matter\n---\n", "no text"),
        (b"![](only-an-image.png)", "no text"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Permanent, match=reason):
        article(data)


def test_a_kind_that_is_not_read_is_refused() -> None:
    with pytest.raises(Permanent, match="image/png"):
        article(b"x", "image/png")


@pytest.mark.parametrize("opening", [">", "- ", "[", "**", "1. ", "<Note>"])
def test_markup_that_is_nested_without_end_is_read_as_far_as_it_goes(opening: str) -> None:
    check_spans(article(f"Before.\n\n{opening * 3000}deep\n\nAfter."))


def test_a_page_that_is_nested_without_end_is_read_as_far_as_it_goes() -> None:
    found = article("<p>Before.</p>" + "<div>" * 5000 + "deep", "text/html")
    assert shown(found)[0] == ("paragraph", "Before.")
