"""Free times and appointments at a booking server."""
