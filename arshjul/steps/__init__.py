"""What each step of a cycle does, with store, files and letters.

`cycle` opens and chases, `answers` takes in, `figures` gathers what a report rests on, `report` compiles and
is decided on, `meetings` follow it to the workplaces, `duties` are the year's others, `letters` tells of it
all, `archive` keeps it, `portal` shows it. A step is safe to run again: what it did stands in the ledger in
the same transaction as its effects. When it is due is `arshjul.cycle`; Prefect's view of it is in `tasks/`
and `flows/`.
"""
