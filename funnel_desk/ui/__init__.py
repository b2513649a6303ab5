"""What is on screen: the window, its bridge to the desk, jobs, commands and theme."""
