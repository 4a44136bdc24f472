"""A finding: code, severity, where, a sentence, the evidence it rests on, and a proposed mend. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An error blocks approval until it is mended or explained."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """`where` is for people; `line` is set for documents; `evidence` holds the figures on both sides.

    `mend` says in a sentence what to do about it; it is not what tells one finding from another.
    """

    code: str
    severity: Severity
    where: str
    message: str
    evidence: Mapping[str, str | int | None] = field(default_factory=dict)
    line: int | None = None
    mend: str = ""

    @property
    def key(self) -> str:
        """The same as long as it is the same finding on the same evidence."""
        content = json.dumps([self.code, self.where, dict(self.evidence)], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    def as_json(self) -> dict[str, object]:
        """The finding in the contract of `arshjul review --json`; `mend` where there is one."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "where": self.where,
            "line": self.line,
            "message": self.message,
            "evidence": dict(self.evidence),
            **({"mend": self.mend} if self.mend else {}),
        }
