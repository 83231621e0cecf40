"""Published worked examples run through the library; `python -m validation` writes docs/validation.md."""
