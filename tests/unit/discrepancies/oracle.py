"""The classification said a second time, as plain sentences over plain dictionaries, sharing no code with the product.

A voice is {"account", "value", "held" (absent when it never agreed), "accepted", "changed_at"}. Returns (outcome, decider): the
decider is the account whose value should hold, "base", or None.
"""


def decide(policy, voices, has_base, base):
    """What the seven sentences say."""
    if len(voices) < 2:
        return "alone", None
    moved = [v for v in voices if "held" in v and v["value"] != v["held"]]
    apart = [v for v in voices if v.get("accepted") and "held" in v and v["value"] == v["held"]]
    rest = [v for v in voices if v not in apart]
    if len({v["value"] for v in rest}) < 2:
        return "consistent", None

    by_account = {v["account"]: v for v in voices}
    if policy["owner"] == "newest":
        times = sorted({v["changed_at"] for v in moved if v.get("changed_at") is not None})
        last = [v for v in moved if times and v.get("changed_at") == times[-1]]
        owner = last[0] if has_base and len(last) == 1 else None
    elif policy["owner"] == "any":
        owner = moved[0] if has_base and len(moved) == 1 else None
    else:
        owner = next((by_account[a] for a in policy["owner"] if a in by_account), None)

    if not has_base:
        speaking = [v for v in rest if v["value"] is not None]
        if len({v["value"] for v in speaking}) == 1:
            return "soft_drift", whose_spelling(policy, owner, speaking)
        if owner is not None and owner["value"] is not None:
            return "soft_drift", owner["account"]
        return "hard_conflict", None

    clearers = [v for v in moved if v["value"] is None]
    if clearers:
        if policy["on_foreign_edit"] == "revert" and owner not in clearers:
            return "soft_drift", owner["account"] if owner and owner["value"] is not None else "base"
        if not policy["allow_clear"]:
            return "hard_conflict", None

    fresh = []
    for v in rest:
        is_mover = v in moved
        is_newcomer_with_value = "held" not in v and v["value"] is not None
        if v["value"] != base and (is_mover or is_newcomer_with_value):
            fresh.append(v)
    movers_in_question = [v for v in rest if v in moved]
    if not movers_in_question or not fresh:
        if owner is not None and "held" not in owner and owner["value"] is not None:
            return "soft_drift", owner["account"]
        return "soft_drift", "base"

    if len({v["value"] for v in fresh}) == 1:
        if policy["owner"] in ("newest", "any") or owner in fresh:
            return "soft_drift", whose_spelling(policy, owner, fresh)
        answers = {"conflict": ("hard_conflict", None), "revert": ("soft_drift", "base")}
        return answers.get(policy["on_foreign_edit"], ("soft_drift", whose_spelling(policy, owner, fresh)))

    if policy["on_both_changed"] == "owner_wins" and owner is not None:
        if owner["value"] is not None or policy["allow_clear"]:
            return "soft_drift", owner["account"]
    if policy["on_both_changed"] == "newest":
        dated = [v for v in fresh if v.get("changed_at") is not None]
        top = max((v["changed_at"] for v in dated), default=None)
        winners = [v for v in dated if v["changed_at"] == top]
        if len(winners) == 1:
            return "soft_drift", winners[0]["account"]
    return "hard_conflict", None


def whose_spelling(policy, owner, same):
    """Several say the same: it is written as the owner does, else as the first of the owners' list, else as the first does."""
    accounts = [v["account"] for v in same]
    if owner is not None and owner["account"] in accounts:
        return owner["account"]
    listed = [] if policy["owner"] in ("newest", "any") else policy["owner"]
    return next((a for a in listed if a in accounts), accounts[0])
