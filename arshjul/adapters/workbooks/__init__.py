"""The form as a workbook: written, filled in beforehand, and read back under limits."""
