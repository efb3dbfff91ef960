"""Settings as a command is given them: what is said with the command wins over the environment, and that over files."""

import os
from pathlib import Path

from search.settings import Settings, read_settings


def read_given(home: Path | None, engine: str | None) -> Settings:
    """The settings of a home; `engine` is an address said with the command, if one was. Raises SettingsError."""
    return read_settings(home, os.environ | ({"LECTERN_ENGINE": engine} if engine else {}))
