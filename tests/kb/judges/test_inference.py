"""The local model's judge, with a tiny model of random weights that is made on the spot."""

from pathlib import Path
from typing import Any

import pytest

from kb.findings import Verdict
from kb.judges import open_second_judge
from kb.ports import SecondJudge
from kb.settings import JudgeSettings, LlmSettings
from tests.kb.judges.test_endpoint import make

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "refund", "trial", ":", "14", "30", "days"]


def model(folder: Path, *labels: str, surest: int = 0) -> str:
    """A BERT of one layer whose label number `surest` gets nearly all."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(WORDS), encoding="utf-8")
    config: Any = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=64,
        id2label=dict(enumerate(labels)),
        label2id={label: n for n, label in enumerate(labels)},
    )
    network: Any = BertForSequenceClassification(config)
    network.classifier.bias.data[surest] = 20.0
    network.save_pretrained(folder)
    BertTokenizer(str(vocabulary)).save_pretrained(folder)
    return str(folder)


def judge(name: str) -> SecondJudge:
    found = open_second_judge(JudgeSettings(kind="model", model=name), LlmSettings())
    assert found
    return found


@pytest.mark.parametrize(("surest", "verdict"), [(2, Verdict.CONFIRMED), (0, Verdict.LOWERED)])
def test_the_chance_of_the_label_contradiction_decides_wherever_it_stands(
    tmp_path: Path, surest: int, verdict: Verdict
) -> None:
    name = model(tmp_path, "entailment", "neutral", "CONTRADICTION", surest=surest)
    opinions = judge(name)([make("refund"), make("trial", "14 days", "30 days", "14 days")])
    assert [one and one.verdict for one in opinions] == [verdict, verdict]
    assert all(one and (one.confidence > 0.9) == (verdict is Verdict.CONFIRMED) for one in opinions)


def test_a_model_without_that_label_leaves_the_findings_alone_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    name = model(tmp_path, "positive", "negative")
    assert judge(name)([make("refund")]) == [None]
    assert "does not tell contradictions" in caplog.text


def test_a_model_that_is_not_there_leaves_the_findings_alone(tmp_path: Path) -> None:
    assert judge(str(tmp_path / "nothing"))([make("refund")]) == [None]
