"""Times kernels side by side: python timing.py notegrad java python3

Starts alternate between the kernels, so that a busy moment of the machine hits all alike. Medians.
"""

import statistics
import sys
import time

from torture import Session

STARTS, TRIPS = 5, 40
PYTHON_CODE = {
    "print": "for i in range(10_000): print(i)",
    "complete": "import math; math.",
}
JAVA_CODE = {
    "print": "for (int i = 0; i < 10_000; i++) System.out.println(i);",
    "complete": "Math.",
}


def code(kernel, what):
    return (PYTHON_CODE if kernel.startswith("python") else JAVA_CODE)[what]


def start(kernel):
    """Seconds from spawn to the first result, and the session."""
    begin = time.monotonic()
    session = Session(kernel)
    session.run("1 + 1")
    return time.monotonic() - begin, session


def trip(session):
    begin = time.monotonic()
    session.run("1 + 1")
    return time.monotonic() - begin


def completion(session, text):
    begin = time.monotonic()
    request = session.client.complete(text, len(text))
    while session.client.get_shell_msg(timeout=30)["parent_header"].get("msg_id") != request:
        pass
    return time.monotonic() - begin


def measure(kernel, session):
    trips = [trip(session) for _ in range(TRIPS)][TRIPS // 4 :]
    completions = [completion(session, code(kernel, "complete")) for _ in range(TRIPS)]
    prints = [session.run(code(kernel, "print")).seconds for _ in range(5)]
    return {
        "1+1 (ms)": statistics.median(trips) * 1e3,
        "completion (ms)": statistics.median(completions[TRIPS // 4 :]) * 1e3,
        "10,000 lines (ms)": statistics.median(prints) * 1e3,
    }


def main(kernels):
    starts = {kernel: [] for kernel in kernels}
    for _ in range(STARTS):
        for kernel in kernels:
            seconds, session = start(kernel)
            starts[kernel].append(seconds)
            session.close()
    table = {}
    for kernel in kernels:
        _, session = start(kernel)
        median = statistics.median(starts[kernel]) * 1e3
        table[kernel] = {"first result (ms)": median, **measure(kernel, session)}
        session.close()
    print("| | " + " | ".join(kernels) + " |")
    print("|---" * (1 + len(kernels)) + "|")
    for row in table[kernels[0]]:
        print(f"| {row} | " + " | ".join(f"{table[k][row]:,.1f}" for k in kernels) + " |")


if __name__ == "__main__":
    main(sys.argv[1:] or ["notegrad"])
