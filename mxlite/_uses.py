"""The names of MXNet that a program uses, by its syntax alone: nothing is imported and nothing run.

What an expression stands for is a dotted name ("mxnet.nd.dot"), such a name followed by "()" for an array of that
class ("mxnet.np.ndarray()"), or None for all else. A body of statements is followed from top to bottom; those of
functions come after the code around them, because that is when they run.
"""

import ast
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

NP, ND = "mxnet.np.ndarray()", "mxnet.nd.NDArray()"

# Methods and properties of arrays that give no array.
_PLAIN = {"asnumpy", "asscalar", "backward", "context", "ctx", "device", "dtype", "handle", "item", "ndim", "shape",
          "size", "stype", "tolist", "wait_to_read"}
_CLASSES = {"mxnet.np": NP, "mxnet.numpy": NP, "mxnet.npx": NP, "mxnet.numpy_extension": NP,
            "mxnet.nd": ND, "mxnet.ndarray": ND}
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Scope = dict[str, str | None]      # besides names, "in a class" and "global NAME" are keys


class Use(NamedTuple):
    """A name of MXNet's, the line it stands on, and whether an import statement names it."""

    name: str
    line: int
    imported: bool


class Reader:
    """Reads programs one after another in one namespace, as the cells of a notebook are.

    `stars(module)` gives the names that `from module import *` brings. `known` binds names beforehand.
    """

    def __init__(self, stars: Callable[[str], Iterable[str]], known: dict[str, str] | None = None) -> None:
        self.stars = stars
        self.scopes: list[_Scope] = [dict(known or {})]
        self.uses: list[Use] = []
        self.later: list[tuple[list[_Scope], _Function]] = []

    def read(self, tree: ast.Module) -> None:
        """Adds the uses of a module to `uses`, in the order of its lines."""
        first = len(self.uses)
        self.body(tree.body)
        while self.later:
            scopes, node = self.later.pop(0)
            outside, self.scopes = self.scopes, [*scopes, {}]
            self.parameters(node.args)
            if isinstance(node, ast.Lambda):
                self.value(node.body)
            else:
                self.body(node.body)
            self.scopes = outside
        self.uses[first:] = sorted(set(self.uses[first:]), key=lambda use: (use.line, use.name))

    # Names

    def find(self, name: str) -> str | None:
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        return None

    def name(self, name: str, value: str | None) -> None:
        inner = self.scopes[-1]
        scope = self.scopes[0] if inner.get(f"global {name}") else inner
        scope[name] = value

    def bind(self, target: ast.expr, value: str | None) -> None:
        """What an assignment to `target` does; a pattern binds its names to what is not known."""
        if isinstance(target, ast.Name):
            self.name(target.id, value)
        elif isinstance(target, (ast.Tuple, ast.List)):
            for item in target.elts:
                self.bind(item, None)
        elif isinstance(target, ast.Starred):
            self.bind(target.value, None)
        else:
            self.value(target)

    def use(self, name: str, node: ast.stmt | ast.expr, imported: bool = False) -> None:
        self.uses.append(Use(name, node.lineno, imported))

    def parameters(self, arguments: ast.arguments) -> None:
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        for argument in filter(None, every):
            self.scopes[-1][argument.arg] = None

    # Statements

    def body(self, statements: Sequence[ast.stmt]) -> None:
        for statement in statements:
            getattr(self, f"read_{type(statement).__name__}", self.others)(statement)

    def others(self, node: ast.AST) -> None:
        """Any other part of the syntax: its expressions, then its statements."""
        if isinstance(node, ast.expr):
            self.value(node)
            return
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                self.body([child])
            else:
                self.others(child)

    def branches(self, *bodies: Sequence[ast.stmt]) -> None:
        """Bodies of which any may have run: what one of them binds to a name of MXNet's stays bound to it."""
        scope = self.scopes[-1]     # the same object throughout: functions that are defined here hold it
        before: _Scope = dict(scope)
        after: _Scope = {}
        for body in bodies:
            scope.clear()
            scope.update(before)
            self.body(body)
            for name, value in scope.items():
                after[name] = after.get(name) or value
        scope.update(after)

    def read_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            first = alias.name.partition(".")[0]
            ours = first == "mxnet"
            if ours:
                self.use(alias.name, node, imported=True)
            self.name(alias.asname or first, (alias.name if alias.asname else first) if ours else None)

    def read_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = "" if node.level else node.module or ""
        ours = module.partition(".")[0] == "mxnet"
        for alias in node.names:
            if ours:
                self.use(module if alias.name == "*" else f"{module}.{alias.name}", node, imported=True)
            if alias.name != "*":
                self.name(alias.asname or alias.name, f"{module}.{alias.name}" if ours else None)
            elif ours:
                for name in self.stars(module):
                    self.name(name, f"{module}.{name}")

    def read_Assign(self, node: ast.Assign) -> None:
        target = node.targets[0]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple) and len(node.targets) == 1:
            if len(target.elts) == len(node.value.elts):
                values = [self.value(item) for item in node.value.elts]
                for item, value in zip(target.elts, values, strict=True):
                    self.bind(item, value)
                return
        value = self.value(node.value)
        for target in node.targets:
            self.bind(target, value)

    def read_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.value(node.annotation)
        self.bind(node.target, self.value(node.value) if node.value else None)

    def read_AugAssign(self, node: ast.AugAssign) -> None:
        self.value(node.target)
        self.value(node.value)

    def read_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.bind(node.target, _element(self.value(node.iter)))
        self.branches([], [*node.body, *node.orelse])

    read_AsyncFor = read_For

    def read_While(self, node: ast.While) -> None:
        self.value(node.test)
        self.branches([], [*node.body, *node.orelse])

    def read_If(self, node: ast.If) -> None:
        self.value(node.test)
        self.branches(node.body, node.orelse)

    def read_Try(self, node: Any) -> None:
        handlers = [handler.body for handler in node.handlers]
        for handler in node.handlers:
            if handler.type:
                self.value(handler.type)
        self.branches([*node.body, *node.orelse], *handlers)
        self.body(node.finalbody)

    read_TryStar = read_Try

    def read_With(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            value = self.value(item.context_expr)
            if item.optional_vars:
                self.bind(item.optional_vars, value)
        self.body(node.body)

    read_AsyncWith = read_With

    def read_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for outside in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.value(outside)
        annotated = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        for annotation in filter(None, [*(argument.annotation for argument in annotated), node.returns]):
            self.value(annotation)
        self.scopes[-1][node.name] = None
        self.later.append((self.enclosing(), node))

    read_AsyncFunctionDef = read_FunctionDef

    def read_ClassDef(self, node: ast.ClassDef) -> None:
        for outside in (*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)):
            self.value(outside)
        self.scopes.append({"in a class": "yes"})
        self.body(node.body)
        self.scopes.pop()
        self.scopes[-1][node.name] = None

    def read_Global(self, node: ast.Global) -> None:
        self.scopes[-1].update({f"global {name}": "yes" for name in node.names})

    def enclosing(self) -> list[_Scope]:
        """The scopes that a function defined here sees: not those of classes."""
        return [scope for scope in self.scopes if not scope.get("in a class")]

    # Expressions

    def value(self, node: ast.expr) -> str | None:
        """What an expression stands for; the names in it are noted."""
        find: Callable[[ast.expr], str | None] | None = getattr(self, f"value_{type(node).__name__}", None)
        if find:
            return find(node)
        if isinstance(node, _COMPREHENSIONS):
            self.comprehension(node)
        else:
            for child in ast.iter_child_nodes(node):
                self.others(child)
        return None

    def value_Name(self, node: ast.Name) -> str | None:
        value = self.find(node.id)
        if value and value.count(".") and not value.endswith("()"):
            self.use(value, node)
        return value

    def value_Attribute(self, node: ast.Attribute) -> str | None:
        base = self.find(node.value.id) if isinstance(node.value, ast.Name) else self.chain(node.value)
        return self.attribute(base, node.attr, node)

    def chain(self, node: ast.expr) -> str | None:
        """The value of what an attribute is taken of; of "mxnet.nd.dot" only the whole is a use."""
        if not isinstance(node, ast.Attribute):
            return self.value(node)
        base = self.find(node.value.id) if isinstance(node.value, ast.Name) else self.chain(node.value)
        whole = self.attribute(base, node.attr, None)
        if base and base.endswith("()"):
            self.use(f"{base[:-2]}.{node.attr}", node)
        return whole

    def attribute(self, base: str | None, name: str, node: ast.expr | None) -> str | None:
        if not base:
            return None
        array = base.endswith("()")
        whole = f"{base[:-2]}.{name}" if array else f"{base}.{name}"
        if node is not None:
            self.use(whole, node)
        if not array:
            return whole
        return None if name in _PLAIN else base if name in ("T", "grad") else whole

    def value_Call(self, node: ast.Call) -> str | None:
        if isinstance(node.func, ast.Name) and node.func.id in ("getattr", "hasattr") and len(node.args) > 1:
            named = node.args[1]
            if isinstance(named, ast.Constant) and isinstance(named.value, str) and named.value.isidentifier():
                base = self.chain(node.args[0]) if isinstance(node.args[0], ast.Attribute) else self.value(node.args[0])
                for argument in node.args[2:]:
                    self.value(argument)
                return self.attribute(base, named.value, node if node.func.id == "getattr" else None)
        function = self.value(node.func)
        for argument in node.args:
            self.value(argument)
        for keyword in node.keywords:
            self.value(keyword.value)
        return _result(function)

    def value_BinOp(self, node: ast.BinOp) -> str | None:
        return self.either(node.left, node.right)

    def value_IfExp(self, node: ast.IfExp) -> str | None:
        self.value(node.test)
        return self.either(node.body, node.orelse)

    def value_BoolOp(self, node: ast.BoolOp) -> str | None:
        return self.either(*node.values)

    def value_Compare(self, node: ast.Compare) -> str | None:
        return _array(self.either(node.left, *node.comparators))

    def value_UnaryOp(self, node: ast.UnaryOp) -> str | None:
        return _array(self.value(node.operand))

    def either(self, *nodes: ast.expr) -> str | None:
        values = [self.value(node) for node in nodes]
        return NP if NP in values else next(filter(None, values), None)

    def value_Subscript(self, node: ast.Subscript) -> str | None:
        value = self.value(node.value)
        self.value(node.slice)
        return _array(value)

    def value_NamedExpr(self, node: ast.NamedExpr) -> str | None:
        value = self.value(node.value)
        self.bind(node.target, value)
        return value

    def value_Lambda(self, node: ast.Lambda) -> None:
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.value(default)
        self.later.append((self.enclosing(), node))

    def comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        self.scopes.append({})
        for generator in node.generators:
            self.bind(generator.target, _element(self.value(generator.iter)))
            for test in generator.ifs:
                self.value(test)
        for part in ("elt", "key", "value"):
            if hasattr(node, part):
                self.value(getattr(node, part))
        self.scopes.pop()


def _array(value: str | None) -> str | None:
    return value if value and value.endswith("()") else None


_element = _array       # of an array, along its first axis


def _result(function: str | None) -> str | None:
    """What a call of a name of MXNet's gives: arrays, as far as can be told."""
    if not function or function.endswith("()"):
        return None
    for kind in (NP, ND):
        if function.startswith(kind[:-2] + "."):
            method = function.rpartition(".")[2]
            return {"as_np_ndarray": NP, "as_nd_ndarray": ND}.get(method, None if method in _PLAIN else kind)
    space = ".".join(function.split(".")[:2])
    return _CLASSES.get(space) if function.count(".") > 1 else None
