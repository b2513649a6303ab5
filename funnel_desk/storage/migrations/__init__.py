"""Steps from one version of the file to the next, run by `migrate`. Additive only: nothing is renamed or dropped."""
