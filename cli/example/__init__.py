"""A city that does not exist, to try the program on: a whole installation by a seed, and answers to it.

`words` is what it is made of (city.yaml), `sentences` what people write, `city` the tree of
administrations, departments and units with their people, `plans` the goals, `earlier` the values of years
before, `writing` the files, `answers` the workbooks that come back. Called by `arshjul load-example`; bench
uses `sentences`.
"""
