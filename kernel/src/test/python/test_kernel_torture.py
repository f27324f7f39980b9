"""Every torture case ends as it should, in the project's kernel.

NOTEGRAD_KERNEL names the kernel. A full heap comes soon with a small one: 800 MB.
"""

import os
import unittest

from torture import CASES, outcome

KERNEL = os.environ.get("NOTEGRAD_KERNEL", "notegrad")
os.environ.setdefault("NOTEGRAD_JVM_OPTS", "-Xmx800m")


class Torture(unittest.TestCase):
    def test_every_case_ends_as_it_should(self):
        for name, case in CASES.items():
            with self.subTest(case=name):
                self.assertIsNone(outcome(KERNEL, case))


if __name__ == "__main__":
    unittest.main()
