"""The views of the window, one file each, found by folder."""
