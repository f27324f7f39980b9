"""Notegrad's displays in JJava, from PyPI, with the jars that `./notegrad install` has put in place.

NOTEGRAD_JDK is the home of a JDK that is new enough; the PATH's own java may be older.
"""

import os
import re
import unittest
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from jupyter_client.kernelspec import KernelSpecManager
from torture import session

JARS = Path(KernelSpecManager().get_kernel_spec("notegrad").resource_dir) / "jars"
ALL_JARS = f"{JARS}/*.jar"
NEW_JAVA = {"PATH": os.environ["NOTEGRAD_JDK"] + "/bin:" + os.environ["PATH"]}
VECTORS = {"JJAVA_JVM_OPTS": "--add-modules jdk.incubator.vector"}
MODEL = "new Sequential(new Linear(64, 128), new ReLU(), new Linear(128, 10))"
TRAIN = (
    """
    var digits = Digits.load();
    var train = new DataLoader(digits.train(), 64).shuffled(42);
    var model = %s;
    var adam = new Adam(model.parameters(), 3e-3);
    for (var epoch : epochs(20, train).watch(adam))
        for (var batch : epoch) {
            var loss = crossEntropy(model.forward(batch.x()), batch.y());
            adam.zeroGrad(); loss.backward(); adam.step();
            epoch.log("loss", loss);
        }
    accuracy(model, digits.test())
"""
    % MODEL
)


@contextmanager
def jjava(**environment):
    with patch.dict(os.environ, environment), session("java") as running:
        yield running


def data(ran):
    """What the result of a cell is shown as."""
    assert ran.status == "ok", ran.error
    return next(m["content"]["data"] for m in ran.messages if m["msg_type"] == "execute_result")


class OnTheInitialClassPath(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.jjava = jjava(JJAVA_CLASSPATH=ALL_JARS, **NEW_JAVA, **VECTORS)
        cls.session = cls.jjava.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.jjava.__exit__(None, None, None)

    def show(self, code):
        return data(self.session.run(code))

    def test_a_tensor_shows_its_view(self):
        shown = self.show("tensor(1f, 2f, 3f)")
        self.assertIn("tensor([1., 2., 3.])", shown["text/plain"])
        self.assertIn("float32", shown["text/html"])
        self.assertIn("<details>", shown["text/html"])

    def test_a_model_shows_its_summary(self):
        shown = self.show(MODEL)
        self.assertIn("parameters 9,610", shown["text/plain"])
        self.assertIn("<details open", shown["text/html"])

    def test_a_training_is_one_display_that_is_updated(self):
        ran = self.session.run(TRAIN, patience=120)
        self.assertGreater(float(data(ran)["text/plain"]), 0.9)
        first = [m["content"] for m in ran.messages if m["msg_type"] == "display_data"]
        later = [m["content"] for m in ran.messages if m["msg_type"] == "update_display_data"]
        self.assertEqual(1, len(first))
        ids = {content["transient"]["display_id"] for content in first + later}
        self.assertEqual(1, len(ids))
        last = later[-1]["data"]
        self.assertTrue(last["text/plain"].startswith("trained 20 epochs  loss "), last)
        self.assertIn("<img", last["text/html"])
        self.assertNotIn("plain loops", ran.text("stderr"))

    def test_values_of_the_jdk_are_tables(self):
        shown = self.show('Map.of("one", 1)')
        self.assertEqual("{one=1}", shown["text/plain"])
        self.assertRegex(shown["text/html"], re.compile("<td[^>]*>one</td>"))

    def test_its_own_displays_stay(self):
        self.assertEqual({"text/plain": "7"}, self.show("7"))
        shown = self.show("new java.awt.image.BufferedImage(2, 2, 1)")
        self.assertEqual({"image/png", "text/plain"}, set(shown))
        self.assertEqual(["text/html", "text/plain"], sorted(self.show('render(tensor(1f), "text/html")')))

    def test_a_display_can_be_updated(self):
        ran = self.session.run('var d = Display.html("<b>0 %</b>"); d.update("100 %");')
        shown = [m["content"] for m in ran.messages if "display_data" in m["msg_type"]]
        self.assertEqual("<b>0 %</b>", shown[0]["data"]["text/html"])
        self.assertEqual({"text/plain": "100 %"}, shown[1]["data"])
        self.assertEqual(shown[0]["transient"], shown[1]["transient"])


class Elsewhere(unittest.TestCase):
    def test_a_cell_may_add_the_jars(self):
        with jjava(**NEW_JAVA, **VECTORS) as s:
            self.assertEqual({"text/plain"}, set(data(s.run('Map.of("one", 1)'))))
            self.assertEqual("ok", s.run(f"%classpath {ALL_JARS}").status)
            self.assertIn("<details>", data(s.run("tensor(1f, 2f)"))["text/html"])

    def test_the_first_cell_tells_of_a_missing_module(self):
        with jjava(JJAVA_CLASSPATH=ALL_JARS, **NEW_JAVA) as s:
            ran = s.run("1 + 1")
            self.assertIn('JJAVA_JVM_OPTS="--add-modules jdk.incubator.vector"', ran.text("stderr"))

    @unittest.skipUnless(os.environ.get("NOTEGRAD_OLD_JDK"), "needs a JDK older than 25")
    def test_the_first_cell_tells_of_a_java_that_is_too_old(self):
        path = os.environ.get("NOTEGRAD_OLD_JDK", "") + "/bin:" + os.environ["PATH"]
        with jjava(JJAVA_CLASSPATH=ALL_JARS, PATH=path) as s:
            ran = s.run("1 + 1")
            self.assertEqual("2", ran.result)
            self.assertIn("Notegrad needs Java 25 or later", ran.text("stderr"))


if __name__ == "__main__":
    unittest.main()
