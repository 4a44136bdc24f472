"""The workplace meetings (APT) on an approved report: their days, what was said, a sheet for each."""
