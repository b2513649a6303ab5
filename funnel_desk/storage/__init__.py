"""Where it is kept: tables, the workspace file and the journal that alone writes it."""
