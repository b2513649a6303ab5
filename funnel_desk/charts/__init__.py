"""One file per chart: measure the data, then draw it."""
