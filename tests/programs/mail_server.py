"""The mail server of the tests: `python -m aiosmtpd --class mail_server.Handler FOLDER`.

It keeps each mail that it takes as `1.json`, `2.json` and so on in FOLDER, and counts every attempt in `attempts`. While
there is a file `reply` in it, mails are answered with its text instead.
"""

import json
from email import message_from_bytes, policy
from pathlib import Path


class Handler:
    """Decides on each mail."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.attempts = 0
        self.taken = 0

    @classmethod
    def from_cli(cls, parser, *args):
        """Called by aiosmtpd with what follows the name of the class."""
        return cls(*args)

    @staticmethod
    def calendar(message):
        """The invitation among the alternatives, with the method that its part is labelled with."""
        for part in message.walk():
            if part.get_content_type() == "text/calendar":
                return {"method": part["content-type"].params["method"], "text": part.get_content()}
        return None

    async def handle_DATA(self, server, session, envelope):
        """Answers the end of a mail."""
        self.attempts += 1
        (self.folder / "attempts").write_text(str(self.attempts))
        reply = self.folder / "reply"
        if reply.exists():
            return reply.read_text()
        message = message_from_bytes(envelope.content, policy=policy.default)
        mail = {
            "to": envelope.rcpt_tos[0],
            "subject": message["subject"],
            "message_id": message["message-id"],
            "text": message.get_body(("plain",)).get_content(),
            "sender": message["from"],
            "reply_to": message["reply-to"],
            "calendar": self.calendar(message),
            "files": [part.get_filename() for part in message.iter_attachments()],
        }
        self.taken += 1
        # In place at once, so that nobody reads half of it.
        unfinished = self.folder / "unfinished"
        unfinished.write_text(json.dumps(mail))
        unfinished.rename(self.folder / f"{self.taken}.json")
        return "250 2.0.0 taken"
