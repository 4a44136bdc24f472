"""Review (granskning): what a careful controller would write in the margin. Findings stand beside."""
