"""XML as the package's documents need it: elements with names of their standards, and their bytes."""

from datetime import UTC, datetime
from typing import Any

from lxml import etree

METS = "http://www.loc.gov/METS/"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
SIP = "https://DILCIS.eu/XML/METS/SIPExtensionMETS"
XLINK = "http://www.w3.org/1999/xlink"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PREMIS = "http://www.loc.gov/premis/v3"
EAD = "http://ead3.archivists.org/schema/"

Element = Any  # lxml publishes no types


def root(namespace: str, name: str, nsmap: dict[str | None, str], **attributes: str) -> Element:
    """The element that a document begins with."""
    return etree.Element(f"{{{namespace}}}{name}", attributes, nsmap=nsmap)


def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """A new last child in its parent's namespace. Attributes like "xlink__href" have that one."""
    namespace = parent.tag[1:].partition("}")[0]
    child = etree.SubElement(
        parent, f"{{{namespace}}}{name}", {_name(key): value for key, value in attributes.items()}
    )
    child.text = text
    return child


def _name(key: str) -> str:
    prefix, _, rest = key.rpartition("__")
    return f"{{{_PREFIXES[prefix]}}}{rest}" if prefix else key


_PREFIXES = {"xlink": XLINK, "csip": CSIP, "sip": SIP, "xsi": XSI}


def document(element: Element) -> bytes:
    """The document as bytes, the same for the same content."""
    written: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def moment(at: datetime) -> str:
    """A time as XML Schema has it, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
