"""Parts that several designs share."""
