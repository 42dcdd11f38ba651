"""Following an enquiry without an account: through the door with a code, then one page and what can be done there."""
