"""Files from elsewhere: fetched, checked, shared."""
