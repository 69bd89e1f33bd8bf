"""What plug-ins for actions are made of: what a definition says, and HTTP."""
