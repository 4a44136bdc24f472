"""Archive packages after FGS Paketstruktur 2.0, which is E-ARK CSIP and SIP 2.1: written, read, copied.

A package is a folder: METS.xml at its root and in each representation, PREMIS events, EAD for what it is. Its
SHA-256 is that of the root METS.xml, which covers every other file and is covered by a seal on its last line.
What belongs in a package is decided in `arshjul.steps.archive.archiving`. Bags that older versions wrote are
still verified, and a package is put in a bag when it is to be sent somewhere (`bags`).
"""

from arshjul.adapters.archive.contents import Event, Holding, Marking, Part
from arshjul.adapters.archive.faults import PackageFault
from arshjul.adapters.archive.reading import find_packages, is_package, package_sha256, verify_package
from arshjul.adapters.archive.writing import write_package

__all__ = [
    "Event",
    "Holding",
    "Marking",
    "PackageFault",
    "Part",
    "find_packages",
    "is_package",
    "package_sha256",
    "verify_package",
    "write_package",
]
