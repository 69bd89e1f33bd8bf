"""How cases reach people: queued with the turn, delivered until they are there."""
