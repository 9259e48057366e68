"""Metrics, reports and contact sheets on held-out data."""
