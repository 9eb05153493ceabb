"""County-level system-dynamics scenarios of the Hunan-Jiangxi border cooperation zone."""

from importlib.metadata import version

__version__ = version("regionsim")
