"""A department's or administration's data: what its units have had approved, put side by side.

Its figures are reckoned anew from the values of its units' sub-units, by the catalogue's own methods; its
texts are the units' decided ones, chosen; every figure that a unit has released counts when small numbers
are withheld. Indicators are the same where the catalogue names them alike (`common`), or where id and name
are the same; goals where their titles are. Filled by `arshjul.steps.figures.departments`. Pure.
"""

from collections.abc import Sequence
from dataclasses import replace

from arshjul.cycle_data import SUMMARY, Child, CycleData, Within
from arshjul.department.answers import answered, money
from arshjul.department.figures import all_leaves, leaf, leaf_codes, same_indicators, unreleased
from arshjul.department.reports import DecidedReport, UnitReport
from arshjul.organisation import Subunit, Unit
from arshjul.sources.given import GivenValues

__all__ = ["DecidedReport", "UnitReport", "department_data"]


def department_data(
    bare: CycleData, children: Sequence[tuple[Unit, DecidedReport | None, Sequence[UnitReport]]]
) -> CycleData:
    """The cycle of the department filled in. `bare` is its own; each child comes with its decided report
    (None where it has none) and the approved reports of the units under it.
    """
    reports = [report for _, _, under in children for report in under]
    matched = {report.data.unit.code: same_indicators(bare, report.data) for report in reports}
    leaves = all_leaves(bare, reports, matched)
    submissions = {
        unit.code: answered(bare, decided, [report.data for report in under])
        for unit, decided, under in children
        if decided is not None
    }
    economy = [(unit, [report.data for report in under]) for unit, _, under in children]
    return replace(
        bare,
        unit=replace(
            bare.unit,
            subunits=tuple(Subunit(unit.code, unit.short_name) for unit, _, _ in children),
        ),
        expected=tuple(unit.code for unit, _, _ in children),
        submissions=submissions,
        given=GivenValues(months=tuple(money(bare, economy))),
        within=Within(
            leaves=leaves,
            scopes={
                unit.code: tuple(leaf(r.data.unit, code) for r in under for code in leaf_codes(r.data))
                for unit, _, under in children
            },
            unreleased=frozenset(unreleased(bare, children)),
            children=tuple(_child(unit, decided) for unit, decided, _ in children),
        ),
    )


def _child(unit: Unit, decided: DecidedReport | None) -> Child:
    judged = decided.judgements if decided else {}
    summary = judged.get(SUMMARY)
    return Child(
        code=unit.code,
        name=unit.name,
        version=decided.version if decided else 0,
        registry_number=decided.registry_number if decided else "",
        summary=summary.synthesis if summary else "",
        attainments=tuple(j.attainment for goal, j in judged.items() if goal != SUMMARY and j.attainment),
    )
