"""What is kept for good and what is not: packages and their checks, restoring, weeding and purging."""
