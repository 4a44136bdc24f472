"""`report_kinds.yaml`: sections with questions, written once, and the reports that ask and show them.

Gives `arshjul.report_kinds.ReportKind`. Called by `arshjul.config.installation`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from arshjul.config.records import Source
from arshjul.errors import BadInput
from arshjul.plan import Kind, Level
from arshjul.report_kinds import (
    ACTIVITY_FIELDS,
    GOAL_FIELDS,
    INDICATOR_FIELDS,
    OF_A_SECTION,
    SUBUNIT,
    CityPart,
    CitySystem,
    Earlier,
    GoalQuestion,
    Part,
    PartName,
    Question,
    ReportKind,
    SectionHeading,
)

PEOPLE = "{people}"  # stands in the file for the word that each unit has for whom it serves


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """A section: its heading, who answers it, and its questions."""

    title: str
    questions: tuple[Question, ...]
    instruction: str = ""
    scope: str = SUBUNIT


@dataclass(frozen=True, slots=True)
class KindRecord:
    """A report as it stands in the file; `sections` are keys of the file's sections, in the form's order."""

    title: str
    introduction: str
    parts: tuple[Part, ...]
    sections: tuple[str, ...] = ()
    goal_levels: tuple[Level, ...] = (Level.UNIT,)
    status_levels: tuple[Level, ...] = (Level.UNIT,)
    asks_indicators: bool = True
    asks_activities: bool = True
    judges_goals: bool = True
    goal_asks: tuple[GoalQuestion, ...] = ()
    brief: bool = False
    form_texts: tuple[str, ...] = ()
    report_texts: tuple[str, ...] = ()
    compared_with: tuple[Earlier, ...] = ()
    prefill: tuple[Earlier, ...] = ()
    went: tuple[Earlier, ...] = ()
    city_parts: tuple[CityPart, ...] = ()


@dataclass(frozen=True, slots=True)
class KindsRecord:
    """The whole file. `goal_texts` are the headings of the texts under a goal, in printing order."""

    goal_texts: Mapping[str, str]
    sections: Mapping[str, SectionRecord]
    kinds: Mapping[Kind, KindRecord]
    city_system: CitySystem = field(default_factory=CitySystem)


def read_report_kinds(source: Source) -> dict[Kind, ReportKind]:
    """The report kinds of the installation."""
    record = source.read(KindsRecord)
    for name, section in record.sections.items():
        for index, question in enumerate(section.questions):
            if question.section != name:
                where = source.where("sections", name, "questions", index, "id")
                raise BadInput(f'frågans id ska börja med "{name}."; här står "{question.id}"', where)
    _check_city(source, record)
    return {kind: _kind(source, record, kind, found) for kind, found in record.kinds.items()}


def _kind(source: Source, record: KindsRecord, kind: Kind, found: KindRecord) -> ReportKind:
    path = ("kinds", str(kind))
    for index, name in enumerate(found.sections):
        if name not in record.sections:
            sentence = f'avsnittet "{name}" finns inte under sections'
            raise BadInput(sentence, source.where(*path, "sections", index))
    for key, texts in (("form_texts", found.form_texts), ("report_texts", found.report_texts)):
        for index, text in enumerate(texts):
            if text not in record.goal_texts:
                sentence = f'texten "{text}" finns inte under goal_texts'
                raise BadInput(sentence, source.where(*path, key, index))
    if found.judges_goals and found.goal_asks:
        sentence = "goal_asks är för en plan; skriv judges_goals: false, eller ta bort frågorna"
        raise BadInput(sentence, source.where(*path, "goal_asks"))
    for index, part in enumerate(found.parts):
        if (part.name in OF_A_SECTION) != (part.section is not None):
            sentence = (
                "en del med name: section, forecast, economy eller duties, och ingen annan, ska ha nyckeln "
                '"section"'
            )
            raise BadInput(sentence, source.where(*path, "parts", index))
        if part.level == 2 and not any(above.level == 1 for above in found.parts[:index]):
            sentence = "en del med level: 2 ska stå efter en del med level: 1"
            raise BadInput(sentence, source.where(*path, "parts", index))
        own = part.section is not None and part.name is not PartName.DUTIES
        if own and part.section not in found.sections:
            sentence = f'rapporten frågar inte efter avsnittet "{part.section}"'
            raise BadInput(sentence, source.where(*path, "parts", index, "section"))
    return ReportKind(
        kind=kind,
        title=found.title,
        introduction=found.introduction,
        goal_levels=found.goal_levels,
        status_levels=found.status_levels,
        asks_indicators=found.asks_indicators,
        asks_activities=found.asks_activities,
        judges_goals=found.judges_goals,
        goal_asks=found.goal_asks,
        brief=found.brief,
        goal_texts=record.goal_texts,
        form_texts=found.form_texts,
        report_texts=found.report_texts,
        headings=tuple(_heading(name, record.sections[name]) for name in found.sections),
        asks=tuple(q for name in found.sections for q in _questions(record.sections[name])),
        parts=found.parts,
        compared_with=found.compared_with,
        prefill=found.prefill,
        went=found.went,
        city=record.city_system,
        city_parts=found.city_parts,
    )


def _check_city(source: Source, record: KindsRecord) -> None:
    """Every name in the city's system is one that can be filled in."""
    city = record.city_system
    for key, fields, known in (
        ("goal", city.goal, GOAL_FIELDS | set(record.goal_texts)),
        ("indicator", city.indicator, INDICATOR_FIELDS),
        ("activity", city.activity, ACTIVITY_FIELDS),
    ):
        for name in fields:
            if name not in known:
                sentence = f'fältet "{name}" går inte att fylla i; välj bland {", ".join(sorted(known))}'
                raise BadInput(sentence, source.where("city_system", key))
    for kind, found in record.kinds.items():
        parts = {part.section or part.name.value for part in found.parts}
        for index, one in enumerate(found.city_parts):
            if one.part not in parts:
                sentence = f'rapporten har ingen del "{one.part}"; välj bland {", ".join(sorted(parts))}'
                raise BadInput(sentence, source.where("kinds", str(kind), "city_parts", index))


def in_words_of(kind: ReportKind, people: str) -> ReportKind:
    """The kind as one unit reads it: `{people}` in its texts is the unit's word for whom it serves."""

    def said(text: str) -> str:
        return text.replace(PEOPLE, people)

    return replace(
        kind,
        title=said(kind.title),
        introduction=said(kind.introduction),
        headings=tuple(
            replace(heading, title=said(heading.title), instruction=said(heading.instruction))
            for heading in kind.headings
        ),
        asks=tuple(replace(q, label=said(q.label), instruction=said(q.instruction)) for q in kind.asks),
        goal_asks=tuple(
            replace(q, label=said(q.label), instruction=said(q.instruction)) for q in kind.goal_asks
        ),
        parts=tuple(replace(part, heading=_begun(said(part.heading))) for part in kind.parts),
    )


def _heading(name: str, section: SectionRecord) -> SectionHeading:
    return SectionHeading(name, section.title, section.instruction)


def _questions(section: SectionRecord) -> Iterator[Question]:
    return (replace(question, scope=section.scope) for question in section.questions)


def _begun(heading: str) -> str:
    """A heading begins with a capital also where the unit's own word stands first."""
    return heading[:1].upper() + heading[1:]
