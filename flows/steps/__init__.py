"""The subflows that every cycle shares: one per step, named as people speak of them."""
