"""Settings: the file, the environment, and what is refused."""

from pathlib import Path

import pytest

from kb.configuration import load
from kb.errors import ConfigError
from kb.settings import entries, variable
from kb.settings_text import commented_toml
from tests.docs import SETTINGS, settings_page


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _write(text: str) -> Path:
    path = Path("wellkept.toml")
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_need_no_file() -> None:
    assert load().home == Path(".wellkept")


def test_a_file_that_was_named_must_exist() -> None:
    with pytest.raises(ConfigError, match="wellkept init"):
        load(Path("missing.toml"))


def test_the_file_is_read_and_its_paths_are_relative_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "center"
    folder.mkdir()
    (folder / "wellkept.toml").write_text(
        '[sources]\npaths = ["articles"]\ngolden = "golden.jsonl"\n[search]\nrrf_k = 5\n'
    )
    settings = load(folder / "wellkept.toml")
    assert settings.sources.paths == [folder / "articles"]
    assert settings.sources.golden == folder / "golden.jsonl"
    assert settings.search.rrf_k == 5


def test_the_environment_overrides_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    _write("[server]\nport = 8001\nhost = '0.0.0.0'\n")
    monkeypatch.setenv("WELLKEPT_SERVER_PORT", "8002")
    settings = load()
    assert (settings.server.port, settings.server.host) == (8002, "0.0.0.0")


def test_the_home_option_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_HOME", "from-environment")
    assert load().home == Path("from-environment")
    assert load(home=Path("from-option")).home == Path("from-option")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("[serach]\nrrf_k = 5", "search"),
        ("[search]\nrrf = 5", "rrf_k"),
        ("hoem = 'x'", "home"),
    ],
)
def test_an_unknown_key_names_the_nearest(text: str, known: str) -> None:
    with pytest.raises(ConfigError, match=f"did you mean '{known}'"):
        load(_write(text))


def test_an_unknown_variable_names_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_QDRANT_ULR", "http://localhost")
    with pytest.raises(ConfigError, match="did you mean 'WELLKEPT_QDRANT_URL'"):
        load()


def test_a_secret_in_the_file_is_refused_without_being_shown() -> None:
    with pytest.raises(ConfigError, match="WELLKEPT_LLM_API_KEY") as caught:
        load(_write("[llm]\napi_key = 'very-secret'"))
    assert "very-secret" not in str(caught.value)


def test_a_secret_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_DATABASE_URL", "postgresql://u:very-secret@h/d")
    assert "very-secret" not in repr(load())


@pytest.mark.parametrize("text", ["[server]\nport = 99999", "[server]\nport = 'x'", "not toml ["])
def test_a_value_that_does_not_fit_is_explained(text: str) -> None:
    with pytest.raises(ConfigError, match=r"wellkept\.toml"):
        load(_write(text))


def test_the_file_that_init_writes_loads_as_it_is_and_uncommented() -> None:
    assert load(_write(commented_toml())) == load()
    lines = [
        line.removeprefix("# ") if " = " in line and "# not set" not in line else line
        for line in commented_toml().splitlines()
    ]
    assert load(_write("\n".join(lines))).search == load().search


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for _, _, field in entries())
    names = [variable(section, key) for section, key, _ in entries()]
    assert len(names) == len(set(names))


def test_the_settings_page_is_the_generated_one() -> None:
    assert SETTINGS.read_text(encoding="utf-8") == settings_page(), "run `make docs`"
