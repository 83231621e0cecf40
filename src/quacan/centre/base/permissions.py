"""Permissions in words: what each lets a person do, and which roles carry it."""

from django.utils.translation import gettext as _

from quacan.centre.base.departments import departments


def word_of(permission: str) -> str:
    """This will say in words what a permission lets a person do; a text that is no permission stays as it is."""
    for department in departments():
        if permission in department.permissions:
            return str(department.permissions[permission])
    return str(permission)


def holders_of(permission: str) -> str:
    """This will name the roles that carry a permission, in words."""
    for department in departments():
        if department.holders is not None:
            return department.holders(permission) or _("chưa vai trò nào; nhờ người quản trị phân vai trò")
    return _("người quản trị")
