"""What search finds: passages of articles."""

from dataclasses import replace

import pytest

from kb.passages import ArticleDocument, SectionParser, split
from kb.types import Article, Block, BlockKind, Section
from tests.kb.articles import article

LONG = " ".join(f"Sentence number {n} tells one thing about the export of data." for n in range(40))


def test_each_section_gives_its_own_passage_with_its_headings() -> None:
    made = article(
        "a.md",
        "Before any heading.\n\n# Billing\nPay by card.\n\n## Refunds\nWithin five days.\n",
        title="Money",
    )
    passages = split(made, 160)
    assert [(item.heading_path, item.text) for item in passages] == [
        ((), "Before any heading."),
        (("Billing",), "Pay by card."),
        (("Billing", "Refunds"), "Within five days."),
    ]
    assert passages[2].embedded_text == "Money > Billing > Refunds\nWithin five days."


def test_a_section_of_a_heading_alone_gives_none() -> None:
    made = article("a.md", "# Billing\n\n## Refunds\nWithin five days.\n")
    assert [item.heading_path for item in split(made, 160)] == [("Billing", "Refunds")]


def test_an_article_without_text_gives_none() -> None:
    assert split(article("a.md", ""), 160) == []


def test_a_passage_spans_its_source_and_shows_what_a_reader_sees() -> None:
    made = article("a.md", "# Export\nClick **Export** now.\n\nThen see [the log](log.md).\n")
    (found,) = split(made, 160)
    assert made.text[found.start : found.end] == (
        "Click **Export** now.\n\nThen see [the log](log.md)."
    )
    assert found.text == "Click Export now.\nThen see the log."


def test_a_long_section_is_cut_between_sentences_into_pieces_of_like_length() -> None:
    passages = split(article("a.md", f"# Export\n{LONG}\n"), 100)
    lengths = [len(item.text.split()) for item in passages]
    assert len(passages) == 5
    assert max(lengths) <= 100
    assert min(lengths) > 0.8 * max(lengths)
    assert all(item.text.startswith("Sentence number") for item in passages)
    assert " ".join(item.text for item in passages) == LONG
    assert {item.heading_path for item in passages} == {("Export",)}


def test_a_long_section_is_cut_between_paragraphs_where_it_can_be() -> None:
    paragraph = "This paragraph has three sentences. They belong together. Keep them so."
    text = "\n\n".join(f"{n} {paragraph}" for n in range(9))
    passages = split(article("a.md", text), 30)
    assert len(passages) > 3
    for item in passages:
        assert item.text.endswith("Keep them so.")


def test_a_list_is_not_cut_off_the_sentence_that_introduces_it() -> None:
    items = "\n".join(f"- Item {n} of the list with six more words here" for n in range(6))
    filler = "\n\n".join(f"Filler paragraph number {n} has exactly nine words." for n in range(6))
    text = f"{filler}\n\nYou need all of these:\n{items}\n"
    for words in range(60, 110, 10):
        for item in split(article("a.md", text), words):
            assert not item.text.endswith(":")


def test_one_sentence_longer_than_the_limit_stays_whole() -> None:
    sentence = "word " * 50 + "end."
    texts = [item.text for item in split(article("a.md", f"Short one. {sentence}"), 30)]
    assert texts == ["Short one.", sentence]


def test_every_row_of_a_table_says_what_its_columns_are() -> None:
    rows = "\n".join(f"| Plan {n} | {n} GB |" for n in range(30))
    made = article("a.md", f"# Limits\n| Name | Storage |\n| --- | --- |\n{rows}\n")
    passages = split(made, 50)
    assert len(passages) > 2
    assert passages[-1].text.splitlines()[-1] == "Name: Plan 29; Storage: 29 GB"
    assert sum(len(item.text.splitlines()) for item in passages) == 30
    assert all(made.text[item.start : item.end].startswith("| Plan") for item in passages)


def test_a_long_listing_is_cut_between_lines() -> None:
    code = "\n".join(f"  call {n} with one argument" for n in range(40))
    text = f"```\n{code}\n```\n"
    block = Block(BlockKind.CODE, 0, len(text) - 1, code)
    made = replace(article("a.md", text), sections=(Section((), "", 0, 0, len(text), (block,)),))
    passages = split(made, 50)
    assert "\n".join(item.text for item in passages) == "\n".join(
        line.strip() for line in code.splitlines()
    )
    for item in passages:
        first, last = item.text.splitlines()[0], item.text.splitlines()[-1]
        source = made.text[item.start : item.end].strip()
        assert source.startswith(first)
        assert source.endswith(last)


def test_what_the_article_says_of_itself_goes_with_each_passage() -> None:
    made = replace(
        article("docs/a.md", "Some text.", title="T", product=("mobile",)),
        audience=("staff",),
        locale="de",
        url="https://help.example/a",
    )
    (found,) = split(made, 160)
    assert (found.article_id, found.path, found.title) == (made.id, "docs/a.md", "T")
    assert (found.audience, found.product, found.locale) == (("staff",), ("mobile",), "de")
    assert found.url == "https://help.example/a"


def ids(made: Article) -> dict[str, str]:
    return {item.text: item.id for item in split(made, 160)}


def test_a_passage_keeps_its_id_when_the_text_around_it_changes() -> None:
    before = ids(article("a.md", "# One\nFirst.\n\n# Two\nSecond.\n", title="T"))
    after = ids(article("a.md", "# One\nFirst, changed.\n\n# Two\nSecond.\n", title="T"))
    assert after["Second."] == before["Second."]
    assert after["First, changed."] not in before.values()


@pytest.mark.parametrize(
    "other",
    [
        article("b.md", "# One\nFirst.\n", title="T"),
        article("a.md", "# One\nFirst.\n", title="U"),
        article("a.md", "# Two\nFirst.\n", title="T"),
    ],
)
def test_the_id_depends_on_the_article_its_title_and_the_headings(other: Article) -> None:
    assert ids(other)["First."] != ids(article("a.md", "# One\nFirst.\n", title="T"))["First."]


def test_the_same_words_twice_in_an_article_are_two_passages() -> None:
    found = split(article("a.md", "# One\nSame.\n\n# One\nSame.\n"), 160)
    assert len({item.id for item in found}) == 2
    assert found[0].start < found[1].start


def test_other_pipelines_get_the_same_passages_as_nodes() -> None:
    made = article("a.md", f"# Export\n{LONG}\n")
    document = ArticleDocument(
        id_=made.id, text=made.text, metadata={"path": made.path}, article=made
    )
    nodes = SectionParser(words=100).get_nodes_from_documents([document])
    passages = split(made, 100)
    assert [node.text for node in nodes] == [item.text for item in passages]
    assert [(node.start_char_idx, node.end_char_idx) for node in nodes] == [
        (item.start, item.end) for item in passages
    ]
    assert {node.ref_doc_id for node in nodes} == {made.id}
    assert {node.metadata["path"] for node in nodes} == {"a.md"}
    assert nodes[0].next_node is not None
    assert nodes[0].next_node.node_id == nodes[1].node_id
