"""Exports from other systems: what they are declared to hold, how a file is read against that, what it gives.

`declared` is what `config/sources.yaml` says, `table` a file as rows of cells, `recognition` which source a
file is, `rows` its lines checked one by one, `totals` what must add up, `gathering` what the lines give by
sub-unit and month, `changes` what a load would change, `given` the values of a cycle's period. Opening files
is in `arshjul.adapters.export_files`, keeping loads in `arshjul.steps.figures.sources`. Pure.
"""
