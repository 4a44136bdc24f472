"""A unit's reports one after another, as if approved: each is compiled with what has left before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from arshjul.adapters.reports.docx import render_docx
from arshjul.adapters.reports.html import render_html
from arshjul.adapters.reports.pdf import render_pdf
from arshjul.answers import Answer, State
from arshjul.catalogue import Measure, Method, Sex
from arshjul.compilation import Compiled, compile_cycle
from arshjul.config.settings import Shown
from arshjul.cycle import CycleKey
from arshjul.cycle_data import Counted, CycleData
from arshjul.history import EarlierValue, History
from arshjul.organisation import Subunit
from arshjul.plan import Goal, Indicator, Kind, Level, Plan
from arshjul.released import released_cells, rests_on
from arshjul.report.building import build_report
from arshjul.report_kinds import Earlier
from arshjul.suppression.register import Release
from tests.unit.small_cycle import DATES, KIND, LARKAN, cycle, goal

NAME = "Andel trygga deltagare"
SHARE = Measure(Method.WEIGHTED_MEAN, "%", by_sex=True, people=True, maximum=100)
MEAN = Measure(Method.MEAN, "%", by_sex=True, people=True, maximum=100)
COUNT = Measure(Method.SUM, "st", by_sex=True, people=True)

Group = tuple[int | Decimal, int]  # value and respondents; a count has no use for the latter
Answers = Mapping[str, Mapping[Sex, Group]]  # sub-unit -> sex -> what was answered


@dataclass
class Unit:
    """A unit whose reports are made in turn."""

    measure: Measure
    subunits: Sequence[str]
    history: tuple[EarlierValue, ...] = ()
    reports: list[Compiled] = field(default_factory=list)
    answers: list[Answers] = field(default_factory=list)
    released: list[Release] = field(default_factory=list)

    def report(self, kind: Kind, answers: Answers, texts: Mapping[str, str] | None = None) -> Compiled:
        """Compile, and count as approved: a second report of a kind is a correction."""
        compiled = compile_cycle(self.data(kind, answers, texts or {}))
        period = str(compiled.data.key)
        version = 1 + sum(release.period == period for release in self.released)
        values = tuple(
            EarlierValue(
                period,
                str(scope),
                str(subject),
                Decimal(str(number)),
                Sex(str(sex)),
                None if respondents is None else int(respondents),
            )
            for subject, scope, sex, number, respondents in rests_on(compiled)
        )
        self.released.append(Release(period, version, released_cells(compiled), values))
        self.reports.append(compiled)
        self.answers.append(answers)
        return compiled

    def data(self, kind: Kind, answers: Answers, texts: Mapping[str, str]) -> CycleData:
        """A cycle's data; `texts` are the sub-units' analyses."""
        base = cycle(goal(), {}, asked=(LARKAN,))
        indicator = Indicator("I1", NAME, target="80 %" if self.measure.unit == "%" else None)
        goals = (Goal("G1", Level.UNIT, "Deltagarna är trygga", indicators=(indicator,)),)
        return replace(
            base,
            key=CycleKey("SOL", kind, 2026),
            unit=replace(
                base.unit, subunits=tuple(Subunit(code, f"Verksamhet {code}") for code in self.subunits)
            ),
            plan=Plan(Kind.VP, 2026, "Solgläntan", goals),
            kind=replace(KIND, kind=kind, compared_with=(Earlier(kind, 1),)),
            milestones=replace(DATES, kind=kind),
            expected=tuple(self.subunits),
            submissions={
                scope: Counted(
                    scope, 1, datetime(2026, 9, 4, tzinfo=UTC), scope, self._fields(given, texts.get(scope))
                )
                for scope, given in answers.items()
            },
            catalogue={"I1": self.measure},
            history=History(values=self.history),
            released=tuple(self.released),
        )

    def _fields(self, given: Mapping[Sex, Group], text: str | None) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        for sex, (number, respondents) in given.items():
            counted = self.measure.method is Method.SUM
            if counted or respondents:
                found[f"I1.{sex}"] = Answer(f"I1.{sex}", State.VALUE, number=Decimal(number))
            if not counted:
                part = "respondents" if sex is Sex.TOTAL else f"{sex}_respondents"
                found[f"I1.{part}"] = Answer(f"I1.{part}", State.VALUE, number=Decimal(respondents))
        if text:
            found["G1.analysis"] = Answer("G1.analysis", State.VALUE, text=text)
        return found


def html(compiled: Compiled) -> bytes:
    """The report as a page."""
    return render_html(build_report(compiled, Shown(), (), date(2026, 9, 17)))


def files(compiled: Compiled) -> dict[str, bytes]:
    """The report in its three forms."""
    report = build_report(compiled, Shown(), (), date(2026, 9, 17))
    return {"html": render_html(report), "pdf": render_pdf(report), "docx": render_docx(report)}
