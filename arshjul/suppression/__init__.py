"""Small numbers: which figures may leave the unit, so that no small group's value can be reckoned back."""
