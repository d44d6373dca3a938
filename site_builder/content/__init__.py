"""What editors write, read and checked into one frozen `Site`."""
