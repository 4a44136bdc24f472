"""WHEN: the year as Prefect flows."""
