"""What is true: the rules of selling in plain Python."""
