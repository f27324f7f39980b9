"""What makes the installed kernel start fast: a cache that the JVM uses to the full."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from torture import Session

KERNEL = os.environ.get("NOTEGRAD_KERNEL", "notegrad")


class Start(unittest.TestCase):
    def test_classes_come_linked_from_the_cache(self):
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder, "log")
            options = {"NOTEGRAD_JVM_OPTS": f"-Xlog:aot=info:file={log}"}
            with mock.patch.dict(os.environ, options):
                session = Session(KERNEL)
            session.close()
            self.assertIn("Using AOT-linked classes: true", log.read_text())

    def test_tensors_are_computed_with_vectors(self):
        session = Session(KERNEL)
        try:
            cell = session.run("Notegrad.explain()")
            self.assertRegex(cell.result, r"Vector API, \d+ bits")
            cell = session.run("jdk.incubator.vector.FloatVector.SPECIES_128.length()")
            self.assertEqual("4", cell.result)
        finally:
            session.close()


if __name__ == "__main__":
    unittest.main()
