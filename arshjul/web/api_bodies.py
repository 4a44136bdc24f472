"""What is sent to the API: the bodies of its calls, and the parts of their paths. Read by FastAPI.

Who may send them is `arshjul.web.api_asking`; what becomes of them `arshjul.web.api_deciding`.
"""

from datetime import date
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field

from arshjul.plan import Attainment
from arshjul.steps.answers.filling_in import LONGEST

Text = Annotated[str, Field(max_length=LONGEST)]
Code = Annotated[str, Path(max_length=40)]
DutyId = Annotated[str, Path(max_length=120, examples=["SOL-skyddsrond-2026-03-HUMLAN"])]
PersonId = Annotated[str, Field(max_length=40, description="Personens id ur organisation.yaml")]
Year = Annotated[int, Path(ge=2000, le=2100)]
Number = Annotated[int, Path(ge=0, le=1_000_000)]


class By(BaseModel):
    """Who does it."""

    person: PersonId


class Because(By):
    """Who does it, and why."""

    reason: Text


class Until(By):
    """Who gives more time, and until when."""

    until: date


class Answers(By):
    """Answers to save: field id to what is written in it; `based_on` the number that was seen of each."""

    answers: dict[Annotated[str, Field(max_length=80)], Text] = Field(max_length=500)
    based_on: dict[Annotated[str, Field(max_length=80)], Annotated[int, Field(ge=0, le=1_000_000)]] = {}


class Judgement(BaseModel):
    """A goal's attainment and text; the summary has the id "summary" and no attainment."""

    attainment: Attainment | None = None
    text: Text = ""


class Judgements(By):
    """The manager's judgements, by goal id."""

    judgements: dict[Annotated[str, Field(max_length=40)], Judgement] = Field(max_length=500)


class Decided(By):
    """What is decided on: the SHA-256 of every file of the draft, in the order that the draft lists them."""

    files: list[str]


class Done(By):
    """Who says that a duty is done, and the result in a few words."""

    note: Text = ""


class Meeting(By):
    """When a workplace took the report up, and what was said, a suggestion a line."""

    held_on: date
    suggestions: Text = ""
