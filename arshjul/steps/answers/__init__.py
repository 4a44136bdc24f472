"""Answers on their way in: saved in the portal, collected from the inbox, handed in, every version kept."""
