"""The front door of the science: curated names, all documented, loaded when used, cheap to open."""

import importlib
import inspect
import pkgutil
import subprocess
import sys

import pytest

import quacan.metrology as metrology

NAMES = sorted(metrology.__all__)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_public_in_its_room_and_documented_with_an_example(name: str) -> None:
    found = getattr(metrology, name)
    room = importlib.import_module(f"quacan.metrology.{metrology._ROOM_OF[name]}")
    assert getattr(room, name) is found
    assert name in getattr(room, "__all__", vars(room))
    assert isinstance(found, str) or ">>>" in str(inspect.getdoc(found))


def test_the_names_are_listed_once_and_the_stubs_agree() -> None:
    assert len(NAMES) == len(set(NAMES))
    assert set(metrology._ROOM_OF) == set(NAMES)
    assert set(NAMES) <= set(dir(metrology))
    source = inspect.getsource(metrology).split("if TYPE_CHECKING:")[1].split("_NAMES_OF")[0]
    declared = source.replace("(", " ").replace(")", " ").replace(",", " ").split()
    assert not [name for name in NAMES if name not in declared]


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        metrology.no_such_name  # noqa: B018


def test_no_name_is_that_of_a_room() -> None:
    rooms = {module.name for module in pkgutil.iter_modules(metrology.__path__)}
    assert rooms.isdisjoint(NAMES)


def test_opening_the_front_door_loads_nothing() -> None:
    program = (
        "import sys; import quacan.metrology as m; before = 'numpy' in sys.modules;"
        "m.InputQuantity(1.0, 0.1); print(before, 'numpy' in sys.modules, 'scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "False"]
