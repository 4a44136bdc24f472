"""METS.xml of a package and of each of its representations, after CSIP and SIP 2.1."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from arshjul.adapters.archive.contents import Holding, Part, media_type
from arshjul.adapters.archive.elements import (
    CSIP,
    METS,
    SIP,
    XLINK,
    XSI,
    Element,
    add,
    document,
    moment,
    root,
)

PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-1-0.xml"
_SCHEMAS = f"{METS} http://www.loc.gov/standards/mets/mets.xsd"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as METS speaks of it: its size and SHA-256."""

    size: int
    sha256: str


def root_mets(holding: Holding, kept: Mapping[str, Kept]) -> bytes:
    """The METS.xml of the whole package; `kept` are all its other files by their path in it."""
    mets = _begin(holding, holding.name, holding.title, "")
    header = mets[0]
    add(header, "altRecordID", holding.register_number, TYPE="REFERENCECODE")
    _metadata(mets, holding, "", kept)
    section = add(mets, "fileSec", ID=holding.identity("fileSec"))
    documentation = _under(kept, "documentation/")
    _group(section, holding, "", "Documentation", documentation, kept)
    for part in holding.parts:
        own = f"representations/{part.name}/METS.xml"
        _group(section, holding, "", f"Representations/{part.name}", [own], kept)
    top = _structure(mets, holding, "", holding.name)
    _pointer(top, holding, "", "Documentation", documentation)
    for part in holding.parts:
        use = f"Representations/{part.name}"
        place = add(top, "div", ID=holding.identity(f"div/{use}"), LABEL=use)
        add(
            place,
            "mptr",
            LOCTYPE="URL",
            xlink__type="simple",
            xlink__href=quote(f"representations/{part.name}/METS.xml"),
            xlink__title=holding.identity(f"group/{use}"),
        )
    return document(mets)


def part_mets(holding: Holding, part: Part, kept: Mapping[str, Kept]) -> bytes:
    """The METS.xml of one representation; `kept` are the files of the package, by their path in it."""
    base = f"representations/{part.name}/"
    mets = _begin(holding, part.name, part.label, base)
    _metadata(mets, holding, base, kept)
    groups = {"Data": _under(kept, f"{base}data/"), "Schemas": _under(kept, f"{base}schemas/")}
    section = add(mets, "fileSec", ID=holding.identity(f"{base}fileSec"))
    for use, names in groups.items():
        _group(section, holding, base, use, names, kept)
    top = _structure(mets, holding, base, part.name)
    for use, names in groups.items():
        _pointer(top, holding, base, use, names)
    return document(mets)


def _begin(holding: Holding, name: str, label: str, base: str) -> Element:
    at = moment(holding.created)
    mets = root(
        METS,
        "mets",
        {None: METS, "csip": CSIP, "sip": SIP, "xlink": XLINK, "xsi": XSI},
        OBJID=name,
        LABEL=label,
        TYPE="Mixed",
        PROFILE=PROFILE,
    )
    mets.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "MIXED")
    mets.set(f"{{{XSI}}}schemaLocation", _SCHEMAS)
    header = add(
        mets, "metsHdr", CREATEDATE=at, LASTMODDATE=at, RECORDSTATUS="NEW", csip__OAISPACKAGETYPE="SIP"
    )
    _agent(
        header,
        holding.software,
        "SOFTWARE VERSION",
        holding.software_version,
        "CREATOR",
        "OTHER",
        OTHERTYPE="SOFTWARE",
    )
    if not base:
        number = holding.creator_id
        _agent(header, holding.creator, "IDENTIFICATIONCODE", number, "ARCHIVIST", "ORGANIZATION")
        _agent(header, holding.unit, "", "", "CREATOR", "ORGANIZATION")
        if holding.receiver:
            _agent(header, holding.receiver, "", "", "PRESERVATION", "ORGANIZATION")
    return mets


def _agent(header: Element, name: str, note_type: str, note: str, role: str, kind: str, **more: str) -> None:
    agent = add(header, "agent", ROLE=role, TYPE=kind, **more)
    add(agent, "name", name)
    if note:
        add(agent, "note", note, csip__NOTETYPE=note_type)


def _metadata(mets: Element, holding: Holding, base: str, kept: Mapping[str, Kept]) -> None:
    """References to what describes this level and what has happened to it."""
    for name in _under(kept, f"{base}metadata/descriptive/"):
        section = add(
            mets,
            "dmdSec",
            ID=holding.identity(f"dmd/{name}"),
            CREATED=moment(holding.created),
            STATUS="CURRENT",
        )
        _reference(section, holding, base, name, kept[name], "EAD")
    section = add(mets, "amdSec", ID=holding.identity(f"amd/{base}"))
    for name in _under(kept, f"{base}metadata/preservation/"):
        about = add(section, "digiprovMD", ID=holding.identity(f"amd/{name}"), STATUS="CURRENT")
        _reference(about, holding, base, name, kept[name], "PREMIS")


def _reference(section: Element, holding: Holding, base: str, name: str, kept: Kept, kind: str) -> None:
    add(
        section,
        "mdRef",
        ID=holding.identity(f"ref/{name}"),
        LOCTYPE="URL",
        xlink__type="simple",
        xlink__href=quote(name.removeprefix(base)),
        MDTYPE=kind,
        MIMETYPE=media_type(name),
        SIZE=str(kept.size),
        CREATED=moment(holding.created),
        CHECKSUM=kept.sha256,
        CHECKSUMTYPE="SHA-256",
    )


def _group(
    section: Element, holding: Holding, base: str, use: str, names: Iterable[str], kept: Mapping[str, Kept]
) -> None:
    names = list(names)
    if not names:
        return
    group = add(section, "fileGrp", ID=holding.identity(f"{base}group/{use}"), USE=use)
    if use.startswith("Representations"):
        group.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "MIXED")
    created = moment(holding.created)
    for name in names:
        file = add(
            group,
            "file",
            ID=holding.identity(f"file/{name}"),
            MIMETYPE=media_type(name),
            SIZE=str(kept[name].size),
            CREATED=created,
            CHECKSUM=kept[name].sha256,
            CHECKSUMTYPE="SHA-256",
        )
        add(file, "FLocat", LOCTYPE="URL", xlink__type="simple", xlink__href=quote(name.removeprefix(base)))


def _structure(mets: Element, holding: Holding, base: str, name: str) -> Element:
    described = [each.get("ID") for each in mets if each.tag.endswith("dmdSec")]
    about = [each.get("ID") for each in next(each for each in mets if each.tag.endswith("amdSec"))]
    structure = add(mets, "structMap", ID=holding.identity(f"{base}structMap"), TYPE="PHYSICAL", LABEL="CSIP")
    top = add(structure, "div", ID=holding.identity(f"{base}div"), LABEL=name)
    metadata = add(top, "div", ID=holding.identity(f"{base}div/Metadata"), LABEL="Metadata")
    if described:
        metadata.set("DMDID", " ".join(described))
    if about:
        metadata.set("ADMID", " ".join(about))
    return top


def _pointer(top: Element, holding: Holding, base: str, use: str, names: list[str]) -> None:
    if names:
        place = add(top, "div", ID=holding.identity(f"{base}div/{use}"), LABEL=use)
        add(place, "fptr", FILEID=holding.identity(f"{base}group/{use}"))


def _under(kept: Mapping[str, Kept], folder: str) -> list[str]:
    return [name for name in kept if name.startswith(folder)]
