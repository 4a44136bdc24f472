"""The report's blocks as HTML, PDF (Typst) and DOCX: the same words, numbers and order."""
