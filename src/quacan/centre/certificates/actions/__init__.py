"""What the head, the clerk and the verifier do with certificates and stamps."""

from quacan.centre.certificates.actions.issuing import issue_outcome, revoke_outcome
from quacan.centre.certificates.actions.stamping import damage_stamp, hand_out_stamps, receive_stamps

__all__ = ["damage_stamp", "hand_out_stamps", "issue_outcome", "receive_stamps", "revoke_outcome"]
