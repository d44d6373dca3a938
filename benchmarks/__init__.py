"""What this pipeline costs beside others that do the same work."""
