"""What screens show."""
