"""What runs at a screen."""
