"""Writes what FunctionAccuracyTest compares float64 functions with: exact results, by MPFR.

    pip install gmpy2==2.3.2
    python functions.py ../resources/org/notegrad/cpu/functions.txt

A line is a function's name, its arguments, and the result as a sum of two numbers, all in
hexadecimal. A result beyond the largest number is an infinity.
"""

import math
import random
import sys

import gmpy2
from gmpy2 import mpfr

gmpy2.get_context().precision = 200
gmpy2.get_context().emax = gmpy2.get_emax_max()
gmpy2.get_context().emin = gmpy2.get_emin_min()


def sigmoid(x):
    e = gmpy2.exp(-abs(x))
    return e / (1 + e) if x < 0 else 1 / (1 + e)


def softplus(x):
    return max(x, mpfr(0)) + gmpy2.log1p(gmpy2.exp(-abs(x)))


FUNCTIONS = {
    "exp": gmpy2.exp,
    "expm1": gmpy2.expm1,
    "log": gmpy2.log,
    "log1p": gmpy2.log1p,
    "sin": gmpy2.sin,
    "cos": gmpy2.cos,
    "tanh": gmpy2.tanh,
    "sigmoid": sigmoid,
    "softplus": softplus,
    "erf": gmpy2.erf,
}

# Multiples of pi / 2 as near as numbers come to them, and others where reduction is hard.
ANGLES = [
    6381956970095103 * 2.0**797,
    5371600265214951 * 2.0**-52,
    math.pi,
    math.pi / 2,
    22.0,
    355.0,
    1048575.5,
    1048576.5,
    1e22,
    1.7e308,
]

# Where results overflow, vanish, lose their first digits, or change their formula.
EDGES = [
    709.782712893384, -744.44, -745.13, -708.4, -37.5, 36.7, 0.34657359, 0.34657360, 1.0397, -1.0397,
    0.41421356, -0.29289322, 0.9999999999999999, 1.0000000000000002, 5e-324, 2.2250738585072014e-308,
    1e-300, 1e-16, 1e-8, 3e-9, 18.9, 19.4, 5.9, 1.0, 0.5, 1.7976931348623157e308,
]  # fmt: skip


def arguments(name, rng):
    for x in EDGES + (ANGLES if name in ("sin", "cos") else []):
        yield x
        yield -x
    for _ in range(40):
        yield rng.uniform(-3, 3)
        yield rng.uniform(-45, 45)
        yield math.ldexp(rng.uniform(-1, 1), rng.randint(-60, 12))
        if name in ("exp", "sigmoid", "softplus"):
            yield rng.uniform(-740, 709)
        if name in ("log", "sin", "cos"):
            yield math.ldexp(rng.uniform(0.5, 1), rng.randint(-1070, 1020))


def powers(rng):
    for _ in range(60):
        yield rng.uniform(0, 10), rng.uniform(-10, 10)
        yield rng.uniform(-10, 10), float(rng.randint(-40, 40))
        x = math.ldexp(rng.uniform(0.5, 1), rng.randint(-1000, 1000))
        yield x, rng.uniform(-740, 709) / math.log(x)
        x = 1 + math.ldexp(rng.uniform(-1, 1), rng.randint(-40, -1))
        yield x, rng.uniform(-740, 709) / math.log(x)
    yield 5e-324, 0.5
    yield 1.7976931348623157e308, 0.999
    yield 0.9999999999999999, 9007199254740991.0
    yield -0.9999999999999999, 9007199254740991.0
    yield -0.9999999999999999, 9007199254740992.0


def line(name, x, result):
    if abs(result) >= gmpy2.mpfr(2) ** 1024 * (1 - gmpy2.mpfr(2) ** -54):
        high, low = math.copysign(math.inf, result), 0.0
    else:
        high = float(result)
        low = float(result - mpfr(high))
    return " ".join([name, *(v.hex() if math.isfinite(v) else str(v) for v in [*x, high, low])])


def main(path):
    rng = random.Random(11)
    with open(path, "w") as out:
        for name, function in FUNCTIONS.items():
            for x in arguments(name, rng):
                if name == "log" and x <= 0 or name == "log1p" and x <= -1:
                    continue
                print(line(name, [x], function(mpfr(x))), file=out)
        for x, y in powers(rng):
            result = abs(mpfr(x)) ** mpfr(y)
            print(line("pow", [x, y], -result if x < 0 and y % 2 == 1 else result), file=out)


main(sys.argv[1])
