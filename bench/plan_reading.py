"""How long it takes to read a long plan: 100 kB of text, a PDF of 40 pages. Run: python -m bench.plan_reading

The limits are those of the product: 0.3 s for the text, 2 s for the PDF. Exit status 1 when one is passed.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2

from arshjul.adapters.documents.reading import lines_of_document
from arshjul.plan import Plan
from arshjul.plan_file import load_plan
from arshjul.plan_reader import read
from tests.unit.plan_documents import as_pdf
from tests.unit.plan_texts import Layout, write

EXAMPLE = Path(__file__).resolve().parents[1] / "config" / "plans" / "SOL-2026.yaml"
LETTERS, PAGES = 100_000, 40


def main() -> int:
    """Measure and print; each time is the processor's, the best of three."""
    example = load_plan(EXAMPLE.read_text(encoding="utf-8"))
    text = _until(example, lambda plan: write(plan, Layout()).encode(), lambda data: len(data) >= LETTERS)
    pdf = _until(example, as_pdf, lambda data: len(pypdfium2.PdfDocument(data)) >= PAGES)
    passed = [_measure("text, 100 kB", text, 0.3), _measure("PDF, 40 sidor", pdf, 2.0)]
    return 0 if all(passed) else 1


def _until(plan: Plan, make: Callable[[Plan], bytes], enough: Callable[[bytes], bool]) -> bytes:
    """The document of the plan with its goals again and again until it is long enough."""
    goals = plan.goals
    while not enough(data := make(plan)):
        plan = replace(plan, goals=plan.goals + goals)
    return data


def _measure(name: str, data: bytes, limit: float) -> bool:
    """Print the seconds of one reading; whether they are within the limit."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        read(lines_of_document(data, name))
        seconds.append(time.process_time() - start)
    print(f"{name:<16} {min(seconds):6.3f} s   (gräns {limit} s)")
    return min(seconds) <= limit


if __name__ == "__main__":
    sys.exit(main())
