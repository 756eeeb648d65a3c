"""YAML → Handbook, or every Problem with its file and line. See `handbook.load`."""

from knowledge.loading.handbook import examine, load

__all__ = ["examine", "load"]
