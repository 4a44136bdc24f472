"""The approved report as the bytes that were decided on. Called by `arshjul review --against`."""

from arshjul.adapters.store.files import file_content
from arshjul.cycle import CycleKey
from arshjul.decision_words import decision_words
from arshjul.errors import Refused
from arshjul.office import Office
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.versions import newest_version

_READ_BEST = (".html", ".docx", ".pdf")  # the first that there is: in it every table and heading is marked


def approved_document(office: Office, key: CycleKey) -> tuple[int, str, bytes]:
    """The newest approved version: its number, its file's name and bytes. Refused before there is one."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        version = cycle and newest_version(session, cycle)
        if not version:
            done = decision_words(key.kind).done
            raise Refused(f"{key} för {key.unit_code} är inte {done} än, så det finns inget att jämföra med.")
        name, sha256 = next(
            (name, sha256)
            for ending in _READ_BEST
            for name, sha256 in version.files.items()
            if name.endswith(ending)
        )
        return version.number, name, file_content(session, sha256)
