"""What each step of a cycle does, with store, files and letters: opening, collecting, chasing, compiling,
deciding, distributing, archiving, posting.

A step is safe to run again: what it did stands in the ledger in the same transaction as its effects. When
it is due is `arshjul.cycle`; Prefect's view of it is in `tasks/` and `flows/`.
"""
