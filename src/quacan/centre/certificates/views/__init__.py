"""Doors of certificates: the register, one certificate and its papers, the signing table, the stamps."""

from quacan.centre.certificates.views.register import certificate, certificates, paper, revoke
from quacan.centre.certificates.views.signing import open_session, sign_one, signing
from quacan.centre.certificates.views.stamps import damage, hand_out, receive, stamps

__all__ = [
    "certificate",
    "certificates",
    "damage",
    "hand_out",
    "open_session",
    "paper",
    "receive",
    "revoke",
    "sign_one",
    "signing",
    "stamps",
]
