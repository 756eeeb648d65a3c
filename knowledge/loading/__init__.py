"""YAML → Handbook, or every Problem with its file and line. See `handbook.load`."""

from knowledge.loading.handbook import load

__all__ = ["load"]
