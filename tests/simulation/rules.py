"""The rules of a year, held against what `simulate --json` says and the letters that arrived, nothing else.

Each rule gives a sentence for every breach that it finds. It imports nothing of the product: working days
come from the library `holidays`, packages are verified by the test that calls this, which puts the letters of
the outbox under "arrived" (Message-ID and text of each). The contract itself is `tests.simulation.contract`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import holidays

from tests.simulation.contract import off_contract

Year = dict[str, Any]
Rule = Callable[[Year], Iterator[str]]
CHASING = {"reminder", "apt"}
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
AT_ONCE = {"receipt", "returned", "link", "failure"}


def at(letter: Year) -> datetime:
    return datetime.fromisoformat(letter["at"])


@cache
def _free(year: int) -> Any:
    return holidays.country_holidays("SE", years=year, categories=("public", "de_facto"))


def is_workday(day: date) -> bool:
    free = _free(day.year)
    return day.weekday() < 5 and day not in free


def is_again(matter: Year) -> bool:
    """The one reminder of a duty that nobody has confirmed."""
    return matter["kind"] == "duty" and matter["cause"].endswith(" remind")


def said(letter: Year) -> str:
    return f"{letter['at']} {letter['to']} {[m['kind'] for m in letter['matters']]}"


def reminded_of_what_is_done(year: Year) -> Iterator[str]:
    answered: dict[tuple[str, str, str], datetime] = {}
    for cycle in year["cycles"]:
        for each in cycle["submissions"]:
            key = cycle["unit"], cycle["cycle"], each["subunit"]
            answered.setdefault(key, datetime.fromisoformat(each["at"]))
    confirmed = {(d["unit"], d["duty"], d["subunit"]): d["confirmed_at"] for d in year["duties"]}
    for letter in year["letters"]:
        for matter in letter["matters"]:
            if matter["kind"] == "reminder":
                for name in matter["subunits"]:
                    done = answered.get((matter["unit"], matter["cycle"], name))
                    if done is not None and done < at(letter):
                        yield f"{said(letter)}: {name} had answered {done}"
            if is_again(matter):
                first = matter["cause"].rpartition(" ")[0]
                for unit, duty, subunit in confirmed:
                    if unit == matter["unit"] and first.startswith(duty) and subunit in matter["subunits"]:
                        done = confirmed[unit, duty, subunit]
                        if done is not None and datetime.fromisoformat(done) < at(letter):
                            yield f"{said(letter)}: {duty} {subunit} was confirmed {done}"


def two_where_one_would_do(year: Year) -> Iterator[str]:
    """One a morning for each receiver, of all units; a second one that day tells only what could not wait."""
    todays: dict[tuple[str, date], list[Year]] = defaultdict(list)
    for letter in year["letters"]:
        if any(matter["kind"] not in AT_ONCE for matter in letter["matters"]):
            todays[letter["to"], at(letter).date()].append(letter)
    for letters in todays.values():
        mornings = [letter for letter in letters if at(letter).time() < time(12)]
        for letter in mornings[1:]:
            soon = any(_is_soon(matter, at(letter).date()) for matter in letter["matters"])
            if not letter["immediate"] and not soon:
                yield f"{said(letter)}: the second one of the morning after {said(letters[0])}"


def _is_soon(matter: Year, today: date) -> bool:
    """Whether its last day is today or the next working day."""
    by = matter["by"] and date.fromisoformat(matter["by"])
    return bool(by) and today <= by <= next_good(today)


def outside_office_hours(year: Year) -> Iterator[str]:
    for letter in year["letters"]:
        local = at(letter)
        by_day = is_workday(local.date()) and time(7) <= local.time() < time(18)
        if not by_day and not letter["immediate"]:
            yield said(letter)
        if not by_day and any(m["kind"] not in AT_ONCE for m in letter["matters"]):
            yield f"{said(letter)}: takes along what could have waited"


def chased_too_much(year: Year) -> Iterator[str]:
    weeks = Counter(
        (letter["to"], at(letter).isocalendar()[:2])
        for letter in year["letters"]
        if any(m["kind"] in CHASING or is_again(m) for m in letter["matters"])
    )
    for (to, week), count in weeks.items():
        if count > year["chasing_per_week"]:
            yield f"{to} was chased {count} times in week {week}"


def without_reason(year: Year) -> Iterator[str]:
    for letter in year["letters"]:
        if not letter["matters"]:
            yield f"{said(letter)}: says nothing"
        for matter in letter["matters"]:
            reason = matter["reason"].strip()
            if len(reason.split()) < 3 or "None" in reason or "{" in reason:
                yield f"{said(letter)}: ”{reason}”"


def told_twice(year: Year) -> Iterator[str]:
    told = Counter(
        (m["unit"], m["kind"], m["cause"], m["meant_for"])
        for letter in year["letters"]
        for m in letter["matters"]
    )
    yield from (f"{what} was told {count} times" for what, count in told.items() if count > 1)
    ids = Counter(letter["message_id"] for letter in year["letters"])
    yield from (f"{name} was sent {count} times" for name, count in ids.items() if count > 1)


def sent_while_nothing_could_be(year: Year) -> Iterator[str]:
    down = {date.fromisoformat(day) for day in year["mail_down"]}
    first, last = map(date.fromisoformat, year["machine_off"])
    for letter in year["letters"]:
        day = at(letter).date()
        if day in down or first <= day <= last:
            yield f"{said(letter)}: nothing could be sent then"


def late_without_saying_so(year: Year) -> Iterator[str]:
    """What was held by the failing mail or the machine that was off comes on its first good day, marked."""
    for letter in year["letters"]:
        late = letter["late_from"]
        if late is not None and date.fromisoformat(late) >= at(letter).date():
            yield f"{said(letter)}: late since {late}, which is not before it went"
    down = [date.fromisoformat(day) for day in year["mail_down"]]
    after = next_good(max(down))
    held = [
        letter
        for letter in year["letters"]
        if letter["late_from"] in year["mail_down"] and at(letter).date() >= after
    ]
    for letter in held:
        if at(letter).date() > after + timedelta(days=7):
            yield f"{said(letter)}: held since {letter['late_from']}, mail was well from {after}"


def next_good(day: date) -> date:
    day += timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def out_of_order(year: Year) -> Iterator[str]:
    for cycle in year["cycles"]:
        names = ("opens", "due", "approved_at", "distributed_at", "archived_at")
        days = [(name, str(cycle[name])[:10]) for name in names if cycle[name]]
        times = [cycle[name] for name in names[2:] if cycle[name]]
        if [day for _, day in days] != sorted(day for _, day in days) or times != sorted(
            times, key=datetime.fromisoformat
        ):
            yield f"{cycle['unit']} {cycle['cycle']}: {days}"
        reached = [cycle[name] is not None for name in names]
        if reached != sorted(reached, reverse=True):
            yield f"{cycle['unit']} {cycle['cycle']}: skips a step, {days}"


def miscounted(year: Year) -> Iterator[str]:
    """Versions of an answer grow in time; who is missing is who never answered, by name."""
    for cycle in year["cycles"]:
        where = f"{cycle['unit']} {cycle['cycle']}"
        versions: dict[str, list[int]] = defaultdict(list)
        for each in cycle["submissions"]:
            versions[each["subunit"]].append(each["version"])
        for name, found in versions.items():
            if found != sorted(set(found)):
                yield f"{where}: {name} has versions {found}"
        if set(versions) - set(cycle["asked"]):
            yield f"{where}: {set(versions) - set(cycle['asked'])} answered without being asked"
        if set(cycle["missing"]) != set(cycle["asked"]) - set(versions):
            yield f"{where}: {cycle['missing']} is said to be missing of {cycle['asked']}"


def not_done(year: Year) -> Iterator[str]:
    """Every report whose time has come is decided, sent and archived; the year's own VB has been opened."""
    there = {(cycle["unit"], cycle["cycle"]) for cycle in year["cycles"]}
    this, before, after = year["year"], year["year"] - 1, year["year"] + 1
    for unit in {cycle["unit"] for cycle in year["cycles"]}:
        for name in (f"VB {before}", f"VP {this}", f"T1 {this}", f"T2 {this}", f"VP {after}", f"VB {this}"):
            if (unit, name) not in there:
                yield f"{unit} {name} was never opened"
    for cycle in year["cycles"]:
        over = cycle["cycle"] in (f"VB {before}", f"VP {this}", f"T1 {this}", f"T2 {this}") or (
            cycle["cycle"].startswith(f"MR {this}") and cycle["cycle"] < f"MR {this}-12"
        )
        decided = cycle["approved_at"] and cycle["approved_at"] < f"{this}-11-10"
        if (over or decided) and not cycle["archived_at"]:
            yield f"{cycle['unit']} {cycle['cycle']} was never archived"
    yield from year["troubles"]


def without_what_to_do(year: Year) -> Iterator[str]:
    """Every letter says why it came, until when there is something to do, and whom to ask."""
    texts = {letter["message_id"]: letter["text"] for letter in year["arrived"]}
    for letter in year["letters"]:
        text = " ".join(texts.get(letter["message_id"], "").split())
        if not text.startswith("Hej "):
            yield f"{said(letter)}: no greeting"
        if "Frågor" not in text:
            yield f"{said(letter)}: nobody to ask"
        for matter in letter["matters"]:
            if " ".join(matter["reason"].split()) not in text:
                yield f"{said(letter)}: does not say why, ”{matter['reason']}”"
            if matter["by"] and not _names_the_day(text, date.fromisoformat(matter["by"])):
                yield f"{said(letter)}: {matter['kind']} does not name {matter['by']}"


def _names_the_day(text: str, day: date) -> bool:
    named = rf"\b{day.day} {MONTHS[day.month - 1]}\b|\bi dag\b|\bsammanställs nu\b"
    return re.search(named, text, re.IGNORECASE) is not None


def lost_or_doubled(year: Year) -> Iterator[str]:
    """What arrived is what was sent, each once; what was put down has been told, or waits since yesterday."""
    arrived = Counter(letter["message_id"] for letter in year["arrived"])
    for letter in year["letters"]:
        if arrived[letter["message_id"]] != 1:
            yield f"{said(letter)}: arrived {arrived[letter['message_id']]} times"
    last = date(year["year"], 12, 31) - timedelta(days=5)
    for each in (*year["untold"], *year["not_sent"]):
        since = datetime.fromisoformat(each.get("since") or each["at"]).date()
        if since < last:
            yield f"{each}: never told"


RULES: dict[str, Rule] = {
    "påmind om det gjorda": reminded_of_what_is_done,
    "två brev i onödan": two_where_one_would_do,
    "utanför arbetstid": outside_office_hours,
    "över taket": chased_too_much,
    "utan skäl": without_reason,
    "sagt två gånger": told_twice,
    "skickat när inget gick": sent_while_nothing_could_be,
    "sent utan att säga det": late_without_saying_so,
    "i fel ordning": out_of_order,
    "felräknat": miscounted,
    "inte gjort": not_done,
    "utan besked": without_what_to_do,
    "borta eller dubbelt": lost_or_doubled,
    "mot avtalet": off_contract,
}
