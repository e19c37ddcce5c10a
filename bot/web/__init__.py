"""The chat page, the frame that host pages show, and the widget that puts it there."""
