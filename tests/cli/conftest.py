"""The bench of verification serves the pages over all departments too."""

from quacan.centre.verification.tests.conftest import bench

__all__ = ["bench"]
