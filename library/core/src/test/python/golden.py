"""Writes the golden values that the tests named Golden... compare with: what PyTorch computes.

    pip install torch==2.15.0
    python golden.py ../resources/org/notegrad

Four files: operations.txt (inputs, outputs, gradients), optimizers.txt (parameters along 20 steps),
printed.txt (tensors as PyTorch prints them) and promotion.txt (the type of every function's result).
A tensor is a line: what it is, its type, its sizes ("-" for a scalar), its elements.
"""

import sys
from pathlib import Path

import torch
import torch.nn.functional as F

NAMES = {
    torch.float32: "float32",
    torch.float64: "float64",
    torch.int64: "int64",
    torch.bool: "bool",
}
NAN, INF = float("nan"), float("inf")


def line(kind, tensor):
    tensor = tensor.detach()
    sizes = ",".join(str(size) for size in tensor.shape) or "-"
    elements = " ".join(text(value, tensor.dtype) for value in tensor.reshape(-1).tolist())
    return f"{kind} {NAMES[tensor.dtype]} {sizes} {elements}".rstrip()


def text(value, dtype):
    """Enough digits to give back every bit."""
    if dtype == torch.bool:
        return "1" if value else "0"
    return f"{value:.9g}" if dtype == torch.float32 else repr(value)


# ---- operations ------------------------------------------------------------------------------

generator = torch.Generator().manual_seed(20260101)


def normal(*sizes):
    return torch.randn(sizes, generator=generator, dtype=torch.float64)


def uniform(low, high, *sizes):
    return low + (high - low) * torch.rand(sizes, generator=generator, dtype=torch.float64)


def positive(*sizes):
    return uniform(0.2, 3.0, *sizes)


SPECIAL = torch.tensor(
    [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, -2.5, 1e-6, -1e-6, 20.0, -20.0, 80.0, -80.0, 1e4, INF, -INF]
    + [NAN],
    dtype=torch.float64,
)

UNARY = {
    "neg": torch.neg,
    "abs": torch.abs,
    "sign": torch.sign,
    "square": torch.square,
    "sqrt": torch.sqrt,
    "rsqrt": torch.rsqrt,
    "reciprocal": torch.reciprocal,
    "exp": torch.exp,
    "expm1": torch.expm1,
    "log": torch.log,
    "log1p": torch.log1p,
    "sin": torch.sin,
    "cos": torch.cos,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "softplus": F.softplus,
    "relu": torch.relu,
    "floor": torch.floor,
    "ceil": torch.ceil,
    "round": torch.round,
}
POSITIVE = {"sqrt", "rsqrt", "log", "log1p", "reciprocal"}

BINARY = {
    "add": torch.add,
    "sub": torch.sub,
    "mul": torch.mul,
    "div": torch.div,
    "pow": torch.pow,
    "maximum": torch.maximum,
    "minimum": torch.minimum,
}

INDEX = torch.tensor([[0, 2, 1], [1, 0, 2]])
ROWS = torch.tensor([2, 0, 0, 1])
TARGET = torch.tensor([1, 3, 0])
CONDITION = torch.tensor([[True, False, True], [False, False, True]])
ZEROS = torch.tensor([[0.0, 1.5, -2.0], [0.5, 3.0, 0.0], [0.0, 0.7, 0.0]], dtype=torch.float64)
TIES = torch.tensor([[3.0, 1.0, 3.0], [2.0, 2.0, 0.0]], dtype=torch.float64)

DIFFERENTIABLE = {
    "sum": (torch.sum, [normal(2, 3)]),
    "sum dim 0": (lambda x: x.sum(0), [normal(2, 3)]),
    "sum dims 0 2 keep": (lambda x: x.sum((0, 2), keepdim=True), [normal(2, 3, 2)]),
    "mean": (torch.mean, [normal(2, 3)]),
    "mean dim -1": (lambda x: x.mean(-1), [normal(2, 3)]),
    "var": (torch.var, [normal(7)]),
    "var dim 0": (lambda x: x.var(0), [normal(3, 2)]),
    "std": (torch.std, [normal(7)]),
    "std of equals": (torch.std, [torch.full((4,), 1.5, dtype=torch.float64)]),
    "norm": (torch.linalg.vector_norm, [normal(2, 3)]),
    "norm of zeros": (torch.linalg.vector_norm, [torch.zeros(3, dtype=torch.float64)]),
    "prod": (torch.prod, [normal(5)]),
    "prod dim 1": (lambda x: x.prod(1), [normal(2, 3)]),
    "prod dim 1 with zeros": (lambda x: x.prod(1), [ZEROS]),
    "max": (torch.amax, [normal(2, 3)]),
    "max dim 1": (lambda x: x.amax(1), [normal(2, 3)]),
    "max dim 1 with ties": (lambda x: x.amax(1), [TIES]),
    "min dim 0": (lambda x: x.amin(0), [normal(2, 3)]),
    "matmul matrices": (torch.matmul, [normal(3, 4), normal(4, 2)]),
    "matmul vectors": (torch.matmul, [normal(4), normal(4)]),
    "matmul matrix vector": (torch.matmul, [normal(3, 4), normal(4)]),
    "matmul vector matrix": (torch.matmul, [normal(3), normal(3, 2)]),
    "matmul batches": (torch.matmul, [normal(2, 1, 2, 3), normal(3, 3, 2)]),
    "linear": (F.linear, [normal(3, 4), normal(2, 4), normal(2)]),
    "linear batch": (F.linear, [normal(2, 3, 4), normal(2, 4), normal(2)]),
    "softmax": (lambda x: x.softmax(-1), [normal(3, 4)]),
    "softmax dim 0": (lambda x: x.softmax(0), [normal(3, 4)]),
    "logSoftmax": (lambda x: x.log_softmax(-1), [normal(3, 4)]),
    "logSoftmax of large": (lambda x: x.log_softmax(-1), [normal(2, 4) * 1e4]),
    "logSumExp": (lambda x: x.logsumexp(1), [normal(3, 4)]),
    "logSumExp of far apart": (
        lambda x: x.logsumexp(0),
        [torch.tensor([-1e9, 1.0, 2.0], dtype=torch.float64)],
    ),
    "crossEntropy": (lambda x: F.cross_entropy(x, TARGET), [normal(3, 4)]),
    "crossEntropy of large": (lambda x: F.cross_entropy(x, TARGET), [normal(3, 4) * 1e3]),
    "mseLoss": (F.mse_loss, [normal(2, 3), normal(2, 3)]),
    "gather": (lambda x: x.gather(1, INDEX), [normal(2, 3)]),
    "indexSelect": (lambda x: x.index_select(0, ROWS), [normal(3, 2)]),
    "scatterAdd": (lambda x, y: x.scatter_add(1, INDEX, y), [normal(2, 3), normal(2, 3)]),
    "where": (lambda x, y: torch.where(CONDITION, x, y), [normal(2, 3), normal(3)]),
    # not at the bounds, where PyTorch's clamp(min, max) stops the gradient and clamp(min) passes it
    "clamp": (lambda x: x.clamp(-0.6, 0.7), [torch.linspace(-1, 1, 9, dtype=torch.float64)]),
    "cat": (lambda x, y: torch.cat([x, y], 1), [normal(2, 2), normal(2, 1)]),
    "stack": (lambda x, y: torch.stack([x, y], 1), [normal(2, 2), normal(2, 2)]),
    "permute": (lambda x: x.permute(2, 0, 1), [normal(2, 3, 2)]),
    "reshape transposed": (lambda x: x.t().reshape(2, 6), [normal(3, 4)]),
    "slice": (lambda x: x[1:6:2], [normal(7)]),
    "select": (lambda x: x[:, -1], [normal(2, 3)]),
    "expand": (lambda x: x.expand(2, 2, 3), [normal(2, 1)]),
    "pow 2": (lambda x: x.pow(2.0), [normal(4)]),
    "pow 0": (lambda x: x.pow(0.0), [torch.tensor([0.0, 2.0, -1.0], dtype=torch.float64)]),
    "pow of zero": (
        lambda x, y: x.pow(y),
        [torch.zeros(4, dtype=torch.float64), torch.tensor([0.0, 1.0, 2.0, 3.0], dtype=torch.float64)],
    ),
}

integers = torch.tensor([[3, -4, 7], [0, 9, -2]])
truths = torch.tensor([True, False, True])
singles = torch.tensor([0.5, -1.5, 2.0])
doubles = torch.tensor([0.5, -1.5, 2.0], dtype=torch.float64)

NOT_DIFFERENTIABLE = {
    "promotion int64 float32": (torch.add, [integers, singles]),
    "promotion bool int64": (torch.mul, [truths, integers]),
    "promotion float32 float64": (torch.sub, [singles, doubles]),
    "promotion bool bool": (torch.add, [truths, truths]),
    "div int64": (torch.div, [integers, torch.tensor([2, 3, 4])]),
    "add number to int64": (lambda x: x + 0.5, [integers]),
    "add integer to int64": (lambda x: x + 2, [integers]),
    "mul number with float64": (lambda x: x * 0.1, [doubles]),
    "sum of int64": (torch.sum, [integers]),
    "sum of bool": (torch.sum, [truths]),
    "prod of int64": (lambda x: x.prod(0), [integers]),
    "mean of int64": (lambda x: x.double().mean().float(), [integers]),
    "max of int64": (lambda x: x.amax(1), [integers]),
    "argmax": (lambda x: x.argmax(1), [TIES]),
    "argmin": (lambda x: x.argmin(0), [TIES]),
    "argmax with nan": (lambda x: x.argmax(0), [torch.tensor([1.0, NAN, 3.0, NAN])]),
    "max with nan": (torch.amax, [torch.tensor([1.0, NAN, 3.0])]),
    "exp of int64": (torch.exp, [integers]),
    "abs of int64": (torch.abs, [integers]),
    "matmul of int64": (torch.matmul, [integers, integers.t()]),
    "gt": (torch.gt, [singles, torch.tensor([0.5, -2.0, 3.0])]),
    "ge": (torch.ge, [singles, torch.tensor([0.5, -2.0, 3.0])]),
    "eq with nan": (torch.eq, [torch.tensor([NAN, 1.0]), torch.tensor([NAN, 1.0])]),
    "ne with nan": (torch.ne, [torch.tensor([NAN, 1.0]), torch.tensor([NAN, 1.0])]),
    "isNaN": (torch.isnan, [SPECIAL]),
    "isFinite": (torch.isfinite, [SPECIAL]),
    "sum of nothing": (torch.sum, [torch.zeros(0, 3)]),
    "sum of nothing dim 0": (lambda x: x.sum(0), [torch.zeros(0, 3)]),
    "prod of nothing": (torch.prod, [torch.zeros(0)]),
    "mean of nothing": (torch.mean, [torch.zeros(0)]),
    "matmul over nothing": (torch.matmul, [torch.zeros(2, 0), torch.zeros(0, 3)]),
    "linear over nothing": (F.linear, [torch.zeros(2, 3, 0), torch.zeros(2, 0), torch.ones(2)]),
    "to int64": (lambda x: x.to(torch.int64), [torch.tensor([1.9, -1.9, 0.0])]),
    "to bool": (lambda x: x.to(torch.bool), [torch.tensor([0.5, 0.0, -0.0, NAN])]),
    "oneHot": (lambda x: F.one_hot(x, 4), [TARGET]),
    "arange": (lambda: torch.arange(2, 11, 3), []),
    "arange of reals": (lambda: torch.arange(0.0, 1.0, 0.3), []),
    "linspace": (lambda: torch.linspace(-1, 1, 6), []),
    "eye": (lambda: torch.eye(3), []),
}


def operation(out, name, function, inputs):
    """One case, with the gradients for a random gradient of the output."""
    inputs = [x.clone().requires_grad_(True) for x in inputs]
    y = function(*inputs)
    cotangent = normal(*y.shape).to(y.dtype)
    out.append(f"case {name}")
    out.extend(line("in", x) for x in inputs)
    out.append(line("cotangent", cotangent))
    out.append(line("out", y))
    out.extend(line("grad", g) for g in torch.autograd.grad(y, inputs, cotangent))


def forward(out, name, function, inputs):
    out.append(f"case {name}")
    out.extend(line("in", x) for x in inputs)
    out.append(line("out", function(*inputs)))


def operations():
    out = []
    for dtype in (torch.float32, torch.float64):
        for name, function in UNARY.items():
            x = positive(2, 3) if name in POSITIVE else normal(2, 3)
            operation(out, f"unary {name}", function, [x.to(dtype)])
            # NaN's sign is NaN here, as in NumPy and Java; PyTorch says 0
            special = SPECIAL[:-1] if name == "sign" else SPECIAL
            forward(out, f"unary {name}", function, [special.to(dtype)])
        for name, function in BINARY.items():
            operation(out, f"binary {name}", function, [positive(2, 3).to(dtype), normal(2, 1).to(dtype)])
        for name, (function, inputs) in DIFFERENTIABLE.items():
            operation(out, name, function, [x.to(dtype) for x in inputs])
    for name, (function, inputs) in NOT_DIFFERENTIABLE.items():
        forward(out, name, function, inputs)
    return out


# ---- optimizers ------------------------------------------------------------------------------

SGD = torch.optim.SGD
ADAM = torch.optim.Adam
ADAMW = torch.optim.AdamW

OPTIMIZERS = {
    "sgd": (SGD, dict(lr=0.1)),
    "sgd weight decay": (SGD, dict(lr=0.1, weight_decay=0.05)),
    "sgd momentum": (SGD, dict(lr=0.05, momentum=0.9)),
    "sgd momentum dampening": (SGD, dict(lr=0.05, momentum=0.9, dampening=0.3)),
    "sgd momentum weight decay": (SGD, dict(lr=0.05, momentum=0.8, weight_decay=0.1)),
    "sgd nesterov": (SGD, dict(lr=0.05, momentum=0.9, nesterov=True)),
    "sgd nesterov weight decay": (SGD, dict(lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.1)),
    "sgd maximize": (SGD, dict(lr=0.02, momentum=0.5, maximize=True, weight_decay=0.1)),
    "adam": (ADAM, dict(lr=0.05)),
    "adam betas": (ADAM, dict(lr=0.05, betas=(0.7, 0.95), eps=1e-4)),
    "adam weight decay": (ADAM, dict(lr=0.05, weight_decay=0.1)),
    "adam maximize": (ADAM, dict(lr=0.05, weight_decay=0.1, maximize=True)),
    "adamw": (ADAMW, dict(lr=0.05, weight_decay=0.1)),
    "adamw maximize": (ADAMW, dict(lr=0.05, weight_decay=0.1, maximize=True)),
}


def optimizers():
    out = []
    x, w, b, y = normal(8, 3), normal(2, 3), normal(2), normal(8, 2)
    for dtype in (torch.float32, torch.float64):
        data = [tensor.to(dtype) for tensor in (x, w, b, y)]
        for name, (kind, settings) in OPTIMIZERS.items():
            weight, bias = (tensor.clone().requires_grad_(True) for tensor in data[1:3])
            optimizer = kind([weight, bias], foreach=False, **settings)
            out.append(f"case {name}")
            out.extend(line("in", tensor) for tensor in data)
            for step in range(1, 21):
                loss = F.mse_loss(torch.tanh(F.linear(data[0], weight, bias)), data[3])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                if step in (1, 2, 5, 10, 20):
                    out.append(line(f"step{step}", torch.cat([weight.reshape(-1), bias])))
    return out


# ---- text ------------------------------------------------------------------------------------


def printed():
    grid = torch.arange(1200, dtype=torch.float32)
    tensors = [
        torch.tensor(1.5),
        torch.tensor(7),
        torch.tensor([1.0, 2.0, 3.0]),
        torch.tensor([1.5, -2.25, 3.0]),
        torch.tensor([1, -20, 300]),
        torch.tensor([True, False]),
        torch.tensor([[1.0, 2.5], [-3.0, 100.25]]),
        torch.tensor([1e-5, 1.0]),
        torch.tensor([1e5, 1.5]),
        torch.tensor([1e5, 1e3, 150.5]),
        torch.tensor([1.0, 10000.0]),
        torch.tensor([123456789.0, 1.0]),
        torch.tensor([1e10, 1e11]),
        torch.tensor([NAN, INF, -INF, 1.25]),
        torch.tensor([NAN, 1.5]),
        torch.tensor([0.0, 0.0]),
        torch.tensor([0.0001, 0.0002]),
        torch.tensor([1.5, 2.5], dtype=torch.float64),
        torch.zeros(0),
        torch.zeros(0, 3),
        torch.zeros(0, dtype=torch.int64),
        torch.zeros(2, 2, 2),
        torch.arange(24).reshape(2, 3, 4),
        torch.arange(40),
        torch.arange(30, dtype=torch.float32) / 7,
        torch.arange(60, dtype=torch.float32).reshape(2, 30) / 7,
        torch.arange(1200),
        grid.reshape(30, 40),
        grid.reshape(10, 8, 15) / 3,
        torch.tensor([[1.0, -2.0]]).t() / 3,
    ]
    out = []
    for tensor in tensors:
        out.append(line("tensor", tensor))
        out.extend("| " + row if row else "|" for row in str(tensor).split("\n"))
    return out


# ---- types -------------------------------------------------------------------------------------

TYPES = [torch.bool, torch.int32, torch.int64, torch.float16, torch.bfloat16, torch.float32, torch.float64]

COMPARISONS = {
    "eq": torch.eq,
    "ne": torch.ne,
    "lt": torch.lt,
    "le": torch.le,
    "gt": torch.gt,
    "ge": torch.ge,
    "logicalAnd": torch.logical_and,
    "logicalOr": torch.logical_or,
}

OF_ONE = UNARY | {
    "logicalNot": torch.logical_not,
    "isNaN": torch.isnan,
    "isFinite": torch.isfinite,
    "sum": torch.sum,
    "prod": torch.prod,
    "mean": torch.mean,
    "var": torch.var,
    "std": torch.std,
    "norm": torch.linalg.vector_norm,
    "max": torch.amax,
    "min": torch.amin,
    "argmax": torch.argmax,
    "argmin": torch.argmin,
    "softmax": lambda x: x.softmax(0),
    "logSoftmax": lambda x: x.log_softmax(0),
    "logSumExp": lambda x: x.logsumexp(0),
    "clamp whole": lambda x: x.clamp(0, 1),
    "clamp real": lambda x: x.clamp(0.5, 1.5),
}

OF_TWO = BINARY | COMPARISONS | {
    "matmul": torch.matmul,
    "where": lambda x, y: torch.where(torch.tensor([True, False]), x, y),
    "cat": lambda x, y: torch.cat([x, y]),
    "stack": lambda x, y: torch.stack([x, y]),
    "mseLoss": F.mse_loss,
    "addInPlace": lambda x, y: x.clone().add_(y),
    "subInPlace": lambda x, y: x.clone().sub_(y),
    "mulInPlace": lambda x, y: x.clone().mul_(y),
    "divInPlace": lambda x, y: x.clone().div_(y),
    "copyInPlace": lambda x, y: x.clone().copy_(y),
}


def of_type(function, *inputs):
    try:
        return str(function(*inputs).dtype).removeprefix("torch.")
    except (RuntimeError, TypeError):  # what PyTorch throws for a type that a function does not take
        return "refused"


def promotion():
    """Lines: tensor, scalar, number, one or two (what kind of operands), the function, the operands' types, the result's or "refused"."""
    names = {dtype: str(dtype).removeprefix("torch.") for dtype in TYPES}
    vectors = {dtype: torch.tensor([1, 0]).to(dtype) for dtype in TYPES}
    scalars = {dtype: torch.tensor(1).to(dtype) for dtype in TYPES}
    out = []
    for a in TYPES:
        out.extend(f"tensor {names[a]} {names[b]} {names[torch.promote_types(a, b)]}" for b in TYPES)
    for a in TYPES:  # PyTorch alone has this rule: a scalar counts only by its kind
        out.extend(f"scalar {names[a]} {names[b]} {of_type(torch.add, vectors[a], scalars[b])}" for b in TYPES)
    numbers = {"whole": 2, "real": 0.5}
    for name, function in (BINARY | COMPARISONS).items():
        if not name.startswith("logical") and name not in ("maximum", "minimum"):
            for a in TYPES:
                for kind, number in numbers.items():
                    out.append(f"number {name} {names[a]} {kind} {of_type(function, vectors[a], number)}")
    for name, function in OF_ONE.items():
        label = name.replace(" ", "-")
        out.extend(f"one {label} {names[a]} {of_type(function, vectors[a])}" for a in TYPES)
    for name, function in OF_TWO.items():
        for a in TYPES:
            out.extend(f"two {name} {names[a]} {names[b]} {of_type(function, vectors[a], vectors[b])}" for b in TYPES)
    return out


def main():
    folder = Path(sys.argv[1])
    torch.set_num_threads(1)
    head = f"# Written by golden.py with PyTorch {torch.__version__.split('+')[0]}."
    for name, lines in (
        ("operations", operations()),
        ("optimizers", optimizers()),
        ("printed", printed()),
        ("promotion", promotion()),
    ):
        (folder / f"{name}.txt").write_text("\n".join([head, *lines]) + "\n")


main()
