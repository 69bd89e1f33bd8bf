"""What articles state, in typed values that can be compared."""
