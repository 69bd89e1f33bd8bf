"""The rules of the gate: each a pure function of one trial, one idea a file."""
