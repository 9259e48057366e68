"""What the service makes of photographs: its own program run on a folder, its report, and measures of the results."""
