"""What a package is told to hold and to say of itself. No XML, no folders: those are made of this.

Called by `arshjul.steps.archive.archiving`, which fills it, and by the modules that write.
"""

import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath
from uuid import NAMESPACE_URL, uuid5

PUBLIC, RESTRICTED = "public", "restricted"
_MEDIA = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".yaml": "text/plain",  # application/yaml is younger than the lists that validators go by
    ".csv": "text/csv",
}


@dataclass(frozen=True, slots=True)
class Marking:
    """Who may see a part: the sentence that is its marking, and the law where one restricts it."""

    sentence: str
    law: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One representation: its files by path in it, and its marking."""

    name: str
    label: str
    marking: Marking
    files: Mapping[str, bytes]
    schemas: Mapping[str, bytes] = field(default_factory=dict)  # what the columns of its data mean


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to what is kept. `agent` is who did it, where that is to be told."""

    kind: str  # a term of PREMIS: creation, validation, …
    at: datetime
    said: str
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """A whole package. `created` is the year's own clock, the only time that differs between two makings."""

    name: str
    title: str
    created: datetime
    creator: str  # the authority whose record it is (arkivbildare)
    creator_id: str  # its organisation number, empty where it is not known
    unit: str
    receiver: str  # the archive it is kept for, empty where it is not settled
    register_number: str
    period: tuple[date, date]
    disposal_rule: str
    software: str
    software_version: str
    parts: tuple[Part, ...]
    documentation: Mapping[str, bytes] = field(default_factory=dict)
    events: tuple[Event, ...] = ()

    def identity(self, of: str) -> str:
        """An id for XML that is the same each time: "uuid-…" of something in this package."""
        return f"uuid-{uuid5(NAMESPACE_URL, f'{self.name}/{of}')}"

    def payload(self) -> Iterator[tuple[str, bytes]]:
        """Every file that is kept, by its path in the package, in order."""
        for part in self.parts:
            for name in sorted(part.files):
                yield f"representations/{part.name}/data/{name}", part.files[name]
            for name in sorted(part.schemas):
                yield f"representations/{part.name}/schemas/{name}", part.schemas[name]
        for name in sorted(self.documentation):
            yield f"documentation/{name}", self.documentation[name]


def media_type(name: str) -> str:
    """The media type of a file by its ending, the same on every machine."""
    ending = PurePosixPath(name).suffix.lower()
    return _MEDIA.get(ending) or _TYPES.guess_type(f"x{ending}")[0] or "application/octet-stream"


_TYPES = mimetypes.MimeTypes()  # the standard library's own list; not what the machine adds to it
