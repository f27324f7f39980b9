"""Times Jupyter kernels side by side: timing.py KERNEL=LANGUAGE..., such as notegrad=java python3=python

Prints JSON: for each kernel and each thing timed, every sample in milliseconds (the hot loop:
nanoseconds a step). Kernels take turns, so that a busy moment of the machine meets all alike; short
things are timed some at a time, since one kernel's JIT compiler would be at work in the next one's turn.
Progress goes to standard error.
"""

import json
import subprocess
import sys
import time

import zmq
from jupyter_client.manager import KernelManager

STARTS, TRIPS, PRINTS, LOOPS = 7, 60, 7, 5
FIRST_TRIPS, REST = 20, 6
TURN, SETTLE = 10, 0.5  # calls in one go; seconds for what the kernel before has left to do
LINES = 10_000
STEPS = {"java": 200_000_000, "python": 2_000_000}
PATIENCE = 120_000
CODE = {
    "java": {
        "print": f"for (int i = 0; i < {LINES}; i++) System.out.println(i);",
        "complete": "Math.",
        "loop": """{
  long begin = System.nanoTime();
  long x = 1;
  for (int i = 0; i < STEPS; i++) x = x * 6364136223846793005L + i;
  System.out.println((System.nanoTime() - begin) + " " + x);
}""",
    },
    "python": {
        "print": f"for i in range({LINES}): print(i)",
        "complete": "import math; math.",
        "loop": """import time
def loop():
    begin = time.perf_counter_ns()
    x = 1
    for i in range(STEPS):
        x = (x * 6364136223846793005 + i) & 0xFFFFFFFFFFFFFFFF
    print(time.perf_counter_ns() - begin, x)
loop()""",
    },
}


class Kernel:
    """A running kernel, spoken to without a front end's own delays."""

    def __init__(self, name, language):
        self.code = CODE[language]
        self.language = language
        context = zmq.Context.instance()
        context.setsockopt(zmq.RECONNECT_IVL, 2)  # the kernel binds its sockets when it is ready
        context.setsockopt(zmq.RCVHWM, 0)  # drops nothing of what a kernel publishes fast
        self.manager = KernelManager(kernel_name=name, context=context)
        self.manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.shell = self.manager.connect_shell()
        self.iopub = self.manager.connect_iopub()

    def ask(self, kind, **content):
        """The reply to a request."""
        request = self.manager.session.send(self.shell, kind, content)["header"]["msg_id"]
        return self.receive(self.shell, request, lambda message: True)[-1]

    def listen(self):
        """Asks until what the kernel publishes arrives: a subscription takes its time."""
        while not self.iopub.poll(20):
            self.ask("kernel_info_request")

    def run(self, code):
        """Runs a cell until its reply and its last output have come; returns what it printed."""
        content = {"code": code, "silent": False, "store_history": True, "stop_on_error": False}
        sent = self.manager.session.send(self.shell, "execute_request", content)
        request = sent["header"]["msg_id"]
        messages = self.receive(
            self.iopub, request, lambda m: m["content"].get("execution_state") == "idle"
        )
        reply = self.receive(self.shell, request, lambda message: True)[-1]
        if reply["content"]["status"] != "ok":
            raise RuntimeError(f"{self.manager.kernel_name}: {reply['content']}")
        return "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream")

    def receive(self, socket, request, is_last):
        messages = []
        while not (messages and is_last(messages[-1])):
            if not socket.poll(PATIENCE):
                raise TimeoutError(f"{self.manager.kernel_name} does not answer")
            _, message = self.manager.session.recv(socket, mode=0)
            if message and message["parent_header"].get("msg_id") == request:
                messages.append(message)
        return messages

    def close(self):
        self.shell.close(linger=0)
        self.iopub.close(linger=0)
        self.manager.shutdown_kernel(now=True)


def milliseconds(work):
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1e3


def start(name, language):
    """Milliseconds from spawn to the reply to the first cell."""
    kernels = []

    def first_result():
        kernels.append(Kernel(name, language))
        kernels[0].ask("kernel_info_request")
        kernels[0].ask(
            "execute_request", code="1 + 1", silent=False, store_history=True, stop_on_error=False
        )

    try:
        return milliseconds(first_result)
    finally:
        for kernel in kernels:
            kernel.close()


def complete(kernel):
    text = kernel.code["complete"]
    reply = kernel.ask("complete_request", code=text, cursor_pos=len(text))
    if len(reply["content"]["matches"]) < 20:
        raise RuntimeError(f"{kernel.manager.kernel_name} completes {text} with {reply['content']}")


def print_lines(kernel):
    printed = len(kernel.run(kernel.code["print"]).split())
    if printed != LINES:
        print(f"    {kernel.manager.kernel_name}: {printed:,} lines came", file=sys.stderr)


def loop(kernel):
    """Nanoseconds a step, by the kernel's own clock."""
    steps = STEPS[kernel.language]
    return int(kernel.run(kernel.code["loop"].replace("STEPS", str(steps))).split()[0]) / steps


def measure(kernels):
    samples = {name: {} for name in kernels}

    def rounds(what, count, sample, turn=1):
        print(f"  {what}", file=sys.stderr, flush=True)
        for _ in range(count // turn):
            for name in kernels:
                if turn > 1:
                    time.sleep(SETTLE)
                for _ in range(turn):
                    samples[name].setdefault(what, []).append(sample(name))

    rounds("start to first result", STARTS, lambda name: start(name, kernels[name]))
    opened = {name: Kernel(name, language) for name, language in kernels.items()}
    try:
        for kernel in opened.values():
            kernel.listen()
            kernel.run("1 + 1")

        def trip(name):
            return milliseconds(lambda: opened[name].run("1 + 1"))

        rounds("1+1, a session's first 20", FIRST_TRIPS, trip)
        time.sleep(REST)  # a person reads what the first cells gave
        rounds("1+1, after a rest", TRIPS, trip, TURN)
        for kernel in opened.values():
            for _ in range(FIRST_TRIPS):
                complete(kernel)
            print_lines(kernel)
        rounds("completion", TRIPS, lambda n: milliseconds(lambda: complete(opened[n])), TURN)
        rounds(
            "printing 10,000 lines", PRINTS, lambda n: milliseconds(lambda: print_lines(opened[n]))
        )
        rounds("hot loop", LOOPS, lambda n: loop(opened[n]))
    finally:
        for kernel in opened.values():
            kernel.close()
    return samples


if __name__ == "__main__":
    print(json.dumps(measure(dict(argument.split("=") for argument in sys.argv[1:]))))
