"""Every torture case ends as it should, in the project's kernel; NOTEGRAD_KERNEL names it."""

import os
import unittest

from torture import CASES, limit_heaps, outcome_apart

KERNEL = os.environ.get("NOTEGRAD_KERNEL", "notegrad")


class Torture(unittest.TestCase):
    def test_every_case_ends_as_it_should(self):
        limit_heaps()
        for name in CASES:
            with self.subTest(case=name):
                self.assertEqual("ok", outcome_apart(KERNEL, name, 300))


if __name__ == "__main__":
    unittest.main()
