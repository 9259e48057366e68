"""Small trainings that differ in one thing each, and what they show."""
