"""Totals in a text that their parts can be held against: in a sentence, over sentences, over a list.

Whether they agree is the caller's comparison (`TextTotal.adds_up`). Called by `cycle_review`. Pure.
"""

import re
from collections.abc import Iterator

from arshjul.review.list_totals import over_list, under_heading
from arshjul.review.sentence_totals import TOTAL, in_sentence, over_sentences
from arshjul.review.text_total import TextTotal

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")


def totals_in(text: str) -> Iterator[TextTotal]:
    """Every total of `text` that has at least two parts to compare with, in order."""
    lines = [line for line in text.split("\n") if line.strip()]
    for row, line in enumerate(lines):
        sentences = _SENTENCE.split(line)
        for place, sentence in enumerate(sentences):
            if not TOTAL.search(sentence):
                continue
            found = list(in_sentence(sentence))
            if not found and place == 0:
                found = list(over_list(lines[:row], sentence))
            if not found and place == len(sentences) - 1 and sentence.rstrip().endswith(":"):
                found = list(under_heading(sentence, lines[row + 1 :]))
            if not found and place > 0 and (across := over_sentences(sentences[:place], sentence)):
                found = [across]
            yield from found
