"""From a figure or a table back to the run that it shows, and whether that run still gives the same."""
