"""Whether a process elsewhere would yield what this one does: the same model, data and packages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from regionsim.problems import Problem

Description = Mapping[str, str]

PACKAGES = ("numpy", "scipy")
MOST_SHOWN = 3


def description(packages: Iterable[str]) -> Description:
    """Versions and the hash of data and model of this process; of a package that is missing the empty text."""
    return describing(packages)()


def describing(packages: Iterable[str]) -> Callable[[], Description]:
    """What makes the description where it is called, sent whole: it asks for nothing that an older release has not."""
    names = tuple(packages)

    def described() -> dict[str, str]:
        import platform
        from importlib.metadata import PackageNotFoundError, version

        found = {"python": platform.python_version()}
        for name in names:
            try:
                found[name] = version(name)
            except PackageNotFoundError:
                found[name] = ""
        try:
            from regionsim import __version__
            from regionsim.studies.fingerprint import data_hash
        except ImportError:
            return found | {"regionsim": "", "data": ""}
        return found | {"regionsim": __version__, "data": data_hash()}

    return described


def difference(here: Description, there: Description | Exception) -> tuple[str, str]:
    """What is there and what is here, where they differ; two empty texts where they do not."""
    if isinstance(there, Exception):  # what came of asking
        return f"{type(there).__name__}: {' '.join(str(there).split())}", _said(here, here)
    unlike = [name for name in here if there.get(name, "") != here[name]]
    return _said(there, unlike), _said(here, unlike)


def refusals(unlike: Mapping[str, tuple[str, str]]) -> list[Problem]:
    """A problem for each worker that differs, by its address; of many the first ones and how many more there are."""
    shown = sorted(unlike)[:MOST_SHOWN]
    problems = [Problem(address, 0, "the worker is not as this machine", *unlike[address]) for address in shown]
    left = len(unlike) - len(shown)
    return [*problems, Problem("--scheduler", 0, f"and {left} workers more")] if left else problems


def _said(description: Description, names: Iterable[str]) -> str:
    return ", ".join(_part(name, description.get(name, "")) for name in names)


def _part(name: str, value: str) -> str:
    if not value:
        return f"no {name}"
    return f"data and model {value[:12]}" if name == "data" else f"{name} {value}"
