"""What recall and false alarms are measured on; the tests and bench/secrecy.py read the same."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.secrecy.writings import SURROUNDINGS, WRITINGS, made_number

ROOT = Path(__file__).parents[2]
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


def planted(seed: int, each: int) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """So many texts of each writing: its name, the text, and where the numbers stand in it."""
    random = Random(seed)
    for name, write in WRITINGS.items():
        for number in range(each):
            around = SURROUNDINGS[number % len(SURROUNDINGS)].split("{}")
            text, places = around[0], []
            for piece in around[1:]:
                written = write(made_number(random))
                places.append((len(text), len(text) + len(written)))
                text += written + piece
            yield name, text, places


def written_prose() -> Iterator[tuple[str, str]]:
    """The reports that the review is tested on, the example's answers and our own pages, by name."""
    files = [
        *ROOT.glob("tests/review_corpus*/*.txt"),
        *ROOT.glob("config/plans/*.yaml"),
        ROOT / "config" / "demo" / "answers.yaml",
        *ROOT.glob("docs/*.md"),
    ]
    for path in sorted(files):
        yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def sentences_in(text: str) -> int:
    """How many sentences and lines with words a text has."""
    return sum(bool(re.search(r"\w", one)) for one in _SENTENCE.split(text))
