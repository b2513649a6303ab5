"""Item models: what tables and boards show, page by page."""
