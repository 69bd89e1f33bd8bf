"""What is wrong with a golden set, before it judges anything."""
