"""Writing and sending an enquiry, one question a page."""
