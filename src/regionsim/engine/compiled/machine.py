"""Machine code from LLVM text, kept on disk, and called. The one place that needs the optional extra `fast`."""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

EXTRA = "pip install 'regionsim[fast]'"
CACHE = "REGIONSIM_CACHE"
# So many programs are kept, those used last.
KEPT = 40
# Counted up where the same text must become other code.
EDITION = "2"
# Of `drive` and `run` (see driver.py): memory, six arrays about moments, and a moment; or the records and how many, the
# steps to keep, the results and their width, the first step, the last one, whether it ends there, the step's length.
_ARRAY, _COUNT = ctypes.c_void_p, ctypes.c_int64
DRIVE = (*[_ARRAY] * 7, _COUNT)
RUN = (*[_ARRAY] * 8, _COUNT, _ARRAY, _ARRAY, *[_COUNT] * 4, ctypes.c_double)


class Code:
    """The machine code of a program. Its functions must not be called when it is gone."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine

    def function(self, name: str, *kinds: Any) -> Callable[..., int]:
        """A function of it with arguments of these kinds, which is called without Python's lock."""
        return ctypes.CFUNCTYPE(ctypes.c_int64, *kinds)(self.engine.get_function_address(name))


def is_installed() -> bool:
    """Whether the extra `fast` is there."""
    return find_spec("llvmlite") is not None


def code_of(text: str) -> Code:
    """The machine code of a program: made once for this processor, then read from the cache's directory.

    Raises ImportError where the extra is missing.
    """
    return _code(text)


def is_made(text: str) -> bool:
    """Whether the machine code of a program is on disk. Raises ImportError where the extra is missing."""
    return _file(text, *_processor()).is_file()


@cache
def _code(text: str) -> Code:
    binding = _binding()
    processor, features = _processor()
    file = _file(text, processor, features)
    target = binding.Target.from_default_triple()
    machine = target.create_target_machine(cpu=processor, features=features, opt=3, jit=True)
    engine = binding.create_mcjit_compiler(binding.parse_assembly(""), machine)
    made = _read(file) or _made_alone(file, text, machine)
    engine.add_object_file(binding.object_file.ObjectFileRef.from_data(made))
    engine.finalize_object()
    return Code(engine)


@cache
def _processor() -> tuple[str, str]:
    binding = _binding()
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    return binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()


def _file(text: str, processor: str, features: str) -> Path:
    binding = _binding()
    about = (EDITION, ".".join(map(str, binding.llvm_version_info)), processor, features, text)
    return directory() / f"{hashlib.sha256(chr(10).join(about).encode()).hexdigest()[:32]}.o"


def _binding() -> Any:
    try:
        from llvmlite import binding
    except ImportError:
        raise ImportError(f"the compiled engine is not installed; {EXTRA}") from None
    return binding


def directory() -> Path:
    """Where machine code is kept: REGIONSIM_CACHE, or the user's directory for what can be made again."""
    named = os.environ.get(CACHE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "regionsim"


def _read(file: Path) -> bytes:
    try:
        code = file.read_bytes()
    except OSError:
        return b""
    with suppress(OSError):
        file.touch()  # what is in use is kept
    return code


def _made_alone(file: Path, text: str, machine: Any) -> bytes:
    """The code of a program, made by one process while others that want it wait; then they read it, as this one may."""
    with _locked(file.with_suffix(".lock")):
        if made := _read(file):
            return made
        made = _compiled(text, machine)
        # Where nothing can be written, it is made anew by each process.
        with suppress(OSError):
            _keep(file, made)
        return made


@contextmanager
def _locked(lock: Path) -> Iterator[None]:
    """Keep others out of the block, where the system can lock files."""
    held = None
    with suppress(ImportError, OSError):
        import fcntl

        lock.parent.mkdir(parents=True, exist_ok=True)
        held = os.open(lock, os.O_CREAT | os.O_RDWR)
        fcntl.flock(held, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if held is not None:
            lock.unlink(missing_ok=True)
            os.close(held)


def _compiled(text: str, machine: Any) -> bytes:
    binding = _binding()
    module = binding.parse_assembly(text)
    module.verify()
    options = binding.create_pipeline_tuning_options(speed_level=3)
    options.loop_vectorization = options.slp_vectorization = options.loop_unrolling = False
    builder = binding.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    return bytes(machine.emit_object(module))


def _keep(file: Path, code: bytes) -> None:
    # Others may look for it at the same moment: it appears whole or not at all.
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as written:
        written.write(code)
    Path(written.name).replace(file)
    made = sorted(file.parent.glob("*.o"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in made[KEPT:]:
        old.unlink(missing_ok=True)
