"""PREMIS 3: the objects of a level with their checksums, what has happened to them, and who may see them."""

from collections.abc import Mapping

from arshjul.adapters.archive.contents import Event, Holding, Part, media_type
from arshjul.adapters.archive.elements import PREMIS, XLINK, XSI, Element, add, document, moment, root
from arshjul.adapters.archive.mets import Kept

_LOCAL = "local"


def premis_of_package(holding: Holding) -> bytes:
    """What has happened to the whole: its events and the agents of them."""
    premis = _begin()
    _intellectual(premis, holding.name, holding.title)
    _events(premis, holding, holding.events, holding.name)
    return document(premis)


def premis_of_part(holding: Holding, part: Part, kept: Mapping[str, Kept]) -> bytes:
    """The files of a representation: size, format, SHA-256, and that they were put in this package."""
    premis = _begin()
    base = f"representations/{part.name}/"
    _intellectual(premis, f"{holding.name}/{part.name}", part.label)
    for name, file in kept.items():
        if not name.startswith(f"{base}data/"):
            continue
        about = add(premis, "object", xmlID=holding.identity(f"object/{name}"))
        about.set(f"{{{XSI}}}type", "premis:file")
        _identifier(about, "object", name.removeprefix(base))
        traits = add(about, "objectCharacteristics")
        fixity = add(traits, "fixity")
        add(fixity, "messageDigestAlgorithm", "SHA-256")
        add(fixity, "messageDigest", file.sha256)
        add(traits, "size", str(file.size))
        add(add(add(traits, "format"), "formatDesignation"), "formatName", media_type(name))
        add(about, "originalName", name.rpartition("/")[2])
    put_in = Event(
        "ingestion", holding.created, f"Filerna lades i paketet {holding.name}, i delen {part.name}."
    )
    _events(premis, holding, (put_in,), f"{holding.name}/{part.name}")
    _rights(premis, holding, part)
    return document(premis)


def _rights(premis: Element, holding: Holding, part: Part) -> None:
    """The marking of a representation, as a statement of rights."""
    statement = add(add(premis, "rights"), "rightsStatement")
    identifier = add(statement, "rightsStatementIdentifier")
    add(identifier, "rightsStatementIdentifierType", _LOCAL)
    add(identifier, "rightsStatementIdentifierValue", f"{holding.name}/{part.name}/marking")
    add(statement, "rightsBasis", "statute" if part.marking.law else "other")
    if part.marking.law:
        statute = add(statement, "statuteInformation")
        add(statute, "statuteJurisdiction", "SE")
        add(statute, "statuteCitation", part.marking.law)
        add(statute, "statuteNote", part.marking.sentence)
    else:
        other = add(statement, "otherRightsInformation")
        add(other, "otherRightsBasis", "marking")
        add(other, "otherRightsNote", part.marking.sentence)
    granted = add(statement, "rightsGranted")
    add(granted, "act", "disseminate")
    add(granted, "restriction", part.marking.sentence)
    linked = add(statement, "linkingObjectIdentifier")
    add(linked, "linkingObjectIdentifierType", _LOCAL)
    add(linked, "linkingObjectIdentifierValue", f"{holding.name}/{part.name}")


def _begin() -> Element:
    return root(PREMIS, "premis", {"premis": PREMIS, "xlink": XLINK, "xsi": XSI}, version="3.0")


def _intellectual(premis: Element, value: str, name: str) -> None:
    about = add(premis, "object")
    about.set(f"{{{XSI}}}type", "premis:intellectualEntity")
    _identifier(about, "object", value)
    add(about, "originalName", name)


def _events(premis: Element, holding: Holding, events: tuple[Event, ...], subject: str) -> None:
    software = f"{holding.software} {holding.software_version}"
    for number, event in enumerate(events, start=1):
        written = add(premis, "event")
        _identifier(written, "event", f"{subject}/{number}")
        add(written, "eventType", event.kind)
        add(written, "eventDateTime", moment(event.at))
        add(add(written, "eventDetailInformation"), "eventDetail", event.said)
        agent = add(written, "linkingAgentIdentifier")
        add(agent, "linkingAgentIdentifierType", _LOCAL)
        add(agent, "linkingAgentIdentifierValue", event.agent or software)
        linked = add(written, "linkingObjectIdentifier")
        add(linked, "linkingObjectIdentifierType", _LOCAL)
        add(linked, "linkingObjectIdentifierValue", subject)
    people = dict.fromkeys(event.agent for event in events if event.agent)
    for name, kind in (*((person, "person") for person in people), (software, "software")):
        agent = add(premis, "agent")
        _identifier(agent, "agent", name)
        add(agent, "agentName", name)
        add(agent, "agentType", kind)


def _identifier(parent: Element, of: str, value: str) -> None:
    identifier = add(parent, f"{of}Identifier")
    add(identifier, f"{of}IdentifierType", _LOCAL)
    add(identifier, f"{of}IdentifierValue", value)
