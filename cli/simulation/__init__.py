"""A year on a virtual clock: people played by chance, everything else the product itself.

`fate` is what befalls the year by its seed, `installation` the example made fit for it, `answers` and
`workbook` what people write and where, `people` and `managers` what they do when a letter comes, `year` the
clock, `outcome` what there is to show. Called by `arshjul simulate`.
"""
