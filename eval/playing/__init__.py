"""Cases played: as a question, as a conversation, and on backends."""
