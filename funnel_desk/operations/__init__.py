"""What can be done: one function per thing a person can do."""
