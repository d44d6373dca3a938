"""A static, bilingual publicity site for a city subdistrict."""

__version__ = "0.1.0"
