"""`organisation.yaml`: units, sub-units, people, and who answers for what; checked against each other.

The file's shape is that of `arshjul.organisation.Organisation`. Called by `arshjul.config.installation`.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from arshjul.config.records import Source
from arshjul.errors import BadInput
from arshjul.organisation import Absence, Assignment, Organisation, Role, Unit


def read_organisation(source: Source) -> Organisation:
    """The organisation in the file."""
    organisation = source.read(Organisation)
    if not organisation.units:
        raise BadInput("minst en enhet behövs", source.where("units"))
    _refuse_twins(source, ("people",), [p.id for p in organisation.people], "id")
    _refuse_twins(source, ("units",), [u.code for u in organisation.units], "code")
    for index, person in enumerate(organisation.people):
        if person.address.count("@") != 1 or " " in person.address:
            where = source.where("people", index, "address")
            raise BadInput(f'"{person.address}" är ingen e-postadress', where)
    people = {person.id for person in organisation.people}
    for index, unit in enumerate(organisation.units):
        _check_unit(source, index, unit, people)
    _check_absences(source, organisation.absences, people)
    _check_departments(source, organisation)
    return organisation


def _refuse_twins(source: Source, path: tuple[str | int, ...], values: Iterable[str], key: str) -> None:
    listed = list(values)
    for value, count in Counter(listed).items():
        if count > 1:
            last = len(listed) - 1 - listed[::-1].index(value)
            raise BadInput(f'{key} "{value}" står två gånger', source.where(*path, last, key))


def _check_unit(source: Source, number: int, unit: Unit, people: set[str]) -> None:
    codes = [subunit.code for subunit in unit.subunits]
    _refuse_twins(source, ("units", number, "subunits"), codes, "code")
    for index, subunit in enumerate(unit.subunits):
        path = ("units", number, "subunits", index)
        _check_period(source, path, subunit.valid_from, subunit.valid_to)
        if subunit.predecessor is not None and subunit.predecessor not in codes:
            sentence = f'företrädaren "{subunit.predecessor}" finns inte bland enhetens verksamheter'
            raise BadInput(sentence, source.where(*path, "predecessor"))
    for index, assignment in enumerate(unit.assignments):
        path = ("units", number, "assignments", index)
        _check_period(source, path, assignment.valid_from, assignment.valid_to)
        for key, person in (("person", assignment.person), ("delegated_by", assignment.delegated_by)):
            if person is not None and person not in people:
                raise BadInput(f'personen "{person}" finns inte under people', source.where(*path, key))
        for place, code in enumerate(assignment.subunits):
            if code not in codes:
                sentence = f'verksamheten "{code}" finns inte i enheten {unit.code}'
                raise BadInput(sentence, source.where(*path, "subunits", place))
    if not any(assignment.role is Role.MANAGER for assignment in unit.assignments):
        raise BadInput("enheten har ingen enhetschef (role: manager)", source.where("units", number))
    _refuse_two_at_once(source, number, unit)


def _check_departments(source: Source, organisation: Organisation) -> None:
    """A tree: every unit under one department at most, none under itself, and no sub-units beside units."""
    known = {unit.code for unit in organisation.units}
    above: dict[str, str] = {}
    for number, unit in enumerate(organisation.units):
        for place, code in enumerate(unit.compiles):
            path = ("units", number, "compiles", place)
            if code not in known:
                raise BadInput(f'det finns ingen enhet "{code}"', source.where(*path))
            if code in above:
                sentence = f'"{code}" sammanställs redan av {above[code]}; en enhet hör till en avdelning'
                raise BadInput(sentence, source.where(*path))
            above[code] = unit.code
        if unit.compiles and unit.subunits:
            sentence = f"{unit.code} sammanställer andra enheter och kan då inte ha egna verksamheter"
            raise BadInput(sentence, source.where("units", number, "subunits"))
    for number, unit in enumerate(organisation.units):
        code, steps = unit.code, 0
        while code in above:
            code, steps = above[code], steps + 1
            if steps > len(above):
                raise BadInput(f"{unit.code} hör till sig själv", source.where("units", number, "compiles"))


def _check_absences(source: Source, absences: tuple[Absence, ...], people: set[str]) -> None:
    """One stand-in at a time, who is there herself: no chain, no loop."""
    for index, absence in enumerate(absences):
        path = ("absences", index)
        for key, person in (("person", absence.person), ("stand_in", absence.stand_in)):
            if person not in people:
                raise BadInput(f'personen "{person}" finns inte under people', source.where(*path, key))
        if absence.person == absence.stand_in:
            raise BadInput(f"{absence.person} kan inte ersätta sig själv", source.where(*path, "stand_in"))
        _check_period(source, path, absence.valid_from, absence.valid_to)
        for before, other in enumerate(absences[:index]):
            if not _overlap(absence, other):
                continue
            line = source.where("absences", before).rpartition(", ")[2]
            if absence.person == other.person:
                sentence = f"{absence.person} är redan borta då ({line}); låt inte dagarna gå i varandra"
                raise BadInput(sentence, source.where(*path, "person"))
            for one, with_other in ((absence, other), (other, absence)):
                if one.stand_in == with_other.person:
                    sentence = (
                        f"{one.stand_in} ska ersätta {one.person} men är borta samtidigt ({line}); "
                        "välj någon annan, eller dela tiden i två rader"
                    )
                    key = "stand_in" if one is absence else "person"
                    raise BadInput(sentence, source.where(*path, key))


def _check_period(source: Source, path: tuple[str | int, ...], start: date | None, end: date | None) -> None:
    if start is not None and end is not None and end < start:
        raise BadInput(f"slutar ({end}) innan det börjar ({start})", source.where(*path, "valid_to"))


def _refuse_two_at_once(source: Source, number: int, unit: Unit) -> None:
    """One form per sub-unit or section: two people who answer for it on the same day is a mistake."""
    taken: dict[str, list[Assignment]] = {}
    for index, assignment in enumerate(unit.assignments):
        for scope in (*assignment.subunits, *assignment.sections):
            for other in taken.get(scope, []):
                if _overlap(assignment, other):
                    sentence = f'både {other.person} och {assignment.person} svarar för "{scope}" samtidigt'
                    raise BadInput(sentence, source.where("units", number, "assignments", index))
            taken.setdefault(scope, []).append(assignment)


def _overlap(one: Assignment | Absence, other: Assignment | Absence) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_to or date.max, other.valid_to or date.max)
    return starts <= ends
