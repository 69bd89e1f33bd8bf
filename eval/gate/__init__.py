"""What may refuse a release."""
