"""What residents read: every page as a value."""
