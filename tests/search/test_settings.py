"""Where settings come from."""

from pathlib import Path

import pytest

from search.errors import SettingsError
from search.settings import read_settings


def test_where_the_home_is(tmp_path: Path) -> None:
    """A folder given wins over LECTERN_HOME, that over ./var."""
    environ = {"LECTERN_HOME": str(tmp_path)}
    assert read_settings(tmp_path / "x", environ).home == tmp_path / "x"
    assert read_settings(None, environ).home == tmp_path
    assert read_settings(None, {}).home == Path("var")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """Names are the same in both."""
    (tmp_path / "lectern.toml").write_text('LECTERN_LOG = "info"\nLECTERN_BASE_URL = "https://a.example"\n')
    settings = read_settings(tmp_path, {"LECTERN_LOG": "debug"})
    assert settings.values == {"LECTERN_LOG": "debug", "LECTERN_BASE_URL": "https://a.example"}


@pytest.mark.parametrize(
    ("text", "said"), [("LECTERN_LOGG = 1", "no such setting: LECTERN_LOGG"), ("a = ", "not a TOML")]
)
def test_a_wrong_file_is_said(tmp_path: Path, text: str, said: str) -> None:
    """A misspelt name or a broken file is an error that names the file."""
    (tmp_path / "lectern.toml").write_text(text)
    with pytest.raises(SettingsError, match=said) as refused:
        read_settings(tmp_path, {})
    assert str(tmp_path) in str(refused.value)
