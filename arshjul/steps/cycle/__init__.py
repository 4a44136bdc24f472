"""A cycle from its opening to the chasing of the late ones: what is settled for it, where it stands, a
morning's work on it and rounds over many.
"""
