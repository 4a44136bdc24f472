"""The review of a finished plan or report: what a careful controller would write in its margin.

The document's texts, rows and names are made into a model once; every check of `arshjul.review.document`
reads it. Called by `arshjul review FILE`. Pure.
"""

from dataclasses import replace

from arshjul.config.review_settings import ReviewSettings, default_review_settings
from arshjul.plan import Plan
from arshjul.review.document import CHECKS, Model
from arshjul.review.finding import Finding, Severity
from arshjul.review.source_lines import SourceLines

_LAST = 10**9


def review_document(
    plan: Plan, settings: ReviewSettings | None = None, source: SourceLines | None = None
) -> list[Finding]:
    """The findings of a document, errors first, then in the order of its lines.

    `settings` are the installation's (`review.yaml`), else the checkout's own; without `source` the findings
    have no lines.
    """
    settings = settings or default_review_settings()
    model = Model.of(plan, settings, source or SourceLines())
    found = [
        replace(finding, severity=settings.severities.get(finding.code, finding.severity))
        for check in CHECKS
        for finding in check(model)
        if finding.code not in settings.switched_off
    ]
    order = list(Severity)
    return sorted(found, key=lambda finding: (order.index(finding.severity), finding.line or _LAST))
