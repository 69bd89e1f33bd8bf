"""What differs between two runs of the evaluation, and between two releases."""
