"""A manager who rates a goal higher than the figures speak for: she may, and writes why. Pure."""

from collections.abc import Iterator

from arshjul.attainment import rated_higher
from arshjul.plan import ATTAINMENT_SWEDISH
from arshjul.review.cycle.reviewed import Reviewed
from arshjul.review.finding import Finding, Severity

_FEWEST_WORDS = 6  # of the goal's text: fewer give no reason


def higher_without_why(reviewed: Reviewed) -> Iterator[Finding]:
    """A goal rated above the proposal whose text is missing or too short to say why."""
    for result in reviewed.compiled.goals.values():
        proposal, decided = result.proposal, result.decided
        if decided is None or not rated_higher(decided, proposal.attainment):
            continue
        if len(result.synthesis.split()) >= _FEWEST_WORDS:
            continue
        rated, proposed = (ATTAINMENT_SWEDISH[one].lower() for one in (decided, proposal.attainment))
        yield Finding(
            "rated-higher-without-why",
            Severity.ERROR,
            result.goal.title,
            f"Målet bedöms som ”{rated}”, men underlaget talar för ”{proposed}”: {proposal.reason} "
            "I enhetens text står inte varför bedömningen är högre.",
            {
                "goal": result.goal.id,
                "decided": decided.value,
                "proposed": proposal.attainment.value,
                "origin": "enhetschefens bedömning; förslaget ur siffrorna och verksamheternas bedömningar",
            },
            mend="Skriv i enhetens text varför bedömningen är högre än förslaget, eller ändra bedömningen.",
        )
