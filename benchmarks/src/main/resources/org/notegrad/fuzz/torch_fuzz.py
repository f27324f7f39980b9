"""Runs the fuzzer's programs in PyTorch: reads each as a line of JSON, answers with a line of JSON.

How exactly an element can be told follows from running the program again with every inexact step rounded
otherwise: what then changes, times SAFETY, is the bound that the answer gives beside the element.
An element whose finiteness or truth changes has no bound (-1): nobody can tell it.
"""

import contextlib
import json
import math
import signal
import sys
import warnings

import torch
import torch.nn.functional as F  # noqa: F401 (the programs' expressions use it)

SAFETY = 12
REFUSALS = (RuntimeError, IndexError, ValueError, TypeError, NotImplementedError)
INEXACT = "sqrt exp expm1 log log1p sin cos tanh sigmoid softplus rsqrt pow powNumber powLong addScaledInPlace".split()
SUMS = (
    "sum mean var std prod norm matmul linear scatterAdd softmax logSoftmax logSumExp crossEntropy mseLoss"
    " gelu silu elu huberLoss bceWithLogits"
).split()
VIEWS = (
    "reshape flatten transpose t permute expand squeeze unsqueeze select get narrow slice contiguous detach"
    " clone to"
).split()
LARGEST_EXACT = {torch.float16: 2.0**10, torch.bfloat16: 2.0**7, torch.float32: 2.0**23, torch.float64: 2.0**52}
# Where the inexact functions are exact on both sides.
EXACT_AT = {"sqrt": [0.0, 1.0, 4.0, 0.25], "log": [1.0], "rsqrt": [1.0, 4.0, 0.25], "softplus": []}


class Jitter:
    """Rounds otherwise: every element by up to four units of the last place."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)

    def factor(self, like):
        noise = torch.rand(like.shape, generator=self.generator, dtype=torch.float64) * 8 - 4
        precision = torch.float64 if like.dtype == torch.float64 else torch.float32
        return (1 + noise * torch.finfo(like.dtype).eps).to(precision)

    def moved(self, tensor):
        """By up to four units of the last place of 1: what a logarithm of a sum near 1 loses."""
        return tensor + (self.factor(torch.ones_like(tensor)) - 1).to(tensor.dtype)

    def __call__(self, tensor, where=None):
        if not tensor.is_floating_point():
            return tensor
        factor = self.factor(tensor)
        if where is not None:
            factor = torch.where(where, factor, torch.ones_like(factor))
        return (tensor * factor).to(tensor.dtype)


class Backwards(torch.autograd.Function):
    """The identity, whose gradient is rounded otherwise."""

    @staticmethod
    def forward(ctx, x, factor):
        ctx.factor = factor
        return x.clone()

    @staticmethod
    def backward(ctx, g):
        return (g * ctx.factor).to(g.dtype), None


class FromOutput(torch.autograd.Function):
    """A function whose gradient is computed from its output, with the output rounded otherwise."""

    @staticmethod
    def forward(ctx, x, function, factor, gradient):
        y = (function(x) * factor).to(x.dtype)
        ctx.save_for_backward(y)
        ctx.gradient = gradient
        return y

    @staticmethod
    def backward(ctx, g):
        (y,) = ctx.saved_tensors
        return ctx.gradient(g, y), None, None, None


def softmax_gradient(dim):
    return lambda g, y: g * y - y * (g * y).sum(dim, keepdim=True)


def log_softmax_gradient(dim, factor):
    return lambda g, y: g - (y.exp() * factor).to(y.dtype) * g.sum(dim, keepdim=True)


OUTPUT_GRADIENTS = {
    "tanh": lambda g, y: g * (1 - y * y),
    "sigmoid": lambda g, y: g * ((1 - y) * y),
    "exp": lambda g, y: g * y,
    "expm1": lambda g, y: g * (y + 1),
    "rsqrt": lambda g, y: -0.5 * g * (y * y * y),
}


class Run:
    """One execution; with a jitter, the inexact steps and all gradients are rounded otherwise."""

    def __init__(self, message, jitter=None):
        self.program = message["program"]
        self.code = message["code"]
        self.jitter = jitter
        self.env = {}
        self.tainted = set()
        self.errors = {}
        for i, spec in enumerate(self.program["inputs"]):
            self.env[f"x{i}"] = made(spec)
        for j, expression in enumerate(self.code):
            self.step(j, expression)

    def step(self, j, expression):
        step = self.program["steps"][j]
        names = [name(operand) for operand in step["of"]]
        if any(n not in self.env for n in names):
            return
        try:
            operands = [self.env[n] for n in names]
            inexact = self.inexact(step, operands)
            value = self.execute(step, expression, operands, inexact)
        except REFUSALS as e:
            self.errors[j] = f"{type(e).__name__}: {e}".split("\n")[0]
            return
        if inexact is not None or any(n in self.tainted for n in names):
            self.taint(f"y{j}", value)
        self.env[f"y{j}"] = value

    def taint(self, at, value):
        self.tainted.add(at)
        storage = value.untyped_storage().data_ptr()
        for n, other in self.env.items():
            if storage != 0 and other.untyped_storage().data_ptr() == storage:
                self.tainted.add(n)

    def inexact(self, step, operands):
        """None if both sides must agree to the bit; True or a mask of the elements where they need not."""
        op = kind(step)
        x = operands[0]
        if not any(o.is_floating_point() for o in operands) and op in ("powLong", "sum", "prod", "matmul", "linear", "scatterAdd"):
            return None
        if op in SUMS:
            return None if exact_sum(op, operands) else True
        if op not in INEXACT:
            return None
        if op == "addScaledInPlace":
            return True
        if op in ("pow", "powNumber", "powLong"):
            number = (step["reals"] or step["longs"] or [0])[0]
            exponent = operands[1] if op == "pow" else torch.tensor(number, dtype=torch.float64)
            plain = (exponent == 0) | (exponent == 1) | (x == 1) | (x == 0)
        else:
            plain = torch.zeros(x.shape, dtype=torch.bool)
            for point in EXACT_AT.get(op, [0.0]):
                plain = plain | (x == point)
        return None if bool(plain.all()) else ~plain

    def execute(self, step, expression, operands, inexact):
        op = kind(step)
        writes = op.endswith("InPlace")
        if not self.jitter:
            with torch.no_grad() if writes and step["ints"][0] == 1 else contextlib.nullcontext():
                return evaluated(expression, operands)
        if not writes and op not in VIEWS:
            operands = [self.operand(x, inexact is not None and op in SUMS) for x in operands]
        if operands[0].is_floating_point() and inexact is not None:
            if op in OUTPUT_GRADIENTS or op in ("softmax", "logSoftmax"):
                return self.from_output(op, step, expression, operands[0], inexact)
            if op == "crossEntropy":
                return self.cross_entropy(*operands)
            if op == "gelu":
                return self.gelu(*operands)
        with torch.no_grad() if writes and step["ints"][0] == 1 else contextlib.nullcontext():
            value = evaluated(expression, operands)
        if inexact is None:
            return value
        if writes:
            with torch.no_grad():
                return value.mul_(self.jitter.factor(value))
        if op == "logSumExp":
            value = self.jitter.moved(value)
        mask = inexact if isinstance(inexact, torch.Tensor) and value.shape == inexact.shape else None
        return self.jitter(value, mask)

    def operand(self, x, forward):
        if not x.is_floating_point():
            return x
        if forward:
            x = self.jitter(x)
        if x.requires_grad and torch.is_grad_enabled():
            x = Backwards.apply(x, self.jitter.factor(x))
        return x

    def from_output(self, op, step, expression, x, inexact):
        factor = self.jitter.factor(x)
        if isinstance(inexact, torch.Tensor):
            factor = torch.where(inexact, factor, torch.ones_like(factor))
        if op in ("softmax", "logSoftmax"):
            dim = step["ints"][0]
            gradient = softmax_gradient(dim) if op == "softmax" else log_softmax_gradient(dim, self.jitter.factor(x))
        else:
            gradient = OUTPUT_GRADIENTS[op]

        def function(plain):
            y = evaluated(expression, [plain])
            return self.jitter.moved(y) if op == "logSoftmax" else y

        return FromOutput.apply(x, function, factor, gradient)

    def gelu(self, x):
        inner = self.jitter(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))
        factor = self.jitter.factor(x)
        return 0.5 * x * (1 + FromOutput.apply(inner, torch.tanh, factor, OUTPUT_GRADIENTS["tanh"]))

    def cross_entropy(self, logits, target):
        F.cross_entropy(logits, target)  # refuses what is wrong
        if logits.dim() != 2:
            return F.cross_entropy(logits, target)
        gradient = log_softmax_gradient(1, self.jitter.factor(logits))
        logs = FromOutput.apply(logits, lambda x: self.jitter.moved(x.log_softmax(1)), self.jitter.factor(logits), gradient)
        return self.jitter(F.nll_loss(logs, target))

    def gradients(self):
        """The inputs' gradients of the root, and the gradients of their sum with numbers; or refusals."""
        root = self.program.get("root")
        if root is None or name(root) not in self.env:
            return None
        out = self.env[name(root)]
        if not out.requires_grad:
            return {"requires": False}
        wanted = [x for x in self.inputs() if x.requires_grad]
        try:
            first = torch.autograd.grad(out, wanted, numbers(out), create_graph=True, allow_unused=True)
        except REFUSALS as e:
            return {"requires": True, "firstError": str(e).split("\n")[0]}
        answer = {"requires": True, "first": first}
        parts = [(g * numbers(g)).sum() for g in first if g is not None and g.requires_grad]
        if not parts:
            return answer | {"second": [None] * len(wanted)}
        total = parts[0]
        for part in parts[1:]:
            total = total + part
        try:
            return answer | {"second": torch.autograd.grad(total, wanted, allow_unused=True)}
        except REFUSALS as e:
            return answer | {"secondError": str(e).split("\n")[0]}

    def inputs(self):
        return [self.env[f"x{i}"] for i in range(len(self.program["inputs"]))]


def evaluated(expression, operands):
    names = {f"a{i}": operand for i, operand in enumerate(operands)}
    return eval(expression, {"torch": torch, "F": F} | names)


def exact_sum(op, operands):
    """Whether a sum of products has no rounding, in whatever order it is taken."""
    reals = [o.detach().double() for o in operands if o.is_floating_point()]
    if op not in ("sum", "prod", "mean", "matmul", "linear", "scatterAdd"):
        return False
    kinds = [o.dtype for o in operands if o.is_floating_point()]
    largest = min((LARGEST_EXACT[kind] for kind in kinds), default=LARGEST_EXACT[torch.float32])
    quarters = all(bool((x * 4 == (x * 4).round()).all()) for x in reals)
    if not quarters or any(not bool(x.isfinite().all()) for x in reals):
        return False
    if op in ("sum", "scatterAdd"):
        return float(sum(x.abs().sum() for x in reals)) * 4 < largest
    if op == "mean":
        return False
    if op == "prod":
        x = reals[0]
        return bool((x == x.round()).all()) and float(x.abs().clamp(min=1).prod()) < largest
    terms = operands[0].shape[-1] if operands[0].dim() else 1
    sizes = [max(1.0, float(o.detach().double().abs().max())) if o.numel() else 1.0 for o in operands]
    return 16 * math.prod(sizes) * (terms + 1) < largest


def kind(step):
    """The operation, whatever form of it: sum for sumDims."""
    return step["op"].removesuffix("Dims").removesuffix("Dim").removesuffix("Plain").removesuffix("From")


def name(operand):
    return f"x{operand}" if operand >= 0 else f"y{~operand}"


def made(spec):
    dtype = getattr(torch, spec["type"])
    values = spec["reals"] if dtype.is_floating_point else spec["wholes"]
    wide = torch.float64 if dtype.is_floating_point else torch.int64
    tensor = torch.tensor(values, dtype=wide).to(dtype).reshape(spec["shape"])
    return tensor.clone().requires_grad_(spec["grad"])  # no view


def numbers(like):
    """The same for both sides: eighths around 0."""
    i = torch.arange(like.numel(), dtype=torch.float64)
    return ((i * 7 % 9 - 4) / 4 + 0.125).to(like.dtype).reshape(like.shape)


# ---- answers ---------------------------------------------------------------------------------


def plain(tensor):
    """Without history, and with elements (PyTorch has zeros that have none)."""
    return torch.zeros(tensor.shape, dtype=tensor.dtype) if tensor._is_zerotensor() else tensor.detach()


def told(tensor, runs, tainted, gradient=False, extreme=False):
    """A tensor, with a bound for each element if it is not exact; runs are the same tensor, rounded otherwise."""
    tensor = plain(tensor)
    answer = {"type": str(tensor.dtype).removeprefix("torch."), "shape": list(tensor.shape)}
    flat = tensor.reshape(-1)
    if tensor.is_floating_point():
        digits = 9 if tensor.dtype == torch.float32 else 17
        answer["reals"] = [float(f"{v:.{digits}g}") for v in flat.tolist()]
    else:
        answer["wholes"] = [int(v) for v in flat.tolist()]
    if tainted or gradient:
        answer["bounds"] = bounds(flat, [plain(r).reshape(-1) for r in runs if r is not None], gradient, extreme)
    return answer


def bounds(flat, runs, gradient, extreme):
    if any(r.shape != flat.shape or r.dtype != flat.dtype for r in runs):
        return [-1] * flat.numel()
    if not flat.is_floating_point():
        same = torch.ones(flat.shape, dtype=torch.bool)
        for r in runs:
            same &= r == flat
        return [0 if s else -1 for s in same.tolist()]
    kind = torch.finfo(flat.dtype)
    v = flat.double()
    spread = torch.zeros_like(v)
    known = torch.ones(v.shape, dtype=torch.bool)
    for r in runs:
        r = r.double()
        same = (v == r) | (v.isnan() & r.isnan())
        spread = torch.where(same, spread, torch.maximum(spread, (v - r).abs()))
        known &= same | (v.isfinite() & r.isfinite())
    if extreme:  # the order of operations decides what overflows
        known &= v.isfinite()
    least = kind.smallest_normal * (1 if gradient else kind.eps)
    bound = SAFETY * spread + (32 if gradient else 8) * kind.eps * v.abs() + 8 * least
    return [
        -1 if not k else 0 if not math.isfinite(x) else float(f"{b:.2g}")
        for k, b, x in zip(known.tolist(), bound.tolist(), v.tolist())
    ]


def answer(message):
    base = Run(message)
    gradients = base.gradients()
    jittered = []
    for k in range(message["runs"]):
        run = Run(message, Jitter(1000 * (k + 1) + message["program"]["seed"] % 1000))
        run.found = run.gradients()
        jittered.append(run)
        if not run.tainted and (gradients is None or not gradients["requires"]):
            break
    tainted = set().union(*(run.tainted for run in jittered)) | base.tainted

    extreme = is_extreme(message["program"])

    def value(n):
        runs = [run.env.get(n) for run in jittered]
        if any(r is None for r in runs):
            runs = [torch.zeros(0, 1, 0)]  # refused when rounded otherwise: nobody can tell
        return told(base.env[n], runs, n in tainted, extreme=extreme)

    steps = []
    for j in range(len(base.code)):
        n = f"y{j}"
        steps.append({"value": value(n)} if n in base.env else {"error": base.errors[j]} if j in base.errors else None)
    inputs = [{"value": value(f"x{i}")} for i in range(len(base.program["inputs"]))]
    overflown = extreme and any(not bool(v.isfinite().all()) for v in base.env.values())
    found = [r.found for r in jittered]
    return {"steps": steps, "inputs": inputs, "gradients": gradient_answers(gradients, found, extreme, overflown)}


def is_extreme(program):
    reals = [v for spec in program["inputs"] for v in spec.get("reals") or [] if math.isfinite(v)]
    return any(abs(v) > 1e15 or 0 < abs(v) < 1e-15 for v in reals)


def gradient_answers(base, runs, extreme, overflown):
    if base is None:
        return None
    out = {"requires": base["requires"]}
    for which in ("first", "second"):
        if which + "Error" in base:
            out[which + "Error"] = base[which + "Error"]
        if which in base:
            out[which] = [
                None if g is None else told(g, [others(run, which, i, g, overflown) for run in runs], True, True, extreme)
                for i, g in enumerate(base[which])
            ]
    return out


def others(run, which, i, like, overflown):
    """A gradient of another run; one of another shape, so that nothing can be told, if there is none."""
    found = run.get(which) if run else None
    if found is None or overflown:
        return torch.zeros(0, 1, 0)
    return torch.zeros_like(like) if found[i] is None else found[i]


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks decides when to end
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    print(f"PyTorch {torch.__version__}", flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line)), separators=(",", ":")), flush=True)


main()
