"""The command `site-builder`."""
