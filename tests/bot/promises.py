"""What other programs were promised: the keys of an answer."""

KEYS = (
    "outcome answer danger live_concern personal_data question intent confidence citations "
    "alternatives related notices evidence follow_up_of also text"
).split()
CITATION_KEYS = (
    "id text kind addressed_to concerns ages source title publisher year period locator via status "
    "checked"
).split()
EVIDENCE_KEYS = "phrase words repaired runner_up tier".split()
