"""The public pages of the guides: each reads what is asked for, takes one thing from the shelf and shows it."""
