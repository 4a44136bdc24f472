"""A report as one HTML file that needs nothing beside it: style and drawings stand in it, no script.

The template is templates/report/report.html.j2. Every part that has an origin carries a small link to
it, hidden until the reader asks for the sources. Called where a report is rendered.
"""

from functools import lru_cache

from jinja2 import Template
from markupsafe import Markup

from arshjul.plan import Attainment
from arshjul.report.blocks import Report
from arshjul.report.columns import shares
from arshjul.report.origins import TITLE, numbered, origin_text
from arshjul.report.printable import CONTENTS, CONTENTS_DEPTH, PROPOSED_DECISION, lead_in, printable
from arshjul.report.symbols import symbol_svg
from arshjul.templating import environment


def render_html(report: Report) -> bytes:
    """The report as a UTF-8 file; the same report gives the same bytes."""
    numbers = numbered(report)
    page = _template().render(
        report=report,
        blocks=[(type(block).__name__, block) for block in report.blocks],
        contents=[
            heading for heading in report.headings() if heading.level <= CONTENTS_DEPTH and not report.brief
        ],
        numbers=numbers,
        origins=[(number, origin_text(origin)) for origin, number in numbers.items()],
    )
    return page.encode()


@lru_cache(maxsize=1)
def _template() -> Template:
    reports = environment("report", finalize=_printable)
    reports.filters["lead_in"] = lead_in
    reports.filters["shares"] = shares
    reports.globals.update(
        contents_title=CONTENTS,
        decision_title=PROPOSED_DECISION,
        origins_title=TITLE,
        symbols={attainment: Markup(symbol_svg(attainment)) for attainment in Attainment},
    )
    return reports.get_template("report.html.j2")


def _printable(value: object) -> object:
    """What stands in every {{ }}: text from people is made printable, our own mark-up is left alone."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
