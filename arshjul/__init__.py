"""The domain of Årshjul: what a year, a plan, a form and a report are.

True without Prefect and importable without it; `adapters/` is the outer edge, everything else is pure.
"""
