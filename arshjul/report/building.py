"""Building a report: from a compiled cycle to blocks, part by part, in the order that the kind says.

What stands in it depends on nothing but its arguments: the same cycle gives the same blocks. What each part
is made of is in `arshjul.report.parts`; here are the first page and what holds for the whole. Pure.
"""

from collections.abc import Sequence
from datetime import date

from arshjul.compilation import Compiled
from arshjul.config.settings import Shown
from arshjul.cycle import CycleKey
from arshjul.cycle_data import SUMMARY
from arshjul.duties import Entry
from arshjul.plan import Kind
from arshjul.report.attached import attached_data
from arshjul.report.blocks import (
    Block,
    FrontPage,
    Heading,
    PageBreak,
    Report,
)
from arshjul.report.correction_part import correction_blocks
from arshjul.report.origins import with_notes
from arshjul.report.parts import contents, part_ids
from arshjul.report_kinds import PartName
from arshjul.swedish_dates import MONTHS
from arshjul.wheel import local_day


def build_report(compiled: Compiled, shown: Shown, wheel: Sequence[Entry], dated: date) -> Report:
    """The whole report. `wheel` are the year's entries; `dated` the date on its first page."""
    data = compiled.data
    ids = part_ids(data.kind)
    blocks: list[Block] = []
    for part, content in contents(compiled, shown, wheel):
        first = not blocks
        if part.name is PartName.APPENDIX:
            blocks.append(PageBreak())
        blocks.append(Heading(part.level, part.heading, ids[part]))
        blocks += [*correction_blocks(compiled), *content] if first else content
    report = Report(
        front=_front(compiled, dated),
        running_head=f"{data.unit.name}  ·  {data.registry_number}",
        dated=dated,
        language="sv",
        blocks=tuple(blocks),
        brief=data.kind.brief,
        sources_appended=shown.sources_appended,
        attached=attached_data(compiled) if shown.attach_data else (),
    )
    return with_notes(report, _notes(compiled))


def _notes(compiled: Compiled) -> dict[str, str]:
    """What a reader is told of a source besides its id: who answered and when, which load."""
    data = compiled.data
    notes = {
        counted.ref: f"{data.scope_name(scope)}, version {counted.version}, "
        f"lämnat {local_day(counted.received_at)}"
        for scope, counted in data.submissions.items()
    }
    for goal in data.plan.walk():
        notes[goal.id] = f"{data.plan.kind} {data.plan.year or data.key.year}, målet ”{goal.title}”"
    notes[SUMMARY] = "Enhetschefens sammanfattning"
    for value in data.given.values:
        notes[value.origin] = f"{value.origin}, inläsning {value.load}"
    return notes


def _front(compiled: Compiled, dated: date) -> FrontPage:
    data = compiled.data
    possessive = data.unit.name if data.unit.name.endswith(("s", "x", "z")) else f"{data.unit.name}s"
    return FrontPage(
        title=f"{data.kind.title} {_of(data.key)}",
        subtitle=data.unit.name,
        organisation=(data.unit.administration, data.unit.department, data.unit.name),
        facts=(
            ("Diarienummer", data.registry_number),
            ("Datum", dated.isoformat()),
            ("Period", f"{data.milestones.period_start} – {data.milestones.period_end}"),
            ("Handläggare", data.handler),
            *((("Version", str(data.version)),) if data.version > 1 else ()),
        ),
        proposed_decision=_decision(data.key, f"{possessive} fortsatta" if data.within is None else None),
    )


def _of(key: CycleKey) -> str:
    """What the report is about, as it is said: "2026", "mars 2026"."""
    return f"{MONTHS[key.month - 1]} {key.year}" if key.month else str(key.year)


def _decision(key: CycleKey, whose: str | None) -> str | None:
    """The proposed decision; `whose` is the unit's own continued ("Solgläntans fortsatta"), None of many."""
    match key.kind:
        case Kind.VP:
            work = f"{whose.removesuffix(' fortsatta')} arbete" if whose else "arbetet"
            return f"Planen fastställs och gäller för {work} {key.year}."
        case Kind.MR:
            return None
        case _:
            work = f"{whose} arbete" if whose else "det fortsatta arbetet"
            return f"Rapporten godkänns och läggs till grund för {work}."
