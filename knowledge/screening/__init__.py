"""What must be seen before matching: danger, a live concern, distress, personal data."""
