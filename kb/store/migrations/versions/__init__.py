"""In order: r0001 first."""
