"""One URL per thing: the addresses of every installed department, in the order of the settings."""

from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{config.name}.urls"))
    for config in apps.get_app_configs()
    if config.name.startswith("quacan.") and find_spec(f"{config.name}.urls")
]
