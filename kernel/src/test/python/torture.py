"""Puts a kernel through what people's cells do to it, and tells how each case ended.

    python torture.py [--only TEXT] notegrad [java ...]

prints a table with one column a kernel, of all cases or of those whose name has TEXT in it. Each
case is a function that returns a problem, or None if the kernel did right; it runs in a process of
its own, which is killed with its kernel when it takes too long. test_kernel_torture.py asserts that
ours has no problem; kernel/torture-table makes the table beside JJava.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty
from typing import Callable, Optional

import psutil
from jupyter_client.manager import KernelManager

PATIENCE = 30


@dataclass
class Ran:
    """What came of a cell."""

    reply: Optional[dict]
    messages: list
    seconds: float

    @property
    def status(self):
        return self.reply["content"]["status"] if self.reply else "no reply"

    def text(self, name="stdout"):
        return "".join(
            m["content"]["text"]
            for m in self.messages
            if m["msg_type"] == "stream" and m["content"]["name"] == name
        )

    @property
    def result(self):
        for m in self.messages:
            if m["msg_type"] == "execute_result":
                return m["content"]["data"].get("text/plain")
        return None

    @property
    def error(self):
        content = self.reply["content"] if self.reply else {}
        lines = [content.get("ename", ""), content.get("evalue", ""), *content.get("traceback", [])]
        return "\n".join(lines)


class Session:
    """A running kernel and a client of it."""

    def __init__(self, kernel):
        self.manager = KernelManager(kernel_name=kernel)
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        try:
            self.client.wait_for_ready(timeout=60)
        except Exception:
            self.close()
            raise
        parent = psutil.Process(self.manager.provisioner.pid)
        self.processes = [parent, *parent.children(recursive=True)]

    def send(self, code, **options):
        return self.client.execute(code, **options)

    def finish(self, request, patience=PATIENCE):
        """Collects what a request publishes, and its reply."""
        start, messages, idle = time.monotonic(), [], False
        while not idle and time.monotonic() - start < patience:
            try:
                message = self.client.get_iopub_msg(timeout=0.5)
            except Empty:
                continue
            if message["parent_header"].get("msg_id") == request:
                messages.append(message)
                idle = message["content"].get("execution_state") == "idle"
        reply = None
        while reply is None and time.monotonic() - start < patience:
            try:
                candidate = self.client.get_shell_msg(timeout=0.5)
            except Empty:
                continue
            if candidate["parent_header"].get("msg_id") == request:
                reply = candidate
        return Ran(reply, messages, time.monotonic() - start)

    def run(self, code, patience=PATIENCE, **options):
        return self.finish(self.send(code, **options), patience)

    def await_stream(self, request, text, patience=PATIENCE):
        start, seen = time.monotonic(), ""
        while text not in seen:
            if time.monotonic() - start > patience:
                raise TimeoutError(f"{text!r} was not printed")
            try:
                message = self.client.get_iopub_msg(timeout=0.5)
            except Empty:
                continue
            if (
                message["msg_type"] == "stream"
                and message["parent_header"].get("msg_id") == request
            ):
                seen += message["content"]["text"]
        return seen

    def busy_share(self, seconds=0.6):
        """The share of one core that the kernel uses while nobody asks anything of it."""

        def used():
            times = [p.cpu_times() for p in self.processes if p.is_running()]
            return sum(t.user + t.system for t in times)

        before = used()
        time.sleep(seconds)
        return (used() - before) / seconds

    def rests(self):
        """Whether the kernel comes to rest; one that has just started has to make itself ready."""
        return any(self.busy_share() < 0.2 for _ in range(30))

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@contextmanager
def session(kernel):
    opened = Session(kernel)
    try:
        yield opened
    finally:
        opened.close()


def goes_on(s):
    """A problem, if the next cell does not run in the same process."""
    ran = s.run("20 + 22", patience=10)
    if not s.manager.is_alive():
        return "the kernel died"
    if ran.result != "42":
        return f"the next cell gave {ran.result} ({ran.status})"
    return None


@dataclass
class Interrupted:
    """A cell that is interrupted while it runs; afterwards the process is idle."""

    body: str
    setup: str = ""
    says: str = ""
    stays_busy: bool = False
    settle: float = 0.0

    def __call__(self, s):
        if self.setup:
            ran = s.run(self.setup)
            if ran.status != "ok":
                return "setup: " + ran.error[:200]
        request = s.send('System.out.println("on");\n' + self.body)
        try:
            s.await_stream(request, "on", 10)
        except TimeoutError as e:
            return str(e)
        time.sleep(0.3)
        s.manager.interrupt_kernel()
        ran = s.finish(request, 5)
        if ran.status != "error":
            return f"after the interrupt: {ran.status}"
        if self.says and self.says not in ran.error:
            return f"says {ran.error[:200]!r}"
        problem = goes_on(s)
        if problem:
            return problem
        time.sleep(self.settle)
        if not self.stays_busy and not s.rests():
            return f"the cell goes on: {s.busy_share():.0%} of a core"
        return None


@dataclass
class Runs:
    """A cell after which the next one runs; its own outcome is checked as well."""

    body: str
    setup: str = ""
    status: str = ""
    says: str = ""
    result: Optional[str] = None
    stdout: Optional[str] = None
    patience: float = PATIENCE
    options: dict = field(default_factory=dict)
    wait: float = 0

    def __call__(self, s):
        if self.setup:
            ran = s.run(self.setup)
            if ran.status != "ok":
                return "setup: " + ran.error[:200]
        ran = s.run(self.body, self.patience, **self.options)
        time.sleep(self.wait)
        if not s.manager.is_alive():
            return "the kernel died"
        if self.status and ran.status != self.status:
            return f"{ran.status} {ran.error[:200]}"
        if self.says and self.says not in ran.error + ran.text("stderr") + str(ran.result):
            return f"says {(ran.error + ran.text('stderr') + str(ran.result))[:200]!r}"
        if self.result is not None and ran.result != self.result:
            return f"result {ran.result!r}"
        if self.stdout is not None and ran.text() != self.stdout:
            return f"printed {len(ran.text())} characters: {ran.text()[:80]!r}"
        return goes_on(s)


def late_output(s):
    first = s.send(
        'new Thread(() -> { try { Thread.sleep(2500); } catch (InterruptedException e) {} '
        'System.out.println("late"); }).start();'
    )
    s.finish(first)
    s.run("1")
    try:
        s.await_stream(first, "late", 10)
    except TimeoutError:
        return "late output is lost or lands elsewhere"
    return None


def thread_that_throws(s):
    first = s.send(
        'new Thread(() -> { throw new IllegalStateException("from afar"); }).start();'
        " Thread.sleep(300);"
    )
    ran = s.finish(first)
    return None if "from afar" in ran.text("stderr") else "its trace is not shown in the cell"


def hoarders_left_behind(s):
    ran = s.run(
        "for (int i = 0; i < 2; i++) new Thread(() -> { var hoard = new ArrayList<Object>(); "
        "while (true) { try { hoard.add(new long[1000]); } catch (OutOfMemoryError e) { } } "
        "}).start();"
    )
    if ran.status != "ok":
        return ran.error[:200]
    time.sleep(15)
    return goes_on(s) or (None if s.rests() else f"they go on: {s.busy_share():.0%} of a core")


def filled_again(s):
    s.run("var hoard = new ConcurrentLinkedQueue<Object>();")
    for _ in range(2):
        ran = s.run("while (true) hoard.add(new long[100]);", patience=60)
        if ran.status != "error":
            return f"{ran.status}, alive: {s.manager.is_alive()}"
    ran = s.run("hoard = null")
    return f"{ran.status} {ran.error[:200]}" if ran.status != "ok" else goes_on(s)


def wrong_signature(s):
    key = s.client.session.key
    s.client.session.key = b"wrong"
    s.client.kernel_info()
    s.client.session.key = key
    time.sleep(0.3)
    return goes_on(s)


def silent(s):
    ran = s.run("1 + 1", silent=True)
    kinds = [m["msg_type"] for m in ran.messages]
    return None if kinds == ["status", "status"] else f"published {kinds}"


def store_history(s):
    counts = [
        s.run("1", store_history=keep).reply["content"].get("execution_count")
        for keep in (True, False, True)
    ]
    return None if counts[2] == counts[0] + 1 else f"counted {counts}"


def user_expressions(s):
    request = s.client.execute("int five = 5;", user_expressions={"x": "five * 2"})
    content = s.finish(request).reply["content"]
    x = content.get("user_expressions", {}).get("x", {})
    return None if x.get("data", {}).get("text/plain") == "10" else f"gave {x}"


def aborted(s):
    first = s.send('Thread.sleep(300); throw new RuntimeException("x");')
    second = s.send("1")
    s.finish(first)
    ran = s.finish(second, 5)
    return None if ran.status == "aborted" else f"the cell behind it: {ran.status}"


def history(s):
    s.run("7 * 191")
    request = s.client.history(hist_access_type="tail", n=1)
    try:
        while True:
            reply = s.client.get_shell_msg(timeout=5)
            if reply["parent_header"].get("msg_id") == request:
                break
    except Empty:
        return "no reply"
    entries = reply["content"].get("history", [])
    return None if entries and entries[-1][2] == "7 * 191" else f"gave {entries}"


def emoji_cursor(s):
    code = '"😀😀".isBla'
    request = s.client.complete(code, len(code))
    try:
        while True:
            reply = s.client.get_shell_msg(timeout=10)
            if reply["parent_header"].get("msg_id") == request:
                break
    except Empty:
        return "no reply"
    content = reply["content"]
    at = (content.get("cursor_start"), content.get("cursor_end"))
    right = (len(code) - 5, len(code))
    return None if at == right and content["matches"] else f"cursor {at}, not {right}"


def invalid_code(s):
    request = s.client.is_complete("int ] x;")
    while True:
        reply = s.client.get_shell_msg(timeout=10)
        if reply["parent_header"].get("msg_id") == request:
            status = reply["content"]["status"]
            return None if status == "invalid" else f"counts as {status}"


def display_update(s):
    ran = s.run('var shown = display("a");')
    if ran.status != "ok":
        return ran.error[:100]
    update = s.run('shown.update("b");')
    if update.status != "ok":  # JJava's way
        update = s.run('updateDisplay(shown, "b");')
    ids = [
        m["content"].get("transient", {}).get("display_id")
        for m in ran.messages + update.messages
        if m["msg_type"] in ("display_data", "update_display_data")
    ]
    return None if len(ids) == 2 and ids[0] == ids[1] else f"ids {ids}"


def typed_input(s):
    request = s.client.execute(
        "var typed = new java.util.Scanner(System.in).nextLine(); typed", allow_stdin=True
    )
    try:
        s.client.get_stdin_msg(timeout=10)
    except Empty:
        return "no input is asked for"
    s.client.input("typed 😀")
    ran = s.finish(request, 10)
    return None if ran.result == "typed 😀" else f"gave {ran.result!r}"


def many_cells(s, names):
    """2,000 cells; the last hundred cost no more than a few times the first."""
    times = []
    for i in range(2000):
        start = time.monotonic()
        ran = s.run(f"int v{i % names} = {i};", 10)
        if ran.status != "ok":
            return f"cell {i}: {ran.status} {ran.error[:100]}"
        times.append(time.monotonic() - start)
    early, late = sorted(times[100:300])[100], sorted(times[-200:])[100]
    if late > 3 * early + 0.005:
        return f"{early * 1e3:.1f} ms a cell becomes {late * 1e3:.1f} ms"
    return goes_on(s)


def shutdown(s):
    start = time.monotonic()
    s.client.shutdown()
    for process in s.processes:
        try:
            process.wait(timeout=6)
        except psutil.TimeoutExpired:
            return "still there after 6 s"
    seconds = time.monotonic() - start
    return None if seconds < 1 else f"took {seconds:.1f} s"


LOOP = "long n = 0; while (true) { n++; }"
CASES: dict[str, Callable] = {
    # Interrupts: after each, the cell's work has really stopped.
    "interrupt: tight loop": Interrupted("while (true) {}"),
    "interrupt: counting loop": Interrupted("for (long i = 0; i >= 0; i++) {}"),
    "interrupt: recursion": Interrupted(
        "fib(80)", setup="long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }"
    ),
    "interrupt: lambda in a stream": Interrupted(
        "java.util.stream.LongStream.iterate(0, i -> i + 1).filter(i -> i < 0).findFirst();"
    ),
    "interrupt: parallel stream": Interrupted(
        "java.util.stream.LongStream.range(0, Long.MAX_VALUE).parallel()"
        ".filter(i -> i < 0).findFirst();"
    ),
    "interrupt: a class's method": Interrupted(
        "new Spinner().spin();",
        setup="class Spinner { int x; void spin() { while (true) { x++; } } }",
    ),
    "interrupt: loop that catches Exception": Interrupted(
        "while (true) { try { Thread.sleep(5); } catch (Exception e) { } }"
    ),
    "interrupt: loop that catches Throwable": Interrupted(
        "while (true) { try { Thread.sleep(5); } catch (Throwable e) { } }"
    ),
    "interrupt: sleep": Interrupted("Thread.sleep(600_000);"),
    "interrupt: a socket's accept": Interrupted(
        "new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress()).accept();"
    ),
    "interrupt: threads of the cell": Interrupted(
        "var spinner = new Thread(() -> { while (true) {} }); spinner.start(); spinner.join();"
    ),
    "interrupt: an executor's threads": Interrupted(
        "var pool = Executors.newFixedThreadPool(3); "
        "for (int i = 0; i < 9; i++) pool.submit(() -> { while (true) {} }); "
        "pool.awaitTermination(1, TimeUnit.HOURS);"
    ),
    "interrupt: CompletableFuture": Interrupted(
        "CompletableFuture.runAsync(() -> { while (true) {} }).join();"
    ),
    "interrupt: virtual threads": Interrupted(
        "var ts = new ArrayList<Thread>(); for (int i = 0; i < 20; i++) "
        "ts.add(Thread.startVirtualThread(() -> { while (true) {} })); "
        "for (var t : ts) t.join();"
    ),
    "interrupt: virtual threads that sleep": Interrupted(
        "for (int i = 0; i < 20; i++) Thread.startVirtualThread(() -> { while (true) { "
        "try { Thread.sleep(1500); } catch (InterruptedException e) { } "
        "long end = System.nanoTime() + 2_000_000_000L; while (System.nanoTime() < end) {} } }); "
        "Thread.sleep(60_000);",
        settle=2.5,
    ),
    "interrupt: printing loop": Interrupted("while (true) { System.out.println(1); }"),
    "interrupt: waiting for input": Interrupted("System.in.read();"),
    "interrupt: System.in in a loop": Interrupted(
        "while (true) { try { System.in.read(); } catch (Exception e) { } }"
    ),
    "abandon: regular expression": Interrupted(
        '"' + "a" * 40 + 'x".matches("(a*)*\\\\1b");', stays_busy=True
    ),
    "abandon: deadlock": Interrupted(
        """
        Object one = new Object(), two = new Object();
        var t = new Thread(() -> { synchronized (one) { try { Thread.sleep(100); }
            catch (InterruptedException e) { } synchronized (two) { } } });
        t.start();
        synchronized (two) { Thread.sleep(200); synchronized (one) { } }
        """
    ),
    # Deaths that must not be the kernel's.
    "survive: StackOverflowError": Runs(
        "dive(0)", setup="int dive(int n) { return dive(n + 1) + 1; }", says="StackOverflowError"
    ),
    "survive: OutOfMemoryError": Runs(
        "long[][] big = new long[100_000][]; for (int i = 0; ; i++) big[i] = new long[10_000_000];",
        status="error",
        says="OutOfMemoryError",
    ),
    "survive: OutOfMemoryError, small pieces": Runs(
        "var list = new ArrayList<byte[]>(); while (true) list.add(new byte[50_000]);",
        status="error",
        says="OutOfMemoryError",
    ),
    "survive: OutOfMemoryError, a linked list": Runs(
        "while (true) head = new Link(head);",
        setup="class Link { Link next; Link(Link next) { this.next = next; } } Link head = null;",
        status="error",
        says="OutOfMemoryError",
        patience=150,
    ),
    "survive: OutOfMemoryError in four threads": Runs(
        "var hoards = new ConcurrentLinkedQueue<Object>(); var ts = new ArrayList<Thread>(); "
        "for (int i = 0; i < 4; i++) { var t = new Thread(() -> "
        "{ while (true) hoards.add(new long[100]); }); t.start(); ts.add(t); } "
        "for (var t : ts) t.join();",
        patience=90,
    ),
    "survive: a loop that catches OutOfMemoryError": Runs(
        "var hoard = new ArrayList<Object>(); while (true) { "
        "try { hoard.add(new long[1000]); } catch (OutOfMemoryError e) { } }",
        status="error",
        says="OutOfMemoryError",
        patience=90,
    ),
    "survive: a heap filled again": filled_again,
    "survive: OutOfMemoryError in threads left behind": Runs(
        "var hoards = new ConcurrentLinkedQueue<Object>(); for (int i = 0; i < 2; i++) "
        "new Thread(() -> { while (true) hoards.add(new long[100]); }).start();",
        status="ok",
        wait=20,
    ),
    "survive: threads left behind that catch it": hoarders_left_behind,
    "survive: System.exit": Runs("System.exit(3);", status="error"),
    "survive: Runtime.halt": Runs("Runtime.getRuntime().halt(3);", status="error"),
    "survive: System.exit in a thread": Runs(
        "var t = new Thread(() -> System.exit(3)); t.start(); t.join();", wait=0.5
    ),
    "survive: toString that throws": Runs(
        "new Object() { public String toString() { throw new RuntimeException(\"ts\"); } }",
        says="ts",
    ),
    "survive: toString that overflows": Runs(
        'class Deep { public String toString() { return "d" + this; } } new Deep()',
        says="StackOverflowError",
    ),
    "survive: toString that loops": Interrupted(
        "new Slow()", setup="class Slow { public String toString() { while (true) {} } }"
    ),
    "survive: class that fails to initialise": Runs(
        'class Broken { static int x = Integer.parseInt("no"); } Broken.x',
        status="error",
        says="NumberFormatException",
    ),
    "survive: exception whose getMessage throws": Runs(
        "class Odd extends RuntimeException { public String getMessage() "
        "{ throw new IllegalStateException(); } } throw new Odd();",
        status="error",
    ),
    "survive: interrupting every thread": Runs(
        "Thread.getAllStackTraces().keySet().forEach(Thread::interrupt);"
    ),
    "survive: closing System.out": Runs("System.out.close(); System.err.close();", status="ok"),
    "survive: System.setErr(null)": Runs("System.setErr(null); System.setOut(null);"),
    "survive: a string constant of 70,000 characters": Runs('"' + "z" * 70_000 + '"'),
    "survive: an array of 20,000 constants": Runs("int[] many = {" + "1," * 20_000 + "};"),
    "survive: 3,000 parentheses": Runs("(" * 3_000 + "1" + ")" * 3_000),
    "survive: a list that holds itself": Runs(
        "List<Object> self = new ArrayList<>(); self.add(self); self", status="ok"
    ),
    "survive: a chain of 100,000 records": Runs(
        "record Node(int v, Node next) {} Node chain = null; "
        "for (int i = 0; i < 100_000; i++) chain = new Node(i, chain); chain"
    ),
    "survive: a message of 20,000,000 characters": Runs(
        'throw new IllegalStateException("y".repeat(20_000_000));', says="IllegalStateException"
    ),
    "survive: an exception that causes itself": Runs(
        'var a = new RuntimeException("a"); var b = new RuntimeException("b", a); a.initCause(b); '
        "throw a;",
        status="error",
        says="RuntimeException",
    ),
    "survive: an infinite stream as result": Runs(
        "java.util.stream.Stream.iterate(1, i -> i + 1)", status="ok"
    ),
    "survive: a million elements as result": Runs(
        "java.util.stream.IntStream.range(0, 1_000_000).boxed().toList()", status="ok"
    ),
    "survive: no system properties": Runs("System.setProperties(new Properties());", status="ok"),
    "survive: wrong signature": wrong_signature,
    "survive: output from many threads": Runs(
        "var ts = new ArrayList<Thread>(); for (int i = 0; i < 8; i++) { var t = new Thread(() -> "
        '{ for (int k = 0; k < 2000; k++) System.out.println("line"); }); t.start(); ts.add(t); } '
        "for (var t : ts) t.join();",
        stdout="line\n" * 16000,
    ),
    # Protocol and output.
    "thread: late output in its cell": late_output,
    "thread: a trace in its cell": thread_that_throws,
    "output: 200,000 lines": Runs(
        'for (int i = 0; i < 200_000; i++) System.out.println("0123456789");',
        stdout="0123456789\n" * 200_000,
        patience=60,
    ),
    "output: 100 MB": Runs(
        'var mb = "0123456789abcdef".repeat(65_536); '
        "for (int i = 0; i < 100; i++) System.out.print(mb);",
        stdout="0123456789abcdef" * 65_536 * 100,
        patience=120,
    ),
    "output: unicode": Runs(
        'System.out.print("zażółć 😀 " + (char) 0x2028); System.out.write(0xC3); '
        "System.out.write(0xA9); System.out.flush();",
        stdout="zażółć 😀 \u2028é",
    ),
    "protocol: silent": silent,
    "protocol: store_history": store_history,
    "protocol: user_expressions": user_expressions,
    "protocol: aborted": aborted,
    "protocol: history": history,
    "protocol: input": typed_input,
    "protocol: update_display_data": display_update,
    "protocol: cursor after an emoji": emoji_cursor,
    "protocol: int ] x; is invalid": invalid_code,
    "errors: the real class": Runs(
        'throw new java.io.FileNotFoundException("nowhere");',
        status="error",
        says="java.io.FileNotFoundException",
    ),
    "many: 2,000 cells, 20 names": lambda s: many_cells(s, 20),
    "many: 2,000 cells, 500 names": lambda s: many_cells(s, 500),
    "many: a cell of 1,000 lines": Runs(
        "\n".join(f"int line{i} = {i};" for i in range(999)) + "\nline998",
        result="998",
        patience=60,
    ),
    "end: within a second": shutdown,
}


def outcome(kernel, case):
    """A problem, or None."""
    try:
        with session(kernel) as s:
            return case(s)
    except Exception as e:  # a kernel that is gone makes clients fail in many ways
        return f"{type(e).__name__}: {e}"


def outcome_apart(kernel, name, seconds):
    """The outcome of a case in a process of its own, in words."""
    command = [sys.executable, __file__, "--only", name, "--alone", kernel]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        said = process.communicate(timeout=seconds)[0].splitlines()
        return said[-1] if said else "the test itself died"  # a kernel may print before it
    except subprocess.TimeoutExpired:
        family = psutil.Process(process.pid)
        for one in [*family.children(recursive=True), family]:
            one.kill()
        process.wait()
        return f"not done after {seconds} s"


def limit_heaps():
    """So that a full heap comes soon: 800 MB for each."""
    os.environ.setdefault("NOTEGRAD_JVM_OPTS", "-Xmx800m")
    os.environ.setdefault("JJAVA_JVM_OPTS", "-Xmx800m")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="")
    parser.add_argument("--alone", action="store_true", help="print the outcome of one case")
    parser.add_argument("--seconds", type=int, default=300, help="for each case")
    parser.add_argument("kernels", nargs="+")
    arguments = parser.parse_args()
    limit_heaps()
    if arguments.alone:
        problem = outcome(arguments.kernels[0], CASES[arguments.only]) or "ok"
        print("\n" + problem.replace("\n", " "))
        return
    print("| " + " | ".join(["case", *arguments.kernels]) + " |")
    print("|---" * (1 + len(arguments.kernels)) + "|", flush=True)
    for name in CASES:
        if arguments.only not in name:
            continue
        outcomes = [outcome_apart(kernel, name, arguments.seconds) for kernel in arguments.kernels]
        cells = [cell(text) for text in outcomes]
        print("| " + " | ".join([name, *cells]) + " |", flush=True)


def cell(text):
    """What an outcome is in a table: short, without what Markdown or a terminal would obey."""
    bare = re.sub("\x1b\\[[0-9;]*m", "", text).replace("\n", " ").replace("|", "\\|")
    return bare if len(bare) <= 120 else bare[:120] + " ..."


if __name__ == "__main__":
    main()
