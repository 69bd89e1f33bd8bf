"""`wellkept check --external-links`."""

from pathlib import Path

from typer.testing import CliRunner

from flows.command import app
from tests.flows.conftest import write
from tests.kb.links.servers import Page, serving


def check(folder: Path, *options: str) -> str:
    home = ["--home", str(folder / ".home")]
    result = CliRunner().invoke(app, ["check", str(folder), *home, *options])
    assert result.exit_code == 0, result.exception
    return result.stderr


def test_external_links_are_tried_on_request_alone(tmp_path: Path) -> None:
    with serving({"/page": Page()}) as site:
        write(tmp_path, {"a.md": f"# A\n\nSee [it]({site.url('/page')}) and more.\n"})
        assert "external links" not in check(tmp_path)
        tried = check(tmp_path, "--external-links")
    assert "external links: 1 lead to private networks and were not tried" in tried
    assert site.requests == []


def test_ignored_links_are_not_tried(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.md": "# A\n\nSee [it](http://127.0.0.1/page) and more.\n",
            "wellkept.toml": '[links]\nexternal = true\nignore = ["http://127.*"]\n',
        },
    )
    assert "external links: none" in check(tmp_path, "--config", str(tmp_path / "wellkept.toml"))
