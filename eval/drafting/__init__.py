"""Cases proposed for a golden set, from what a help center has and what happened to it. None is
used by the gate before a person has accepted it."""
