"""Entities in transcripts: the authority's names as printed, persons by their titles, and who a surname means.

What is looked for as printed belongs to `names`, persons that a rule finds to `persons`, what only the whole briefing
can tell to `briefings`. Names themselves are data and belong to `index.authority`.
"""

from index.entities.briefings import Tagger
from index.entities.persons import Candidate

__all__ = ["Candidate", "Tagger"]
