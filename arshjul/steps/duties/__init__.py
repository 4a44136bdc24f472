"""The recurring duties of the wheel and the actions that were promised, with people's words on both."""
