"""What lint finds in a procedure that compiles, one idea a module."""
