"""What stories are made of: a pulse, a deed in the simulated world, and what is open afterwards."""

from sg_pipelines.runtime.main_job import main_job


def pulse(session):
    """What changed. The first time: everything, and people at work."""
    main_job(session, full=False, progress=lambda text: None)


def rewrite(path, instead):
    """Change what a client file says, where it says it."""
    text = path.read_text(encoding="utf-8")
    for was, now in instead.items():
        assert was in text
        text = text.replace(was, now)
    path.write_text(text, encoding="utf-8")


def edit(session, entity, account, **attributes):
    """Somebody changes an entity's record at an account."""
    asked = {"account": account, "kind": entity["kind"], "record_id": live(entity)[account]["record_id"]}
    session.control.post("records/edit", {**asked, "attributes": attributes})


def live(entity):
    """Account → representation."""
    return {account: one for account, one in entity["representations"].items() if one["state"] == "live"}


def opened(session, collection, entity):
    """Open documents about an entity, by its id."""
    return list(session.workspace.store.find(collection, {"entity": entity, "open": True}))
