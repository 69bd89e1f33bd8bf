"""Plug-ins that hand over documents: one file each, ending in an object named `plugin`."""
