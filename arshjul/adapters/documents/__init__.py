"""Plans and reports by others' hands, from PDF, Word, HTML and text: their lines, with page and position."""
