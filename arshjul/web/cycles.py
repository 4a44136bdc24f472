"""A cycle's pages for its manager: who has answered, the draft with its findings, her texts, the decision.

Files of drafts and of approved versions are handed out here too. What she decides is
`arshjul.steps.report.deciding` and `arshjul.steps.cycle.directing`.
"""

from collections.abc import Iterable
from datetime import date

from starlette.responses import Response

from arshjul.access import Deed
from arshjul.adapters.store.files import HTML
from arshjul.cycle import COMPILE, Due
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.decision_words import decision_words
from arshjul.errors import BadInput, Refused
from arshjul.plan import ATTAINMENT_SWEDISH, Attainment
from arshjul.steps.cycle import directing
from arshjul.steps.cycle.lease import leased
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.standing import cycle_standing, goal_standing, summary_text
from arshjul.steps.cycle.wishes import Wish
from arshjul.steps.figures.drafts_of_texts import drafted_texts
from arshjul.steps.portal.cycle_view import (
    FileView,
    content_of,
    draft_files,
    findings_of,
    parts_of,
    versions_of,
)
from arshjul.steps.report import deciding
from arshjul.steps.report.asking_for_change import ask_change, set_aside, wishes
from arshjul.steps.report.compiling import compile_draft
from arshjul.steps.report.todo import todo_of
from arshjul.web.asking import Ask, Page
from arshjul.web.showing import cycle_path, go, show

# A report is a page of its own with its style in it; it runs no script and sends nothing.
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


def cycle(ask: Ask) -> Response:
    """Who has answered and what waits for whom, and the way on to each part of the work."""
    key = ask.its_key
    standing = cycle_standing(ask.office, key, ask.now)
    parts = parts_of(ask.office, key, ask.now)
    findings = findings_of(ask.office, key)
    return show(
        ask,
        "cycle.html.j2",
        key=key,
        unit=ask.its_unit,
        dates=settled(ask.office, key).milestones,
        standing=standing,
        words=decision_words(key.kind),
        todo=todo_of(standing, parts, findings),
        parts=parts,
        silent=[part for part in parts if part.state != "answered"],
        heard=[part for part in parts if part.state == "answered"],
        open_findings=[f for f in findings if f.state == "open"],
        draft=draft_files(ask.office, key),
        versions=versions_of(ask.office, key),
        wishes=_by_part(wishes(ask.office, key)),
        base=base(ask),
    )


def _by_part(found: list[Wish]) -> dict[str, list[Wish]]:
    parts: dict[str, list[Wish]] = {}
    for one in found:
        parts.setdefault(one.scope, []).append(one)
    return parts


def send_back(ask: Ask) -> Response:
    """Return an answer with a reason."""
    reason = ask.form.get("reason", "").strip()
    directing.return_answer(ask.office, ask.its_key, ask.path["part"], ask.me.person.id, reason, ask.now)
    return go(base(ask))


def wish(ask: Ask) -> Response:
    """A controller asks for a change in a part."""
    reason = ask.form.get("reason", "").strip()[:2000]
    ask_change(ask.office, ask.its_key, ask.path["part"], ask.me.person.id, reason, ask.now)
    return go(f"{base(ask)}#del-{ask.path['part']}")


def wish_aside(ask: Ask) -> Response:
    """The manager puts a wish aside."""
    number = ask.path["wish"]
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise BadInput("Önskemålet finns inte.")
    set_aside(ask.office, ask.its_key, int(number), ask.me.person.id, ask.now)
    return go(base(ask))


def remind(ask: Ask) -> Response:
    """Remind the person of one part, now."""
    if not directing.remind_of(ask.office, ask.its_key, ask.path["part"], ask.me.person.id, ask.now):
        raise Refused("Det finns inget att påminna om: svaret är redan inne, eller en påminnelse gick i dag.")
    return go(base(ask))


def give_time(ask: Ask) -> Response:
    """Give one part more time."""
    directing.extend(
        ask.office, ask.its_key, ask.path["part"], ask.me.person.id, _day(ask.form.get("until", "")), ask.now
    )
    return go(base(ask))


def draft(ask: Ask) -> Response:
    """The draft as it stands, with the findings beside it."""
    key = ask.its_key
    files = draft_files(ask.office, key)
    if not files:
        raise Refused(f"{key} är inte sammanställd än.")
    return show(
        ask,
        "draft.html.j2",
        key=key,
        unit=ask.its_unit,
        files=files,
        page=next(file for file in files if file.name.endswith(".html")),
        findings=findings_of(ask.office, key),
        stale=_is_stale(ask),
        base=base(ask),
    )


def make_draft(ask: Ask) -> Response:
    """A new draft of what is known now."""
    key = ask.its_key
    with leased(ask.office, key, ask.now):
        if _is_stale(ask):
            planned = settled(ask.office, key).milestones.compile
            compile_draft(ask.office, key, Due(COMPILE, planned, late=False), ask.now)
    return go(f"{base(ask)}/utkast")


def close_finding(ask: Ask) -> Response:
    """Close a finding with a reason."""
    number = ask.path["finding"]
    if not number.isdecimal():
        raise BadInput("Iakttagelsen finns inte.")
    reason = ask.form.get("reason", "").strip()
    deciding.close_finding(ask.office, ask.its_key, ask.me.person.id, int(number), reason, ask.now)
    return go(f"{base(ask)}/utkast#iakttagelser")


def texts(ask: Ask) -> Response:
    """The unit's own texts and judgements, goal by goal, beside what is proposed and why."""
    return _show_texts(ask, saved=False)


def write_texts(ask: Ask) -> Response:
    """Keep her texts and judgements."""
    judged = {}
    taken = ask.form.get("take", "")
    for goal in goal_standing(ask.office, ask.its_key):
        text = ask.form.get(f"{goal.goal}.text")
        if text is None:
            continue
        if goal.goal == taken:
            drafted = drafted_texts(ask.office, ask.its_key).get(taken, "")
            text = "\n\n".join(filter(None, (text.strip(), drafted)))
        chosen = ask.form.get(f"{goal.goal}.attainment", "")
        attainment = Attainment(chosen) if chosen in set(Attainment) else None
        if (attainment, text.strip()) != (goal.decided, goal.text):
            judged[goal.goal] = Judged(attainment, text.strip())
    summary = ask.form.get("summary")
    if summary is not None and summary.strip() != summary_text(ask.office, ask.its_key):
        judged[SUMMARY] = Judged(None, summary.strip())
    if judged:
        deciding.judge(ask.office, ask.its_key, ask.me.person.id, judged, ask.now)
    return _show_texts(ask, saved=True)


def decision(ask: Ask) -> Response:
    """What exactly is decided on, and what stops it."""
    key = ask.its_key
    standing = cycle_standing(ask.office, key, ask.now)
    parts = parts_of(ask.office, key, ask.now)
    return show(
        ask,
        "decision.html.j2",
        key=key,
        unit=ask.its_unit,
        dates=settled(ask.office, key).milestones,
        standing=standing,
        words=decision_words(key.kind),
        files=draft_files(ask.office, key),
        todo=todo_of(standing, parts, findings_of(ask.office, key)),
        versions=versions_of(ask.office, key),
        base=base(ask),
    )


def approve(ask: Ask) -> Response:
    """Approve the draft that was shown, and no other."""
    read = ask.form.get("files", "").split()
    deciding.approve(ask.office, ask.its_key, ask.me.person.id, ask.now, read=read)
    return go(f"{base(ask)}/beslut")


def correct(ask: Ask) -> Response:
    """Begin a correction of what is approved."""
    changes = ask.form.get("changes", "").strip()
    deciding.begin_correction(ask.office, ask.its_key, ask.me.person.id, changes, ask.now)
    return go(base(ask))


def draft_file(ask: Ask) -> Response:
    """A file of the draft."""
    return _hand_out(ask, draft_files(ask.office, ask.its_key))


def version_file(ask: Ask) -> Response:
    """A file of an approved version, from the stored bytes."""
    versions = {str(version.number): version for version in versions_of(ask.office, ask.its_key)}
    found = versions.get(ask.path["version"])
    return _hand_out(ask, found.files if found else ())


def base(ask: Ask) -> str:
    """Where the cycle's pages lie."""
    return cycle_path("/rapport", ask.its_key)


def _show_texts(ask: Ask, *, saved: bool) -> Response:
    key = ask.its_key
    return show(
        ask,
        "texts.html.j2",
        key=key,
        unit=ask.its_unit,
        goals=goal_standing(ask.office, key),
        summary=summary_text(ask.office, key),
        drafts=drafted_texts(ask.office, key) if ask.may(Deed.WRITE) else {},
        attainments=ATTAINMENT_SWEDISH,
        may_write=ask.may(Deed.WRITE),
        saved=saved,
        base=base(ask),
    )


def _is_stale(ask: Ask) -> bool:
    """Whether something has changed since the newest draft was made, or there is none and it is time."""
    return any(step.kind == COMPILE for step in cycle_standing(ask.office, ask.its_key, ask.now).due)


def _hand_out(ask: Ask, files: Iterable[FileView]) -> Response:
    found = content_of(ask.office, files, ask.path["file"])
    if found is None:
        raise BadInput("Filen finns inte.")
    content, media_type = found
    if media_type == HTML:
        return Response(content, media_type=media_type, headers={"Content-Security-Policy": REPORT_POLICY})
    name = "".join(c for c in ask.path["file"] if c.isalnum() or c in "-._")
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=disposition)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput("Skriv dagen som år-månad-dag, till exempel 2026-09-18.") from None


PATH = "/rapport/{unit}/{cycle}"
PAGES = (
    Page(PATH, cycle, Deed.SEE_CYCLE),
    Page(f"{PATH}/svar/{{part}}/atersand", send_back, Deed.CHASE, method="POST"),
    Page(f"{PATH}/svar/{{part}}/onskemal", wish, Deed.ASK_CHANGE, method="POST"),
    Page(f"{PATH}/onskemal/{{wish}}/lagg-undan", wish_aside, Deed.CHASE, method="POST"),
    Page(f"{PATH}/svar/{{part}}/paminn", remind, Deed.CHASE, method="POST"),
    Page(f"{PATH}/svar/{{part}}/mer-tid", give_time, Deed.CHASE, method="POST"),
    Page(f"{PATH}/utkast", draft, Deed.SEE_DRAFT),
    Page(f"{PATH}/utkast", make_draft, Deed.WRITE, method="POST"),
    Page(f"{PATH}/utkast/{{file}}", draft_file, Deed.SEE_DRAFT),
    Page(f"{PATH}/iakttagelser/{{finding}}", close_finding, Deed.DECIDE, method="POST"),
    Page(f"{PATH}/texter", texts, Deed.SEE_DRAFT),
    Page(f"{PATH}/texter", write_texts, Deed.WRITE, method="POST"),
    Page(f"{PATH}/beslut", decision, Deed.DECIDE),
    Page(f"{PATH}/beslut", approve, Deed.DECIDE, method="POST"),
    Page(f"{PATH}/rattelse", correct, Deed.DECIDE, method="POST"),
    Page(f"{PATH}/version/{{version}}/{{file}}", version_file, Deed.SEE_REPORT),
)
