"""EAD 3: what the package is, in an archivist's words: creator, number, period, secrecy, disposal."""

from arshjul.adapters.archive.contents import Holding
from arshjul.adapters.archive.elements import EAD, Element, add, document, moment, root


def ead_of(holding: Holding) -> bytes:
    """The description of the whole package, with one component for each part and its marking."""
    ead = root(EAD, "ead", {None: EAD})
    control = add(ead, "control")
    add(control, "recordid", holding.name)
    add(add(add(control, "filedesc"), "titlestmt"), "titleproper", holding.title)
    add(control, "maintenancestatus", value="new")
    add(add(control, "maintenanceagency"), "agencyname", holding.receiver or holding.creator)
    made = add(add(control, "maintenancehistory"), "maintenanceevent")
    add(made, "eventtype", value="created")
    add(made, "eventdatetime", moment(holding.created))
    add(made, "agenttype", value="machine")
    add(made, "agent", f"{holding.software} {holding.software_version}")
    described = add(ead, "archdesc", level="file")
    about = _identified(described, holding.title, holding.register_number)
    first, last = holding.period
    add(about, "unitdate", f"{first} – {last}", normal=f"{first}/{last}", unitdatetype="inclusive")
    origination = add(about, "origination")
    _name(origination, "arkivbildare", holding.creator, holding.creator_id)
    _name(origination, "enhet", holding.unit, "")
    _paragraph(described, "appraisal", holding.disposal_rule)
    components = add(described, "dsc", dsctype="combined")
    for part in holding.parts:
        component = add(components, "c", level="subfile")
        _identified(component, part.label, f"representations/{part.name}")
        law = f" {part.marking.law}." if part.marking.law else ""
        _paragraph(component, "accessrestrict", f"{part.marking.sentence}{law}")
    return document(ead)


def _identified(parent: Element, title: str, number: str) -> Element:
    about = add(parent, "did")
    add(about, "unitid", number)
    add(about, "unittitle", title)
    return about


def _name(parent: Element, role: str, name: str, number: str) -> None:
    identity = {"identifier": number} if number else {}
    add(add(parent, "corpname", relator=role, **identity), "part", name)


def _paragraph(parent: Element, name: str, text: str) -> None:
    add(add(parent, name), "p", text)
