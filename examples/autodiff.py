"""A session with MXNet's autograd: an ordinary MXNet script, which MXNet 1.9.1 and mxlite run with the same output.

    python -m mxlite examples/autodiff.py

autodiff.out is what MXNet 1.9.1 prints. The numbers are chosen so that float32 holds each of them exactly.
"""

from mxnet import autograd, np, npx
from mxnet.base import MXNetError

npx.set_np()


def section(title):
    print(f"\n{title}\n{'-' * len(title)}")


section("A gradient")
x = np.arange(4.0)
print("x =", x, "and its gradient:", x.grad)
x.attach_grad()
print("room for the gradient:", x.grad)
with autograd.record():
    y = 2 * np.dot(x, x)
print("y =", y)
y.backward()
print("dy/dx =", x.grad)
print("is it 4x?", x.grad == 4 * x)

with autograd.record():
    y = x.sum()
y.backward()
print("of the sum, in place of the last one:", x.grad)

section("Many heads at once")
with autograd.record():
    y = x * x
y.backward()
print("summed over the elements of y:", x.grad)
with autograd.record():
    y = x * x
y.backward(np.array([1.0, 0.5, 0.25, 0.125]))
print("weighted by a head gradient:", x.grad)

section("Detaching")
with autograd.record():
    y = x * x
    u = y.detach()
    z = u * x
z.backward()
print("u stands for a constant:", x.grad, x.grad == u)
y.backward()
print("y still knows its past:", x.grad)

section("Gradients of intermediate results")
with autograd.record():
    y = x * x
    y.attach_grad()
    z = 3 * y
z.backward()
print("dz/dy =", y.grad)
print("y was cut off from x, whose gradient is as it was:", x.grad)

section("Control flow")


def f(a):
    b = a * 2
    while np.abs(b).sum() < 1000:
        b = b * 2
    return b if b.sum() > 0 else 100 * b


for start in ([1.0, 2.0, 3.0], [-1.0, 0.5, 0.25]):
    a = np.array(start)
    a.attach_grad()
    with autograd.record():
        d = f(a)
    d.backward()
    print("f(a) =", d, "df/da =", a.grad, "is it f(a) / a?", a.grad == d / a)

section("Adding up")
w = np.ones((2, 3))
w.attach_grad(grad_req="add")
for scale in (1, 2, 4):
    with autograd.record():
        loss = (scale * w * w).sum()
    loss.backward()
print(w.grad)
w.grad[:] = 0
print(w.grad)

section("Shapes, slices, choices")
m = np.arange(6.0).reshape(2, 3) - 2
v = np.array([[1.0], [2.0]])
m.attach_grad()
v.attach_grad()
with autograd.record():
    out = (m * v).sum(axis=0)[1:] + np.maximum(m, 0).sum(axis=0)[:-1]
print(out)
out.backward()
print(m.grad)
print(v.grad)

section("Modes")
print("recording:", autograd.is_recording(), "training:", autograd.is_training())
with autograd.record():
    print("recording:", autograd.is_recording(), "training:", autograd.is_training())
    with autograd.pause():
        print("recording:", autograd.is_recording(), "training:", autograd.is_training())
    with autograd.predict_mode():
        print("recording:", autograd.is_recording(), "training:", autograd.is_training())

section("Once is enough")
with autograd.record():
    y = (x * x).sum()
y.backward(retain_graph=True)
y.backward()
try:
    y.backward()
except MXNetError:
    print("the third backward finds no graph")

section("Linear regression")
features = np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
labels = np.dot(features, np.array([2.0, -3.0])) + 4
w, b = np.zeros(2), np.zeros(())
w.attach_grad()
b.attach_grad()
for epoch in range(1, 7):
    with autograd.record():
        error = np.dot(features, w) + b - labels
        loss = (error**2).mean() / 2
    loss.backward()
    w -= 0.5 * w.grad
    b -= 0.5 * b.grad
    print(f"epoch {epoch}: loss {float(loss)}, w {w}, b {float(b)}")
