"""Letters: what is to be told is put down, gathered for each receiver, written, sent once and logged."""
