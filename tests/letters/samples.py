"""One sample of every letter, for the tests and for looking at them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from arshjul.answers import Fault
from arshjul.letters import (
    Apt,
    Attachment,
    ComposedLetter,
    Digest,
    Duty,
    Escalation,
    Failure,
    Late,
    Link,
    Matter,
    Missing,
    Quarantined,
    Receipt,
    Reminder,
    ReportOut,
    Request,
    Returned,
    Review,
    Sender,
    SentLetter,
    Stage,
    Unanswered,
    WayOn,
    compose,
)
from arshjul.organisation import Person

NOW = datetime(2026, 9, 7, 8, 5, tzinfo=ZoneInfo("Europe/Stockholm"))
DUE = date(2026, 9, 11)
PASSED = date(2026, 9, 4)
ANNA = Person("anna", "Anna Berg", "anna.berg@exempel.se")
OMAR = Person("omar", "Omar Said", "omar.said@exempel.se")
KARIN = Person("karin", "Karin Ek", "karin.ek@exempel.se")
DRIFT = Person("drift", "Pär Lund", "drift@exempel.se")
SENDER = Sender("Karin Ek via Årshjul", "arshjul@exempel.se", managers=(KARIN,), operator=DRIFT)
DOMAIN = "exempel.se"

WORKBOOK_BYTES = b"PK\x03\x04 not really a workbook"
PDF_BYTES = b"%PDF-1.7 not really a report"
WORKBOOK = Attachment(
    "T2 2026 Anna Berg.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "aa"
)
PDF = Attachment("T2 2026 Björkens enhet.pdf", "application/pdf", "bb")
STORED: Mapping[str, bytes] = {"aa": WORKBOOK_BYTES, "bb": PDF_BYTES}

UNIT = {"unit_code": "BJO", "unit_name": "Björkens enhet"}
T2 = {**UNIT, "cycle": "T2 2026"}


def reminder(stage: Stage, *missing: Missing) -> Reminder:
    missing = missing or (Missing("Solgläntan", ("avsnitt 2", "avsnitt 5")),)
    return Reminder(
        **T2,
        subunits=tuple(each.scope for each in missing),
        stage=stage,
        due={Stage.LAST_DAY: NOW.date(), Stage.LATE: date(2026, 9, 4)}.get(stage, DUE),
        missing=missing,
        requested_on=date(2026, 9, 1),
        next_on=date(2026, 9, 10) if stage is Stage.FIRST else None,
    )


REQUEST = Request(
    **T2,
    subunits=("Solgläntan", "Ängen", "Källan"),
    due=DUE,
    reminders=(date(2026, 9, 8), date(2026, 9, 10)),
    attachments=(WORKBOOK,),
)
ESCALATION = Escalation(
    **T2,
    subunits=("Solgläntan", "Tallen"),
    due=date(2026, 9, 4),
    compile_on=date(2026, 9, 14),
    late=(
        Late(
            "Anna Berg",
            "anna.berg@exempel.se",
            (Missing("Solgläntan", ("avsnitt 2", "avsnitt 5")),),
            (SentLetter(date(2026, 8, 25), "underlag"), SentLetter(date(2026, 9, 1), "påminnelse")),
        ),
        Late(
            "Omar Said",
            "omar.said@exempel.se",
            (Missing("Tallen"),),
            (SentLetter(date(2026, 8, 25), "underlag"), SentLetter(date(2026, 9, 1), "påminnelse")),
            delegated_by="Lisa Holm",
        ),
    ),
)
RETURNED = Returned(
    **T2,
    subunits=("Solgläntan", "Källan"),
    file="T2 2026 Anna Berg.xlsx",
    due=DUE,
    faults=(
        Fault("I03.women", "bladet Solgläntan, cell D14", "Här ska stå ett tal. Skriv bara siffror."),
        Fault("G12.analysis", "bladet Solgläntan, cell D22", "Skriv en analys när du har valt status."),
    ),
    unmarked=("Källan",),
    accepted=("Ängen",),
)
REVIEW = Review(
    **T2,
    findings=4,
    blocking=("Enhetsmål 2: uppfylls helt, men en indikator når inte målvärdet",),
    unanswered=("Tallen",),
    files=("rapporter/T2 2026/utkast.html", "rapporter/T2 2026/iakttagelser.html"),
    ways_on=(WayOn("Se iakttagelserna", "arshjul status T2 2026 --unit BJO"),),
    approve_by=date(2026, 9, 18),
)
REPORT = ReportOut(
    **T2,
    subunits=("Solgläntan", "Ängen"),
    approved_by="Karin Ek",
    approved_on=date(2026, 9, 7),
    apt_by=date(2026, 10, 9),
    registry_number="BJO 2026/14",
    attachments=(PDF,),
)

SAMPLES: Mapping[str, tuple[Person, tuple[Matter, ...]]] = {
    "request": (ANNA, (REQUEST,)),
    "request-late": (ANNA, (replace(REQUEST, due=PASSED, reminders=(PASSED, date(2026, 9, 10))),)),
    "request-one-sheet": (
        OMAR,
        (Request(**T2, subunits=("Tallen",), due=DUE, delegated_by="Lisa Holm", attachments=(WORKBOOK,)),),
    ),
    "request-changed": (
        ANNA,
        (
            Request(
                **T2, subunits=("Ängen",), sections=("Ekonomi",), due=DUE, number=2, attachments=(WORKBOOK,)
            ),
        ),
    ),
    "reminder-first": (ANNA, (reminder(Stage.FIRST),)),
    "reminder-first-several": (
        ANNA,
        (
            reminder(
                Stage.FIRST,
                Missing("Solgläntan", ("avsnitt 2", "avsnitt 5")),
                Missing("Ängen"),
                Missing("Källan", unmarked=True),
            ),
        ),
    ),
    "reminder-unmarked": (ANNA, (reminder(Stage.FIRST, Missing("Källan", unmarked=True)),)),
    "reminder-second": (ANNA, (reminder(Stage.SECOND),)),
    "reminder-last-day": (ANNA, (reminder(Stage.LAST_DAY),)),
    "reminder-late": (ANNA, (reminder(Stage.LATE),)),
    "escalation": (KARIN, (ESCALATION,)),
    "escalation-compiled": (KARIN, (replace(ESCALATION, compile_on=NOW.date()),)),
    "escalation-delegator": (
        Person("lisa", "Lisa Holm", "lisa.holm@exempel.se"),
        (
            Escalation(
                **T2, subunits=("Tallen",), due=date(2026, 9, 4), late=ESCALATION.late[1:], as_delegator=True
            ),
        ),
    ),
    "digest": (
        KARIN,
        (
            Digest(
                **T2,
                due=DUE,
                answered=("Solgläntan", "Ängen", "Källan"),
                missing=(Unanswered("Tallen", "Omar Said"), Unanswered("Ekonomi", "Eva Ström")),
                waiting=("Utkastet till T1 2026 väntar på godkännande.",),
                decide_by=NOW.date(),
                quarantined=(Quarantined("Kopia av underlag.xls", "Äldre filformat. Spara som .xlsx."),),
            ),
        ),
    ),
    "digest-told-before": (
        KARIN,
        (Digest(**T2, due=DUE, missing=(Unanswered("Tallen", "Omar Said"),), unread_before=2),),
    ),
    "digest-decision-late": (KARIN, (Digest(**T2, due=DUE, waiting=("Ett utkast.",), decide_by=PASSED),)),
    "digest-all": (KARIN, (Digest(**T2, due=DUE, answered=("Solgläntan", "Ängen", "Källan", "Tallen")),)),
    "receipt": (
        ANNA,
        (
            Receipt(
                **T2,
                subunits=("Solgläntan", "Ängen"),
                file="T2 2026 Anna Berg.xlsx",
                received_at=NOW,
                missing=(Missing("Källan", unmarked=True),),
                due=DUE,
            ),
        ),
    ),
    "receipt-again": (
        ANNA,
        (Receipt(**T2, subunits=("Solgläntan",), file="Rättad.xlsx", received_at=NOW, version=2, due=DUE),),
    ),
    "returned": (ANNA, (RETURNED,)),
    "returned-not-ready": (
        ANNA,
        (Returned(**T2, subunits=("Källan",), file="T2.xlsx", due=DUE, unmarked=("Källan",)),),
    ),
    "returned-by-manager": (
        ANNA,
        (
            Returned(
                **T2, subunits=("Ängen",), file="T2.xlsx", due=DUE, comment="Aktiviteterna saknar datum."
            ),
        ),
    ),
    "review": (KARIN, (REVIEW,)),
    "review-again": (KARIN, (replace(REVIEW, again=True, approve_by=None, findings=0, blocking=()),)),
    "report": (ANNA, (REPORT,)),
    "apt": (ANNA, (Apt(**T2, subunits=("Ängen",), apt_by=date(2026, 10, 9), planned=date(2026, 9, 24)),)),
    "duty": (
        ANNA,
        (
            Duty(
                **UNIT,
                subunits=("Solgläntan", "Ängen"),
                title="Skyddsrond",
                due=date(2026, 9, 30),
                how="Gå ronden tillsammans med skyddsombudet och skriv upp bristerna.",
            ),
        ),
    ),
    "duty-days": (
        ANNA,
        (
            Duty(
                **UNIT,
                title="Planeringsdagar",
                start=date(2026, 10, 14),
                due=date(2026, 10, 15),
                confirm=False,
            ),
            Duty(**UNIT, title="Enhetsdag", start=NOW.date(), due=NOW.date(), confirm=False),
        ),
    ),
    "failure": (
        DRIFT,
        (
            Failure(
                **T2,
                what="breven i T2 2026 kunde inte skickas",
                affects="Anna Berg och Omar Said väntar på sina underlag.",
                action="Kontrollera e-postservern. Breven ligger kvar och går vid nästa körning.",
                at=NOW,
                run="T2 2026 Björkens enhet: utskick",
            ),
        ),
    ),
    "link": (
        ANNA,
        (
            Link(
                **UNIT,
                url="https://arshjul.exempel.se/in/x7",
                valid_until=datetime(2026, 9, 7, 9, 5, tzinfo=NOW.tzinfo),
            ),
        ),
    ),
    "several": (ANNA, (REQUEST, REPORT, RETURNED)),
    "several-duties": (
        ANNA,
        (
            Duty(**UNIT, subunits=("Ängen",), title="Skyddsrond", due=date(2026, 9, 30)),
            Duty(**UNIT, subunits=("Ängen",), title="Brandskydd", due=date(2026, 9, 30)),
        ),
    ),
}


def written(name: str) -> ComposedLetter:
    """The sample letter of that name."""
    receiver, matters = SAMPLES[name]
    return compose(receiver, matters, SENDER, letter_key=name, domain=DOMAIN, now=NOW)


def read(attachment: Attachment) -> bytes:
    """The bytes of a sample's attachment."""
    return STORED[attachment.sha256]
