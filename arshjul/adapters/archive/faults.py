"""What can be wrong with a package, in one place: codes for machines, sentences for people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackageFault:
    """What is wrong with a package: a code for machines, a place and a sentence for people."""

    code: str
    place: str
    message: str


def changed(place: str) -> PackageFault:
    """A file is not as it was written."""
    return PackageFault("changed", place, f"Filen {place} har ändrats sedan paketet skrevs.")


def missing(place: str) -> PackageFault:
    """A file is gone."""
    return PackageFault("missing", place, f"Filen {place} saknas.")


def added(place: str) -> PackageFault:
    """A file was put there by somebody else."""
    return PackageFault("added", place, f"Filen {place} hör inte till paketet.")


def damaged(place: str, why: str) -> PackageFault:
    """Something cannot be read at all."""
    return PackageFault("damaged", place, f"Paketet är skadat ({place}): {why}.")
