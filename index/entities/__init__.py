"""Entities in transcripts: the authority's names as printed, what rules find beside them, and who a short form means.

What is looked for as printed belongs to `names`; bodies and events that a rule finds to `bodies` and `national`,
persons to `persons`; abbreviations to `definitions`; what only the whole briefing can tell to `briefings`. Names
themselves are data and belong to `index.authority`.
"""

from index.entities.briefings import Candidate, Tagger

__all__ = ["Candidate", "Tagger"]
