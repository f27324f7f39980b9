"""Answers every cell with how to install a JDK, on a machine that has none.

Jupyter starts this in the place of the kernel: no_jdk_kernel.py CONNECTION_FILE EXPLANATION
It needs Python 3.8 and pyzmq, which is there wherever Jupyter is.
"""

import hashlib
import hmac
import json
import os
import sys
import threading
import time
import uuid
from datetime import datetime, timezone

import zmq

DELIMITER = b"<IDS|MSG>"


class Channels:
    """The kernel's sockets and the format of what passes through them."""

    def __init__(self, connection):
        self.key = connection["key"].encode()
        self.digest = getattr(hashlib, connection["signature_scheme"].replace("hmac-", ""))
        self.session = uuid.uuid4().hex
        self.context = zmq.Context()
        address = "{transport}://{ip}".format(**connection)
        separator = "-" if connection["transport"] == "ipc" else ":"

        def bind(kind, channel):
            socket = self.context.socket(kind)
            socket.linger = 500
            if connection.get("curve_secretkey"):
                socket.curve_secretkey = connection["curve_secretkey"].encode()
                socket.curve_publickey = connection["curve_publickey"].encode()
                socket.curve_server = True
            socket.bind("%s%s%d" % (address, separator, connection[channel + "_port"]))
            return socket

        self.shell = bind(zmq.ROUTER, "shell")
        self.control = bind(zmq.ROUTER, "control")
        self.stdin = bind(zmq.ROUTER, "stdin")
        self.iopub = bind(zmq.PUB, "iopub")
        self.heartbeat = bind(zmq.ROUTER, "hb")

    def sign(self, parts):
        if not self.key:
            return b""
        signature = hmac.new(self.key, digestmod=self.digest)
        for part in parts:
            signature.update(part)
        return signature.hexdigest().encode()

    def receive(self, socket):
        """The route and the message, or None for one that is malformed or wrongly signed."""
        frames = socket.recv_multipart()
        try:
            at = frames.index(DELIMITER)
            signature, parts = frames[at + 1], frames[at + 2 : at + 6]
            if not hmac.compare_digest(signature, self.sign(parts)):
                return None
            header, _, _, content = (json.loads(part) for part in parts)
            return frames[:at], header, content
        except ValueError:
            return None

    def send(self, socket, route, kind, content, parent):
        header = {
            "msg_id": uuid.uuid4().hex,
            "session": self.session,
            "username": "kernel",
            "date": datetime.now(timezone.utc).isoformat(),
            "msg_type": kind,
            "version": "5.3",
        }
        parts = [json.dumps(part).encode() for part in (header, parent, {}, content)]
        socket.send_multipart(route + [DELIMITER, self.sign(parts)] + parts)


def answers(kind, content, explanation, count):
    """What to publish and what to reply: pairs of type and content."""
    if kind == "kernel_info_request":
        return [], {
            "status": "ok",
            "protocol_version": "5.3",
            "implementation": "notegrad",
            "implementation_version": "0",
            "language_info": {
                "name": "java",
                "version": "25",
                "mimetype": "text/x-java-source",
                "file_extension": ".jshell",
            },
            "banner": explanation,
            "help_links": [],
        }
    if kind == "execute_request":
        error = {
            "ename": "NoJdk",
            "evalue": explanation.splitlines()[0],
            "traceback": explanation.splitlines() + ["Then restart the kernel."],
        }
        published = [("error", error)]
        if not content.get("silent"):
            execute_input = {"code": content.get("code", ""), "execution_count": count}
            published.insert(0, ("execute_input", execute_input))
        return published, dict(error, status="error", execution_count=count)
    return {
        "complete_request": (
            [],
            {"status": "ok", "matches": [], "cursor_start": 0, "cursor_end": 0, "metadata": {}},
        ),
        "inspect_request": ([], {"status": "ok", "found": False, "data": {}, "metadata": {}}),
        "is_complete_request": ([], {"status": "unknown"}),
        "history_request": ([], {"status": "ok", "history": []}),
        "comm_info_request": ([], {"status": "ok", "comms": {}}),
        "interrupt_request": ([], {"status": "ok"}),
        "shutdown_request": ([], {"status": "ok", "restart": content.get("restart", False)}),
    }.get(kind)


def main(connection_file, explanation):
    with open(connection_file, encoding="utf-8") as file:
        channels = Channels(json.load(file))
    echo = threading.Thread(
        target=zmq.proxy, args=(channels.heartbeat, channels.heartbeat), daemon=True
    )
    echo.start()
    poller = zmq.Poller()
    for socket in (channels.control, channels.shell):
        poller.register(socket, zmq.POLLIN)
    count = 0
    while True:
        for socket, _ in poller.poll():
            message = channels.receive(socket)
            if message is None:
                continue
            route, parent, content = message
            kind = parent["msg_type"]
            count += kind == "execute_request"
            answer = answers(kind, content, explanation, count)
            if answer is None:
                continue
            published, reply = answer
            status = [("status", {"execution_state": state}) for state in ("busy", "idle")]
            for name, body in [status[0], *published]:
                channels.send(channels.iopub, [b"kernel." + name.encode()], name, body, parent)
            name = kind.replace("_request", "_reply")
            channels.send(socket, route, name, reply, parent)
            channels.send(channels.iopub, [b"kernel.status"], *status[1], parent)
            if kind == "shutdown_request":
                for open_socket in (channels.control, channels.shell, channels.iopub):
                    open_socket.close(linger=500)
                time.sleep(0.1)
                os._exit(0)  # the heartbeat's thread never ends by itself


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
