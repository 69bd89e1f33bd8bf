"""Which claims of a help center contradict each other, worked out anew only where it changed."""
