"""Short ways to read a text and look at what came out."""

from kb.parse import Defaults, parse
from kb.types import Article, Block, BlockKind, Document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def article(
    data: str | bytes, media_type: str = "text/markdown", path: str = "guides/set-up_hub.md"
) -> Article:
    raw = data.encode() if isinstance(data, str) else data
    return parse(Document(f"test:{path}", "test", path, media_type, raw, "1"), Defaults())


def blocks(found: Article, *kinds: BlockKind) -> list[Block]:
    """All blocks, or those of `kinds`, in order."""
    everything = [block for section in found.sections for block in section.blocks]
    return [block for block in everything if not kinds or block.kind in kinds]


def shown(found: Article) -> list[tuple[str, str]]:
    """Kind and text of every block."""
    return [(block.kind.value, block.text) for block in blocks(found)]


def quotes(found: Article) -> list[str]:
    """The source of every sentence."""
    return [
        found.text[sentence.start : sentence.end]
        for block in blocks(found)
        for sentence in block.sentences
    ]


def paths(found: Article) -> list[tuple[str, ...]]:
    return [section.path for section in found.sections]


def check_spans(found: Article) -> None:
    """Everything lies in order within the text, and nothing overlaps."""
    reached = 0
    for section in found.sections:
        assert section.start == section.blocks[0].start
        assert section.end == section.blocks[-1].end
        for block in section.blocks:
            assert reached <= block.start < block.end <= len(found.text)
            reached = block.end
            assert block.text.strip()
            places = [(sentence.start, sentence.end) for sentence in block.sentences]
            for start, end in places + [(cell.start, cell.end) for cell in block.cells]:
                assert block.start <= start < end <= block.end
                assert found.text[start:end] == found.text[start:end].strip()
    for link in found.links:
        assert 0 <= link.start <= link.end <= len(found.text)
