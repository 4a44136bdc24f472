"""How often Python looks for rubbish in a process that goes on for long: seldom, and never among what stays.

To look through an installation that has been read in takes half a second, during which nobody gets an answer.
Called by the portal and by a simulated year, when they have read in what they need.
"""

import gc


def look_seldom(made_between: int) -> None:
    """Leave what is there alone from now on; look among the rest when `made_between` objects have been added.

    Rubbish whose parts do not refer to each other in a ring goes at once, as ever.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(made_between, 20, 50)
