"""The same work in PyTorch: reads lines "WORK THREADS REPEATS", answers each with the seconds it took."""

import sys
import time

import torch


def gemm(n, dtype="float32"):
    a, b = (torch.rand(n, n, dtype=getattr(torch, dtype)) - 0.5 for _ in range(2))
    return lambda: a @ b


def add(n):
    a, b = torch.rand(n), torch.rand(n)
    return lambda: a + b


def exp(n):
    a = torch.rand(n)
    return lambda: a.exp()


def training(model, optimizer, loss, x, y):
    def step():
        value = loss(model(x), y)
        optimizer.zero_grad()
        value.backward()
        optimizer.step()

    return step


def small(name):
    model = torch.nn.Sequential(torch.nn.Linear(10, 20), torch.nn.Linear(20, 10))
    optimizers = {"sgd": lambda p: torch.optim.SGD(p, 0.01), "adam": lambda p: torch.optim.Adam(p, 1e-3)}
    optimizer = optimizers[name](model.parameters())
    return training(model, optimizer, torch.nn.MSELoss(), torch.rand(32, 10), torch.rand(32, 10))


def mlp():
    model = torch.nn.Sequential(
        torch.nn.Linear(784, 256),
        torch.nn.ReLU(),
        torch.nn.Linear(256, 128),
        torch.nn.ReLU(),
        torch.nn.Linear(128, 10),
    )
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    x, y = torch.rand(128, 784), torch.randint(10, (128,))
    return training(model, optimizer, torch.nn.CrossEntropyLoss(), x, y)


def gelu(n):
    x, gradient = torch.randn(n, requires_grad=True), torch.randn(n)
    function = torch.nn.GELU(approximate="tanh")

    def both():
        x.grad = None
        function(x).backward(gradient)

    return both


def step(kind, n):
    p = torch.rand(n, requires_grad=True)
    p.grad = torch.rand(n) - 0.5
    optimizers = {"momentum": lambda: torch.optim.SGD([p], 1e-3, momentum=0.9), "adam": lambda: torch.optim.Adam([p], 1e-3)}
    return optimizers[kind]().step


def work(name):
    kind, size, *rest = name.split("-")
    if kind == "gelu":
        return gelu(int(size))
    if kind in ("momentum", "adam"):
        return step(kind, int(size))
    if kind in ("gemm", "add", "exp"):
        return {"gemm": gemm, "add": add, "exp": exp}[kind](int(size), *rest)
    return mlp() if kind == "mlp" else small(size)


torch.manual_seed(0)
made = {}
print("PyTorch", torch.__version__, flush=True)
for line in sys.stdin:
    name, threads, repeats = line.split()
    torch.set_num_threads(int(threads))
    if name not in made:
        made = {name: work(name)}
    run = made[name]
    start = time.perf_counter()
    for _ in range(int(repeats)):
        run()
    print(time.perf_counter() - start, flush=True)
