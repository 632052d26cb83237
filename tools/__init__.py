"""The workshop: what run.py and the maintainers use. Not part of the package."""
