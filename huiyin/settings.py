"""One settings file, from the environment only. Bad values are refused with a sentence."""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlparse

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def _home() -> Path:
    """HUIYIN_HOME, else ./var in a checkout, else the user's data folder."""
    named = os.environ.get("HUIYIN_HOME")
    if named:
        return Path(named).expanduser().resolve()
    if (BASE_DIR / "pyproject.toml").exists():
        return BASE_DIR / "var"
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "huiyin"


def _flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value not in ("", "0", "1", "true", "false", "yes", "no"):
        raise ImproperlyConfigured(f"{name} 只能是 1 或 0，现在是“{value}”。")
    return value in ("1", "true", "yes") if value else default


def _secret_key(home: Path) -> str:
    """Kept in the home, made on first use, readable by the owner only."""
    path = home / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


def _database(url: str, home: Path) -> dict[str, object]:
    """DATABASE_URL names a PostgreSQL; without it the embedded SQLite in the home."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "huiyin.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
            },
        }
    parts = urlparse(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL 只支持 postgresql:// 地址。")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        # To compile a statement costs hundreds of times what these take to run.
        "OPTIONS": {"options": "-c jit=off"} | query,
        "CONN_MAX_AGE": 60,
    }


HOME = _home()
HOME.mkdir(parents=True, exist_ok=True)
FILES_DIR = HOME / "files"
DEMO_MARK = HOME / "demo.json"  # written by `huiyin demo` alone; makes playing a role possible
PACKS_DIR = BASE_DIR / "packs" if (BASE_DIR / "packs").exists() else Path(__file__).parent / "packs"

SECRET_KEY = os.environ.get("HUIYIN_SECRET_KEY") or _secret_key(HOME)
DEBUG = _flag("HUIYIN_DEBUG", False)
ALLOWED_HOSTS = os.environ.get("HUIYIN_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("HUIYIN_ORIGINS", "").split(",") if origin]
TESTING = "pytest" in sys.modules

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "axes",
    "csp",
    "huiyin.journal",
    "huiyin.people",
    "huiyin.rulepacks",
    "huiyin.clock",
    "huiyin.files",
    "huiyin.components",
    "huiyin.proposals",
    "huiyin.handling",
    "huiyin.contacts",
    "huiyin.promises",
    "huiyin.replies",
    "huiyin.evaluations",
    "huiyin.supervision",
    "huiyin.topics",
    "huiyin.ledgers",
    "huiyin.setup",
    "huiyin.reporting",
    "huiyin.scores",
    "huiyin.desks",
    "huiyin.notices",
    "huiyin.wiring.Wiring",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "huiyin.components.middleware.permissions_middleware",
    "huiyin.components.middleware.typeable_middleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "huiyin.components.middleware.looking_middleware",
    "huiyin.people.middleware.actor_middleware",
    "huiyin.people.middleware.LogInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "huiyin.components.middleware.button_middleware",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

ROOT_URLCONF = "huiyin.urls"
WSGI_APPLICATION = "huiyin.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "huiyin.components.context.page",
            ],
        },
    }
]

DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "huiyin.components.errors.locked_out"
CSRF_FAILURE_VIEW = "huiyin.components.errors.stale"
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "desks:desk"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _flag("HUIYIN_HTTPS", False)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"one_time_links": {"()": "huiyin.components.logs.HideLinks"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["one_time_links"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},
}
