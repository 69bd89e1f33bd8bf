"""What reading articles must not cost."""

import subprocess
import sys

_READ = """
import sys
from kb.parse import Defaults, parse
from kb.types import Document
data = b"# Refunds\\n\\nWithin a week.\\n"
parse(Document("a", "a", "a.md", "text/markdown", data, "1"), Defaults())
assert "torch" not in sys.modules, "torch was loaded"
import torch
assert torch.tensor([1.0]).sum() == 1
"""


def test_articles_are_read_without_torch_which_loads_afterwards_as_ever() -> None:
    subprocess.run([sys.executable, "-c", _READ], check=True)
