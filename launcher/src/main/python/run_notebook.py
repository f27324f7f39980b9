"""Executes notebooks with a Jupyter kernel, and writes each as .ipynb and .html.

Every cell that has run is told on standard output, with its time. A notebook that fails is written as far
as it came, its cell and error are told on standard error, the other notebooks are executed all the same,
and the exit status is 1.
"""

import argparse
import os
import re
import sys
import tempfile
import threading
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert import HTMLExporter

STILL_RUNNING_SECONDS = 10
WIDTH = 70
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class Progress:
    """Tells what runs: a line for each cell that ended, and one every ten seconds of a long cell."""

    def __init__(self, notebook):
        self.code_cells = [i for i, cell in enumerate(notebook.cells) if is_code(cell)]
        self.notebook = notebook
        self.running = None
        self.started = None
        self.ticker = None

    def begin(self, cell, cell_index):
        if not is_code(cell):
            return
        self.running = cell_index
        self.started = time.monotonic()
        self.ticker = threading.Event()
        threading.Thread(target=self._tick, args=(cell_index, self.ticker), daemon=True).start()

    def end(self, cell, cell_index, execute_reply=None):
        self.stop()
        seconds = time.monotonic() - self.started
        failed = execute_reply and execute_reply["content"]["status"] == "error"
        print(f"  {self._label(cell_index)} {seconds:6.2f} s  {'FAILED  ' if failed else ''}{gist(cell)}", flush=True)

    def stop(self):
        if self.ticker:
            self.ticker.set()

    def _label(self, cell_index):
        count = len(self.code_cells)
        width = len(str(count))
        return f"[{self.code_cells.index(cell_index) + 1:{width}}/{count}]"

    def _tick(self, cell_index, ended):
        while not ended.wait(STILL_RUNNING_SECONDS):
            seconds = time.monotonic() - self.started
            print(f"  {self._label(cell_index)} {seconds:6.0f} s so far: {gist(self.notebook.cells[cell_index])}", flush=True)


def is_code(cell):
    return cell.cell_type == "code" and cell.source.strip() != ""


def gist(cell):
    """A cell's first line that is not a comment, cut to fit."""
    lines = [line.strip() for line in cell.source.splitlines() if line.strip()]
    code = [line for line in lines if not line.startswith("//")] or lines
    return code[0] if len(code[0]) <= WIDTH else code[0][: WIDTH - 1] + "…"


def write_whole(path, text):
    """Writes beside, syncs and renames, so that a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o666 & ~current_umask())
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def current_umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def forget_timing(notebook):
    """Drops when each cell ran, so that the same outputs give the same file."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)


def failure(notebook, running, error):
    """What went wrong, for a person: the cell that ran, its source and its error; None if all went well."""
    if error is None:
        return None
    if running is None:
        return f"{type(error).__name__}: {error}"
    cell = notebook.cells[running]
    source = "\n".join(f"    {line}" for line in cell.source.splitlines())
    errors = [output for output in cell.outputs if output.output_type == "error"]
    report = "\n".join(errors[-1].traceback) if errors else f"{type(error).__name__}: {error}"
    return f"cell {running + 1} of {len(notebook.cells)} failed:\n\n{source}\n\n{report}"


def execute(source, arguments):
    """Executes one notebook and writes it. Returns what went wrong, or None."""
    notebook = nbformat.read(source, as_version=4)
    progress = Progress(notebook)
    client = NotebookClient(
        notebook,
        kernel_name=arguments.kernel,
        timeout=None,
        startup_timeout=120,
        resources={"metadata": {"path": str(source.parent)}},
        on_cell_start=progress.begin,
        on_cell_executed=progress.end,
    )
    print(f"{source}: {len(progress.code_cells)} code cells", flush=True)
    started = time.monotonic()
    error = None
    try:
        client.execute()
    except (CellExecutionError, DeadKernelError, RuntimeError) as caught:
        error = caught
    finally:
        progress.stop()
    forget_timing(notebook)
    write(notebook, source, arguments)
    print(f"  {'failed' if error else 'done'} after {time.monotonic() - started:.1f} s", flush=True)
    return failure(notebook, progress.running, error)


def write(notebook, source, arguments):
    if arguments.in_place:
        targets = [source]
    else:
        arguments.out.mkdir(parents=True, exist_ok=True)
        targets = [arguments.out / source.name]
    nbformat.validate(notebook)
    write_whole(targets[0], nbformat.writes(notebook) + "\n")
    html = arguments.out / (source.stem + ".html")
    exporter = HTMLExporter()
    body, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": source.stem}})
    write_whole(html, body)
    for path in [*targets, html]:
        print(f"  wrote {path}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kernel", required=True, help="name of the kernelspec")
    parser.add_argument("--out", required=True, type=Path, help="folder for the results")
    parser.add_argument("--in-place", action="store_true", help="save the outputs into the notebook itself")
    parser.add_argument("notebooks", nargs="+", type=Path)
    arguments = parser.parse_args()

    failures = {}
    for notebook in arguments.notebooks:
        message = execute(notebook, arguments)
        if message:
            failures[notebook] = message
    for notebook, message in failures.items():
        text = f"\n{notebook}: {message}"
        print(text if sys.stderr.isatty() else ANSI.sub("", text), file=sys.stderr, flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
