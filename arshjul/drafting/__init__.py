"""First sentences of an analysis, drafted from the figures in plain Swedish.

A draft is a beginning for whoever writes, not her words: it bears a mark (`DRAFTED`) until a person has taken
it over. Nothing is drafted of what may not be shown. `sentences` speaks of one indicator, `analyses` of a
goal. Pure.
"""

from arshjul.drafting.analyses import DRAFTED, Drafted, drafted_analysis
from arshjul.drafting.sentences import draft_sentences

__all__ = ["DRAFTED", "Drafted", "draft_sentences", "drafted_analysis"]
