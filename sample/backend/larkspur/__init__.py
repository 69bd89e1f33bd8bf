"""The invented shop and plan backend of Larkspur Home, for trying out what an agent may do."""
