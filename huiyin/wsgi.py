"""The WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.settings")
application = get_wsgi_application()

# What is loaded now stays for good. The collector need not look through it while somebody waits for a page: that made
# every twentieth page take twice as long.
get_resolver().url_patterns  # noqa: B018  loads the pages
gc.collect()
gc.freeze()
