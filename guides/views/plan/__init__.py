"""The pages of a group's plan: through the door with a code, then one page and what can be done there."""
