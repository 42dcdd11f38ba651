"""The questions of an enquiry, a form class each. ``journey_steps`` puts them in order."""
