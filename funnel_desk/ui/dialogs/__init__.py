"""Dialogs, for the few things that have to be asked."""
