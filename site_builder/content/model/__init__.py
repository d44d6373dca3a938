"""The types of everything that editors write, one module a kind of file."""
