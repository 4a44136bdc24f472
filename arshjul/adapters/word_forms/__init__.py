"""The form as a Word document: written with fixed cells, read back by marker and position."""
