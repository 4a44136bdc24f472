"""One cell against one field: the answer that stands in it, or why it cannot be taken.

Forgiving where the meaning is plain (spaces, case, "1 050", "11,7 %", a date written out), never where it
is not ("ca 12"). An identity number stops it, whatever the field. What is said of a fault goes out in a
letter: it never repeats what stood there. Rules between fields are in `arshjul.form_checking`, the only
caller. Pure.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import isfinite

from arshjul.answers import Answer, Fault, RawCell, State
from arshjul.form import NO_DATA, NOT_APPLICABLE, NOT_MEASURED, YES_NO, Field, FieldKind
from arshjul.form_questions import DISPUTE, RESPONDENT_PARTS, STATE, STATUS
from arshjul.numbers import format_number, format_quantity, parse_quantity, round_half_up
from arshjul.secrecy import why_stopped
from arshjul.swedish_dates import SHORT_MONTHS

_STATES = {
    NOT_MEASURED: State.NOT_MEASURED,
    NOT_APPLICABLE: State.NOT_APPLICABLE,
    NO_DATA: State.NO_DATA,
}
_LARGEST = Decimal(10) ** 12  # nothing that a unit counts comes near; a slip of the hand does
_DECIMALS = 12  # more than anybody measures; the rest of an endless fraction is let go
_PIECES = ("", "st", "stycken")
_ISO = re.compile(r"(?P<year>20\d\d)[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)")
_CLOSE = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_DAY_FIRST = re.compile(r"(?P<day>\d\d?)(?:[/.]|\s+)(?P<month>\d\d?)[/.\s]+(?P<year>20\d\d)")
_WRITTEN = re.compile(r"(?:den )?(?P<day>\d\d?) (?P<month>[a-zåäö]{3,9})\.? (?P<year>20\d\d)")
_SPREADSHEET_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
_SHOWN = 60  # characters of what somebody wrote that a message repeats


class _Unfit(Exception):
    """What stands in the cell is no answer to the field; `str()` is the sentence. Stays in this module."""


def clean(text: str) -> str:
    """The text as it is kept: composed characters, plain line ends, nothing invisible that steers output."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_without_steering(line.replace("\t", " ")).rstrip() for line in lines).strip()


def _without_steering(line: str) -> str:
    if line.isprintable():  # nearly always, and nothing that can be printed steers
        return line
    return "".join(character for character in line if not _steers(character))


def _steers(character: str) -> bool:
    """Controls, halves of characters, and code points that no document may hold."""
    return unicodedata.category(character) in ("Cc", "Cs") or ord(character) & 0xFFFE == 0xFFFE


def check_cell(field: Field, cell: RawCell) -> Answer | Fault | None:
    """The answer in the cell, the fault where it cannot be taken, None where nothing stands there."""
    value = clean(cell.value) if isinstance(cell.value, str) else cell.value
    if value is None or value == "":
        return None
    if isinstance(value, str | int | float) and (why := why_stopped(_text(value))) is not None:
        return Fault(field.id, cell.place, why)
    try:
        return _answer(field, value)
    except _Unfit as unfit:
        return Fault(field.id, cell.place, str(unfit))


Value = str | int | float | bool | date | datetime


def _answer(field: Field, value: Value) -> Answer:
    if value in _SPREADSHEET_ERRORS:
        raise _Unfit(
            f"Cellen visar felet {_quoted(value)} i stället för ett svar. Skriv svaret på nytt, och börja "
            "inte med =, + eller -."
        )
    match field.kind:
        case FieldKind.NUMBER:
            return Answer(field.id, State.VALUE, number=_number(field, value))
        case FieldKind.DATE:
            return Answer(field.id, State.VALUE, text=_day(value).isoformat())
        case FieldKind.CHOICE:
            return _chosen(field, value)
        case FieldKind.TEXT:
            state = State.DISPUTED if field.part == DISPUTE else State.VALUE
            return Answer(field.id, state, text=_text(value))


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return YES_NO[0] if value else YES_NO[1]
    if isinstance(value, float):
        return format_number(_exact(value)) if abs(value) < 1e15 else f"{value:g}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)


def _chosen(field: Field, value: Value) -> Answer:
    written = " ".join(_text(value).split()).casefold()
    choice = next((choice for choice in field.choices if choice.casefold() == written), None)
    if choice is None:
        raise _Unfit(f"Svaret finns inte i listan. Välj ett av svaren: {', '.join(field.choices)}.")
    if field.part == STATE:
        return Answer(field.id, _STATES[choice])
    if field.part == STATUS and choice == NOT_APPLICABLE:
        return Answer(field.id, State.NOT_APPLICABLE)
    return Answer(field.id, State.VALUE, text=choice)


def _number(field: Field, value: Value) -> Decimal:
    number = _parsed(field, value)
    if abs(number) > _LARGEST:
        raise _Unfit("Talet är orimligt stort. Kontrollera att det är rätt skrivet.")
    if number.as_tuple().exponent < -_DECIMALS:  # type: ignore[operator]  # finite, so it is a number
        number = round_half_up(number, _DECIMALS)
    if field.maximum is not None and number > field.maximum:
        most = format_quantity(Decimal(field.maximum), field.unit)
        raise _Unfit(f"Talet är för stort: det kan vara högst {most}.")
    if field.minimum is not None and number < field.minimum:
        least = format_quantity(Decimal(field.minimum), field.unit)
        raise _Unfit(f"Talet är för litet: det ska vara minst {least}.")
    if (field.part in RESPONDENT_PARTS.values() or field.unit == "st") and number % 1:
        raise _Unfit(
            f"{format_quantity(number, field.unit)} är inget helt tal. Skriv ett antal utan decimaler."
        )
    return number


def _parsed(field: Field, value: Value) -> Decimal:
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, float) and isfinite(value):
        return _exact(value)
    if isinstance(value, str):
        quantity = parse_quantity(value)
        allowed = _PIECES if field.unit in _PIECES else ("", field.unit.casefold())
        if quantity is not None and quantity.unit.casefold() in allowed:
            return quantity.number + 0
        raise _Unfit(
            "Här ska det stå ett tal, men det står en text. Skriv bara talet, till exempel "
            "12 eller 11,7. Det som behöver förklaras skriver du i kommentaren."
        )
    raise _Unfit("Här ska det stå ett tal, men cellen innehåller något annat. Skriv talet på nytt.")


def _exact(value: float) -> Decimal:
    """The number as it was typed: a spreadsheet keeps fifteen figures, the rest is binary noise."""
    return Decimal(f"{value:.15g}") + 0


def _day(value: Value) -> date:
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(day, float | int) and not isinstance(day, bool) and 36_526 <= day <= 73_415:
        day = date(1899, 12, 30) + timedelta(days=int(day))  # a date cell that has lost its format
    if isinstance(day, int | float | str):
        day = _written_day(_text(day)) or day
    if not isinstance(day, date) or not 2000 <= day.year <= 2100:
        raise _Unfit("Det här är inget datum. Skriv det som år-månad-dag, till exempel 2026-09-15.")
    return day


def _written_day(text: str) -> date | None:
    plain = " ".join(text.casefold().split())
    close = plain.replace(" ", "")
    forms = ((_ISO, close), (_CLOSE, close), (_DAY_FIRST, plain), (_WRITTEN, plain))
    match = next((match for form, text in forms if (match := form.fullmatch(text))), None)
    if match is None:
        return None
    month = match["month"]
    if not month.isdecimal():
        if month[:3] not in SHORT_MONTHS:
            return None
        month = str(SHORT_MONTHS.index(month[:3]) + 1)
    try:
        return date(int(match["year"]), int(month), int(match["day"]))
    except ValueError:
        return None


def _quoted(value: Value) -> str:
    text = " ".join(_text(value).split())
    return f"”{text[:_SHOWN]}…”" if len(text) > _SHOWN else f"”{text}”"
