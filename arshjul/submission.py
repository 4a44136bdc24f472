"""A submission: what one scope handed in, once, for good; and the one way of writing it down.

The canonical JSON is what is kept, hashed and archived; everything else that knows answers is made of it.
The same submission gives the same text in every process and version: sorted keys, no spaces, decimals as
plain strings, times in UTC. Called by the store and the archive. Pure.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from arshjul.answers import Answer, State
from arshjul.errors import BadInput

FORMAT = 1  # of the JSON; a later format is read beside this one, never instead of it


@dataclass(frozen=True, slots=True)
class Submission:
    """One version of a scope's answers. `based_on` is the number of the form that was filled in."""

    cycle: str
    unit_code: str
    scope: str
    person: str
    version: int
    based_on: int
    received_at: datetime
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.received_at.tzinfo is None:
            raise ValueError("received_at needs a time zone")

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(canonical_json(self).encode()).hexdigest()


def canonical_json(submission: Submission) -> str:
    """The submission as the text that is hashed."""
    content = {
        "format": FORMAT,
        "cycle": submission.cycle,
        "unit": submission.unit_code,
        "scope": submission.scope,
        "person": submission.person,
        "version": submission.version,
        "based_on": submission.based_on,
        "received_at": submission.received_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "answers": {key: _answer(answer) for key, answer in submission.answers.items()},
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_canonical_json(text: str) -> Submission:
    """The submission that `text` holds; BadInput where it is no text of this kind."""
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise BadInput(f"Inlämningen har format {content['format']}, som inte kan läsas här.")
        return Submission(
            cycle=content["cycle"],
            unit_code=content["unit"],
            scope=content["scope"],
            person=content["person"],
            version=content["version"],
            based_on=content["based_on"],
            received_at=datetime.fromisoformat(content["received_at"]),
            answers={key: _read_answer(key, value) for key, value in content["answers"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise BadInput("Inlämningen är skadad och kan inte läsas. Hämta den ur en säkerhetskopia.") from error


def _answer(answer: Answer) -> dict[str, str]:
    written = {"state": answer.state.value}
    if answer.number is not None:
        written["number"] = _plain(answer.number)
    if answer.text is not None:
        written["text"] = answer.text
    return written


def _read_answer(key: str, written: Mapping[str, str]) -> Answer:
    number = written.get("number")
    return Answer(
        field=key,
        state=State(written["state"]),
        number=None if number is None else Decimal(number),
        text=written.get("text"),
    )


def _plain(number: Decimal) -> str:
    """Equal numbers alike: 82.50 and 82.5 are one value, and no exponent is ever written."""
    if not number.is_finite():
        raise ValueError(f"{number} is no value of an answer")
    text = f"{number:f}"
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if plain in ("-0", "") else plain
