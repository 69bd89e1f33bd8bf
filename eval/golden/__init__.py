"""Golden sets: what is asked, and what a right turn looks like."""
