"""The tables, a module for each area.

Everything is bound to its unit; what has an outside effect has a unique key:

- append-only: plan_version, form, submission, judgement, decision, approved_version, released_cell,
  released_in_form,
  action_event
- ledgers of outside effects: step, notice, letter, package
- projections that can be rebuilt: answer (from submission), finding's open/closed state (from decisions)

People are ids of `config/organisation.yaml`; no name or address is stored here. Migrations follow these
tables; `tests/store` proves that they agree.
"""

from arshjul.adapters.store.tables.actions import ActionEvent
from arshjul.adapters.store.tables.answering import Answer, Form, InboxFile, Submission
from arshjul.adapters.store.tables.archiving import FixityCheck, Package, PackageCopy, Weeding
from arshjul.adapters.store.tables.base import Base
from arshjul.adapters.store.tables.cases import Cycle, PlanVersion, RegistryNumber, Step, StoredFile, Unit
from arshjul.adapters.store.tables.deciding import (
    ApprovedVersion,
    Decision,
    Draft,
    Finding,
    Judgement,
    ReleasedCell,
    ReleasedInForm,
)
from arshjul.adapters.store.tables.duties import DutyStep, DutyWord
from arshjul.adapters.store.tables.portal import (
    ApiToken,
    AptMeeting,
    Attempt,
    Entered,
    Extension,
    OneTimeCode,
    PersonalLink,
    PortalSession,
    SavedAnswer,
    SignOn,
    StandIn,
)
from arshjul.adapters.store.tables.post import Letter, Notice
from arshjul.adapters.store.tables.sources import SourceLoad, SourceValue

__all__ = [
    "ActionEvent",
    "Answer",
    "ApiToken",
    "ApprovedVersion",
    "AptMeeting",
    "Attempt",
    "Base",
    "Cycle",
    "Decision",
    "Draft",
    "DutyStep",
    "DutyWord",
    "Entered",
    "Extension",
    "Finding",
    "FixityCheck",
    "Form",
    "InboxFile",
    "Judgement",
    "Letter",
    "Notice",
    "OneTimeCode",
    "Package",
    "PackageCopy",
    "PersonalLink",
    "PlanVersion",
    "PortalSession",
    "RegistryNumber",
    "ReleasedCell",
    "ReleasedInForm",
    "SavedAnswer",
    "SignOn",
    "SourceLoad",
    "SourceValue",
    "StandIn",
    "Step",
    "StoredFile",
    "Submission",
    "Unit",
    "Weeding",
]
