"""The project's kernel against jupyter_kernel_test, no test left out.

NOTEGRAD_KERNEL names the kernel to test, so that others can be run beside ours.
"""

import os
import unittest

import jupyter_kernel_test as standard

KERNEL = os.environ.get("NOTEGRAD_KERNEL", "notegrad")


class Conformance(standard.KernelTests):
    kernel_name = KERNEL
    language_name = "java"
    file_extension = ".jshell"
    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    completion_samples = [
        {"text": '"".isBla', "matches": ["isBlank()"]},
        {"text": "Math.hyp", "matches": ["hypot("]},
    ]
    complete_code_samples = ["1 + 1", "int x = 1;", "void f() {}", "class C {}", "// done", ""]
    incomplete_code_samples = ["int x = ", "void f() {", "class C {", "f(1,"]
    invalid_code_samples = ["int ] x;", "class 1 {}"]
    code_page_something = "String?"
    code_generate_error = 'throw new IllegalStateException("no");'
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": '"a".repeat(3)', "result": "aaa"},
        {"code": "new int[] {1, 2, 3}", "result": "[1, 2, 3]"},
    ]
    code_display_data = [
        {"code": 'Display.html("<b>bold</b>");', "mime": "text/html"},
        {"code": 'Display.markdown("**bold**");', "mime": "text/markdown"},
        {"code": 'display("text");', "mime": "text/plain"},
    ]
    code_history_pattern = "1 ?*2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "String"
    code_clear_output = "Display.clearOutput(Clear.NOW);"


class Welcome(standard.IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
