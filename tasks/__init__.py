"""HOW the year's work is done: units of work that Prefect can retry, time out, limit and show."""
