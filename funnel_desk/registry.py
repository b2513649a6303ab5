"""Found by folder: a chart, a view or a command is known because its file lies in the right folder."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def module_names(package: ModuleType) -> list[str]:
    """The names of a package's modules in alphabetical order, without importing them; private ones are left out."""
    return sorted(found.name for found in pkgutil.iter_modules(package.__path__) if not found.name.startswith("_"))


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """The package's modules, imported one by one."""
    for name in module_names(package):
        yield importlib.import_module(f"{package.__name__}.{name}")


def discover(package: ModuleType, constant: str) -> dict[str, object]:
    """Module name to the value of `constant`, for each module of the package that has it."""
    return {
        module.__name__.rpartition(".")[2]: getattr(module, constant)
        for module in modules(package)
        if hasattr(module, constant)
    }


def discover_kind(package: ModuleType, constant: str, kind: type[T]) -> dict[str, T]:
    """`discover` for values of one type; raises TypeError on a module whose constant is something else."""
    found: dict[str, T] = {}
    for name, value in discover(package, constant).items():
        if not isinstance(value, kind):
            raise TypeError(f"{package.__name__}.{name}.{constant} is not a {kind.__name__}")
        found[name] = value
    return found
