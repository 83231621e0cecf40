"""Settings of the institution. Everything a site changes comes from the environment; docs/operator.md lists it."""

import contextlib
import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from quacan.centre.base.database import database_settings, use_fixed_sqlite

use_fixed_sqlite()

CENTRE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("QUACAN_DATA", "var")).absolute()


def _secret() -> str:
    """This will read the signing secret of this installation, made on first use, readable by its owner only."""
    if given := os.environ.get("QUACAN_SECRET"):
        return given
    file = DATA / "keys" / "secret"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = file.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)  # the first of several starting processes wins, none reads half a file
        draft.unlink()
    return file.read_text().strip()


SECRET_KEY = _secret()
DEBUG = os.environ.get("QUACAN_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("QUACAN_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
BASE_URL = os.environ.get("QUACAN_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton",
    "axes",
    "quacan.centre.base",
    "quacan.centre.organisation",
    "quacan.centre.ledger",
    "quacan.centre.people",
    "quacan.centre.followups",
    "quacan.centre.parties",
    "quacan.centre.instruments",
    "quacan.centre.facilities",
    "quacan.centre.standards",
    "quacan.centre.examinations",
    "quacan.centre.contracts",
    "quacan.centre.activities",
    "quacan.centre.visitors",
    "quacan.centre.laboratory",
    "quacan.centre.verification",
    "quacan.centre.certificates",
    "quacan.centre.quality",
    "quacan.centre.planning",
    "quacan.centre.reporting",
    "quacan.centre.desk",
    "quacan.centre.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "quacan.centre.base.language.choice.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "quacan.centre.base.doors.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "quacan.centre.config.urls"
WSGI_APPLICATION = "quacan.centre.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "quacan.centre.desk.views.frame.frame",
            ],
        },
    }
]
COTTON_DIR = "cotton"

DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL", ""), data=DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "quacan.centre.people.rules.LongEnough", "OPTIONS": {"least": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "quacan.centre.people.views.locked_out"
AXES_VERBOSE = False
AXES_IPWARE_META_PRECEDENCE_ORDER = ["REMOTE_ADDR"]

LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "today"
CSRF_FAILURE_VIEW = "quacan.centre.base.views.csrf_refused"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "quacan_language"
LOCALE_PATHS = [CENTRE / "locale"]
FORMAT_MODULE_PATH = ["quacan.centre.base.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_USE_FINDERS = DEBUG
DOCUMENTS = DATA / "documents"
CHARTS = DATA / "charts"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
