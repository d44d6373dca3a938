"""What a photo becomes: names and sizes first, pixels later."""
