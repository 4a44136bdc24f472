"""The checks of a compiled cycle, each a function from `Reviewed` to findings. Pure."""
