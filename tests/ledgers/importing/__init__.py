"""Ledgers taken in by real steps."""
