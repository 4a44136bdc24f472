"""Who can be chosen to stand in for somebody: those who are near, by name."""

from arshjul.organisation import Assignment, Organisation, Person, Role, Unit
from arshjul.steps.cycle.standing_in import who_may_stand_in


def unit(code: str, administration: str, department: str, *people: str) -> Unit:
    parts = tuple(Assignment(person, Role.DEPUTY) for person in people)
    return Unit(code, code, code, administration, department, "brukare", (), parts)


SOL = unit("SOL", "Norr", "Stöd", "öst", "ärla")
HAM = unit("HAM", "Norr", "Stöd", "ask")
TRE = unit("TRE", "Norr", "Skola", "berg")
SYD = unit("SYD", "Syd", "Stöd", "dal")
PEOPLE = tuple(Person(name, name.title(), "") for name in ("berg", "öst", "dal", "ask", "ärla", "vikarie"))


def chosen(of: Unit) -> list[str]:
    return [person.id for person in who_may_stand_in(Organisation(PEOPLE, (SOL, HAM, TRE, SYD)), of)]


def test_those_of_the_unit_come_first_and_then_the_departments_and_who_has_no_unit() -> None:
    assert chosen(SOL) == ["ärla", "öst", "ask", "vikarie"]


def test_a_unit_alone_in_its_department_chooses_from_the_administration() -> None:
    assert chosen(TRE) == ["berg", "ask", "vikarie", "ärla", "öst"]
