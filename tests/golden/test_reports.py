"""The golden set: the text of one report of each kind, compared line by line.

When a change is meant: `.venv/bin/python -m tests.golden.test_reports` writes the files anew; read the
difference before it is committed.
"""

from pathlib import Path

import pytest

from arshjul.plan import Kind
from arshjul.report.blocks import Figure, Report
from arshjul.report.city_fields import plain_text
from tests.report.cycles import year_report

HERE = Path(__file__).parent
KINDS = (Kind.VP, Kind.T1, Kind.T2, Kind.VB)


def as_text(report: Report) -> str:
    """The report as lines; of a figure what it says in words."""
    front = report.front
    lines = [front.title, front.subtitle, *front.organisation, *(f"{n}: {v}" for n, v in front.facts)]
    for block in report.blocks:
        lines.append(
            f"[{block.caption}] {block.alt}" if isinstance(block, Figure) else plain_text(iter((block,)))
        )
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("kind", KINDS)
def test_the_report_says_what_it_said(kind: Kind) -> None:
    expected = (HERE / f"{kind}.txt").read_text("utf-8")
    assert as_text(year_report(kind)) == expected, "meant? write anew: python -m tests.golden.test_reports"


if __name__ == "__main__":
    for one in KINDS:
        (HERE / f"{one}.txt").write_text(as_text(year_report(one)), "utf-8")
