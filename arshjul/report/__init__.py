"""A report as blocks, and the building of it from a compiled cycle. Knows nothing of formats."""
