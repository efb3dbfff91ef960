"""The page of saved searches. What is saved is in the reader's browser alone; static/saved.js shows it."""

from dataclasses import dataclass

from webui.frame import Frame


@dataclass(frozen=True, slots=True)
class SavedPage:
    """All that saved.html shows."""

    frame: Frame
