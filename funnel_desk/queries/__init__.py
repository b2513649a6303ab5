"""What can be seen: one read per file, answered in frozen rows."""
