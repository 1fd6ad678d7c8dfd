"""The made city, built once for all that look at it."""

from tests.demo_home import demo_city, demo_copy, demo_home

__all__ = ["demo_city", "demo_copy", "demo_home"]
