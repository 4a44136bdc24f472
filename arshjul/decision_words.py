"""How a decision is spoken of: a report is approved (godkänd), a plan is adopted (fastställd).

Called by whoever tells a manager of her decision. Pure.
"""

from dataclasses import dataclass

from arshjul.plan import Kind


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """The verb in its forms; `record` is what the decision is called in the store."""

    record: str
    do: str  # imperative: "godkänn"
    to: str  # infinitive: "godkänna"
    does: str  # "godkänner"
    done: str  # "godkänd"
    act: str  # "godkännande"
    passive: str  # "godkännas"


APPROVE = DecisionWords("approve", "godkänn", "godkänna", "godkänner", "godkänd", "godkännande", "godkännas")
ADOPT = DecisionWords(
    "adopt", "fastställ", "fastställa", "fastställer", "fastställd", "fastställande", "fastställas"
)

UNJUDGED = frozenset({Kind.VP, Kind.MR})  # their goals carry no judgement of attainment


def decision_words(kind: Kind) -> DecisionWords:
    """The words for a decision on a report of that kind."""
    return ADOPT if kind is Kind.VP else APPROVE
