"""Texts read by a sentence-transformers model: a vector for every token of theirs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kb.ports import Matrix
from kb.resemblance import WordVectors, word_vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor
    from transformers import BatchEncoding, PreTrainedTokenizerBase

_LONGEST = 96
# Tokens that are read together: attention grows with their square.
_TOGETHER = 512

Texts = Sequence[list[str]]


def read_padded(
    model: "SentenceTransformer", tokenizer: "PreTrainedTokenizerBase", texts: Texts
) -> list[WordVectors]:
    """Texts, given as words, as one batch, each filled up to the longest: by any model.
    `tokenizer` is one that nobody else uses: a call sets how it fills up and cuts for every call
    that is under way."""
    tokens = _tokens(tokenizer, texts, padding=True)
    vectors = _vectors(model, tokens.convert_to_tensors("pt"))
    return [word_vectors(vectors[row], tokens.word_ids(row)) for row in range(len(texts))]


def read_joined(
    model: "SentenceTransformer", tokenizer: "PreTrainedTokenizerBase", texts: Texts
) -> list[WordVectors]:
    """The same by a BERT, the texts one after the other, none seeing the others: without padding,
    which makes up a third of a batch of sentences."""
    tokens = _tokens(tokenizer, texts, padding=False)
    found = []
    for rows in _together([len(ids) for ids in tokens["input_ids"]]):
        vectors = _joined(model, [tokens["input_ids"][row] for row in rows])
        found += [
            word_vectors(matrix, tokens.word_ids(row))
            for row, matrix in zip(rows, vectors, strict=True)
        ]
    return found


def _tokens(
    tokenizer: "PreTrainedTokenizerBase", texts: Texts, *, padding: bool
) -> "BatchEncoding":
    found: BatchEncoding = tokenizer(
        list(texts),
        is_split_into_words=True,
        padding=padding,
        truncation=True,
        max_length=_LONGEST,
    )
    return found


def _together(lengths: Sequence[int]) -> Iterator[list[int]]:
    rows: list[int] = []
    total = 0
    for row, length in enumerate(lengths):
        if rows and total + length > _TOGETHER:
            yield rows
            rows, total = [], 0
        rows.append(row)
        total += length
    if rows:
        yield rows


def _joined(model: "SentenceTransformer", ids: Sequence[Sequence[int]]) -> list[Matrix]:
    import torch

    lengths = torch.tensor([len(text) for text in ids])
    text = torch.repeat_interleave(torch.arange(len(ids)), lengths)
    tokens = torch.tensor([[one for text in ids for one in text]])
    features = {
        "input_ids": tokens,
        "token_type_ids": torch.zeros_like(tokens),
        "position_ids": torch.cat([torch.arange(len(text)) for text in ids])[None],
        "attention_mask": (text[:, None] == text[None, :])[None, None],
    }
    (vectors,) = _vectors(model, features)
    ends = lengths.cumsum(0).tolist()
    return [vectors[end - len(text) : end] for text, end in zip(ids, ends, strict=True)]


def _vectors(model: "SentenceTransformer", features: "Mapping[str, Tensor]") -> Matrix:
    from torch import inference_mode

    with inference_mode():
        vectors: Matrix = model[0](dict(features))["token_embeddings"].numpy()
    return vectors
