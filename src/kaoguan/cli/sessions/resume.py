"""`kaoguan sessions resume`: on with an interview where it was left."""

from kaoguan.cli.history import opened
from kaoguan.cli.interview_talk import go_on
from kaoguan.cli.options import AsJson, SessionArgument
from kaoguan.errors import SessionError


def command(session_id: SessionArgument = None, as_json: AsJson = False) -> None:
    """Go on with an interview at the very question where it was left (the latest unfinished one)."""
    with opened() as store:
        session = store.session(session_id) if session_id else store.latest(unfinished=True)
        if not session.mine:
            raise SessionError(f"session {session.id}", "it is somebody else's", "start your own: kaoguan interview")
        go_on(store, session.id, as_json=as_json)
