"""Funnel Desk: an offline desktop workbench for selling, one pipeline at a time."""

__version__ = "0.1.0"
