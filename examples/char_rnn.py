"""A recurrent network learns a text by heart, letter by letter, and writes it down again.

    python examples/char_rnn.py

The state is carried from one stretch of the text to the next, and detached there, so that backward ends where the
stretch begins (truncated backpropagation through time). The optimizer is Adam (Kingma and Ba, 2015), with a rate that
falls to 0.
"""

from collections.abc import Sequence

from mxlite import autograd, np, npx

TEXT = "a tape runs forward and records what was done, then back, and tells what every number was worth. "
LETTERS = sorted(set(TEXT))
CODES = np.array([LETTERS.index(c) for c in TEXT], dtype="int32")
Params = dict[str, np.ndarray]
HIDDEN, STRETCH, EPOCHS = 48, 26, 150


def parameters() -> Params:
    n = len(LETTERS)
    return {
        "letters": np.random.normal(scale=0.3, size=(n, HIDDEN)),
        "again": np.random.normal(scale=0.7 / HIDDEN ** 0.5, size=(HIDDEN, HIDDEN)),
        "bias": np.zeros(HIDDEN),
        "out": np.random.normal(scale=0.1, size=(HIDDEN, n)),
        "out_bias": np.zeros(n),
    }


def step(p: Params, letter: int, state: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(scores of the next letter, next state)."""
    state = np.tanh(p["letters"][letter] + np.dot(state, p["again"]) + p["bias"])
    return np.dot(state, p["out"]) + p["out_bias"], state


def loss_of(p: Params, codes: Sequence[int], following: Sequence[int],
            state: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean cross entropy over a stretch, and the state after it."""
    total = np.zeros(())
    for letter, wanted in zip(codes, following, strict=True):
        scores, state = step(p, letter, state)
        total = total - npx.log_softmax(scores)[wanted]
    return total / len(codes), state


class Adam:
    def __init__(self, params: Params) -> None:
        self.params, self.steps = params, 0
        self.mean = {name: np.zeros_like(p) for name, p in params.items()}
        self.square = {name: np.zeros_like(p) for name, p in params.items()}

    def step(self, rate: float) -> None:
        self.steps += 1
        for name, p in self.params.items():
            mean, square = self.mean[name], self.square[name]
            mean[:] = 0.9 * mean + 0.1 * p.grad
            square[:] = 0.999 * square + 0.001 * p.grad ** 2
            p -= rate * (mean / (1 - 0.9 ** self.steps)) / (np.sqrt(square / (1 - 0.999 ** self.steps)) + 1e-8)


def train(p: Params, epochs: int) -> list[float]:
    """The mean loss of every pass over the text."""
    for value in p.values():
        value.attach_grad()
    adam = Adam(p)
    codes = CODES.tolist()
    following = codes[1:] + codes[:1]
    history = []
    for epoch in range(epochs):
        state = np.zeros(HIDDEN)
        losses = []
        for start in range(0, len(codes), STRETCH):
            with autograd.record():
                loss, state = loss_of(p, codes[start:start + STRETCH], following[start:start + STRETCH], state)
            loss.backward()
            adam.step(0.01 * (1 - epoch / epochs))
            state = state.detach()
            losses.append(float(loss))
        history.append(sum(losses) / len(losses))
    return history


def write(p: Params, first: str, length: int) -> str:
    """The likeliest letters, one after another."""
    letter, state, text = LETTERS.index(first), np.zeros(HIDDEN), first
    for _ in range(length - 1):
        scores, state = step(p, letter, state)
        letter = int(scores.argmax())
        text += LETTERS[letter]
    return text


def main() -> None:
    np.random.seed(4)
    p = parameters()
    history = train(p, EPOCHS)
    print(f"loss {history[0]:.3f} to {history[-1]:.4f}")
    print(write(p, TEXT[0], len(TEXT)))


if __name__ == "__main__":
    main()
