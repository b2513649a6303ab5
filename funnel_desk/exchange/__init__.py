"""Files in and out: CSV, workbooks, shares, calendars, printable pages."""
