"""What the portal asks for and no step of a cycle does: ways in, and pages that only read."""
