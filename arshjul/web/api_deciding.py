"""The API's calls that change something: saving, handing in, chasing, judging, deciding, meetings.

Every one names the person that it is done for, who must be allowed it herself, and calls what the portal's
pages call. Put on their paths by `arshjul.web.api`.
"""

from typing import Any

from fastapi import HTTPException

from arshjul.access import Deed
from arshjul.cell_checking import clean
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.form import Sheet
from arshjul.steps.answers.answering import PersonsForm, hand_in_saved, persons_form
from arshjul.steps.answers.filling_in import Written, fill_in
from arshjul.steps.cycle import directing
from arshjul.steps.duties.duty_words import confirm_duty, withdraw_duty
from arshjul.steps.meetings.apt_meetings import record_meeting
from arshjul.steps.report import deciding
from arshjul.web.api_asking import Call, in_cycle, in_unit
from arshjul.web.api_bodies import (
    Answers,
    Because,
    By,
    Code,
    Decided,
    Done,
    DutyId,
    Judgements,
    Meeting,
    Number,
    Until,
)


def save_answers(
    person: Code,
    scope: Code,
    body: Answers,
    call: Call = in_cycle(Deed.ANSWER),
) -> dict[str, Any]:
    """Save answers; what now stands in each field, with what others wrote beside it."""
    by = call.acting(body.person, Deed.ANSWER, scope)
    mine, sheet = _part(call, person, scope)
    known = {field.id for field in sheet.fields() if not field.secret}
    if strange := sorted(body.answers.keys() - known):
        raise HTTPException(422, f"Fält som inte finns: {', '.join(strange[:5])}")
    written = {field: Written(text, body.based_on.get(field, 0)) for field, text in body.answers.items()}
    kept = fill_in(call.office, mine, sheet, written, by, call.now, secret=False)
    return {
        field: {"number": one.number, "value": one.value, "beside": [b.value for b in one.beside]}
        for field, one in kept.items()
    }


def hand_in(
    person: Code,
    scope: Code,
    body: By,
    call: Call = in_cycle(Deed.ANSWER),
) -> dict[str, Any]:
    """Hand in what is saved in a part. It is not taken while something is missing or wrong."""
    call.acting(body.person, Deed.ANSWER, scope)
    mine, _ = _part(call, person, scope)
    done = hand_in_saved(call.office, call.its_key, mine, frozenset({scope}), call.now)
    return {"accepted": bool(done.accepted), "unchanged": bool(done.unchanged)}


def send_back(
    scope: Code,
    body: Because,
    call: Call = in_cycle(Deed.CHASE),
) -> dict[str, bool]:
    """Return a part with a reason."""
    by = call.acting(body.person, Deed.CHASE)
    directing.return_answer(call.office, call.its_key, scope, by, clean(body.reason), call.now)
    return {"done": True}


def remind(
    scope: Code,
    body: By,
    call: Call = in_cycle(Deed.CHASE),
) -> dict[str, bool]:
    """Remind the person of a part now; `done` false where there is nothing to remind of."""
    by = call.acting(body.person, Deed.CHASE)
    return {"done": directing.remind_of(call.office, call.its_key, scope, by, call.now)}


def give_time(
    scope: Code,
    body: Until,
    call: Call = in_cycle(Deed.CHASE),
) -> dict[str, bool]:
    """Give a part more time."""
    by = call.acting(body.person, Deed.CHASE)
    directing.extend(call.office, call.its_key, scope, by, body.until, call.now)
    return {"done": True}


def judge(body: Judgements, call: Call = in_cycle(Deed.WRITE)) -> dict[str, bool]:
    """Keep the manager's judgements and texts."""
    by = call.acting(body.person, Deed.WRITE)
    judged = {
        goal: Judged(None if goal == SUMMARY else one.attainment, clean(one.text))
        for goal, one in body.judgements.items()
    }
    deciding.judge(call.office, call.its_key, by, judged, call.now)
    return {"done": True}


def close_finding(
    number: Number,
    body: Because,
    call: Call = in_cycle(Deed.DECIDE),
) -> dict[str, bool]:
    """Close a finding with a reason."""
    by = call.acting(body.person, Deed.DECIDE)
    deciding.close_finding(call.office, call.its_key, by, number, clean(body.reason), call.now)
    return {"done": True}


def approve(body: Decided, call: Call = in_cycle(Deed.DECIDE)) -> dict[str, str]:
    """Approve exactly the files that are named; the hash of the manifest."""
    by = call.acting(body.person, Deed.DECIDE)
    return {"manifest_sha256": deciding.approve(call.office, call.its_key, by, call.now, read=body.files)}


def correct(body: Because, call: Call = in_cycle(Deed.DECIDE)) -> dict[str, int]:
    """Begin a correction; the number of the coming version."""
    by = call.acting(body.person, Deed.DECIDE)
    return {"version": deciding.begin_correction(call.office, call.its_key, by, clean(body.reason), call.now)}


def hold_meeting(
    scope: Code,
    body: Meeting,
    call: Call = in_cycle(Deed.HOLD_APT),
) -> dict[str, bool]:
    """Record that a workplace has taken the report up."""
    by = call.acting(body.person, Deed.HOLD_APT, scope)
    said = clean(body.suggestions)
    record_meeting(call.office, call.its_key, scope, by, body.held_on, said, call.now)
    return {"done": True}


def duty_done(duty: DutyId, body: Done, call: Call = in_unit(Deed.DO_DUTY)) -> dict[str, str]:
    """Keep a person's word that a recurring duty is done; it must be hers, or her unit's."""
    by = _for_duty(call, duty, body.person)
    confirm_duty(call.office, duty, by, body.note, call.now)
    return {"duty": duty, "state": "confirmed"}


def duty_not_done(duty: DutyId, body: Done, call: Call = in_unit(Deed.DO_DUTY)) -> dict[str, str]:
    """Take the word back."""
    by = _for_duty(call, duty, body.person)
    withdraw_duty(call.office, duty, by, body.note, call.now)
    return {"duty": duty, "state": "open"}


def _for_duty(call: Call, duty: str, person: str) -> str:
    """Who speaks for the duty, which must be of the unit of the path: a token may be held to it."""
    if not duty.startswith(f"{call.its_unit.code}-"):
        raise HTTPException(404, "Uppgiften finns inte i enheten.")
    return call.acting(person, Deed.DO_DUTY)


def _part(call: Call, person: str, scope: str) -> tuple[PersonsForm, Sheet]:
    mine = persons_form(call.office, call.its_key, person)
    sheet = mine.form.sheet(scope) if mine else None
    if mine is None or sheet is None:
        raise HTTPException(404, "Delen finns inte i underlaget.")
    return mine, sheet
