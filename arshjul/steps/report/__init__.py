"""The compiled report: drafted, judged, decided on, sent out, entered into the city's own system."""
