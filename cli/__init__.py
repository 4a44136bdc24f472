"""The `arshjul` command: the only place that knows everything. Prefect is imported only where flows run."""
