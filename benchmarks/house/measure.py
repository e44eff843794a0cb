"""How the code is built, in numbers: `python benchmarks/house/measure.py [SRC]`. The figures stand in ARCHITECTURE.md.

Repeated code is looked for as runs of statements that are the same but for the names of variables.
"""

import ast
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "kaoguan"
LONG = 50
# Of statements that follow one another, this many nodes are worth a look: about five lines.
REPEATED = 45
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(source: Path) -> dict[str, Path]:
    """Return every module by its dotted name."""
    found = {}
    for path in sorted((source / PACKAGE).rglob("*.py")):
        parts = path.relative_to(source).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def homes(trees: dict[str, ast.Module], known: dict[str, Path]) -> dict[str, str]:
    """Return where each name lives that a package shows: `kaoguan.store.Store` in `kaoguan.store.database`."""
    found = {}
    for package, tree in trees.items():
        if known[package].name != "__init__.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in known:
                found |= {f"{package}.{name.asname or name.name}": node.module for name in node.names}
    return found


def imported(tree: ast.Module, known: dict[str, Path], shown: dict[str, str]) -> set[str]:
    """Return the modules that are imported, also within functions, for types only and through a package's face."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names if name.name in known}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                if whole in known:
                    found.add(whole)
                elif node.module in known:
                    found |= {node.module, shown.get(whole, node.module)}
    return found


def functions(tree: ast.Module) -> Iterator[Function]:
    """Yield every function and method."""
    yield from (node for node in ast.walk(tree) if isinstance(node, Function))


def public(tree: ast.Module) -> Iterator[str]:
    """Yield the functions, classes and constants that a module defines for others."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names = [node.target.id]
        else:
            continue
        yield from (name for name in names if not name.startswith("_"))


class _Shape(ast.NodeTransformer):
    """Forgets what variables are called, and keeps attributes, functions and constants."""

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(id="_", ctx=ast.Load())

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.arg(arg="_", annotation=None)


def shapes(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield what each function does, but for its names and its docstring, and where it stands."""
    for function in functions(tree):
        body = [one for one in function.body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]
        if sum(1 for one in body for _ in ast.walk(one)) < REPEATED:
            continue
        copy = ast.parse("\n".join(ast.unparse(one) for one in body))
        yield ast.dump(_Shape().visit(copy)), function.lineno


def main(source: Path) -> None:
    """Print the figures."""
    paths = modules(source)
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in paths.items()}
    importers: dict[str, set[str]] = defaultdict(set)
    shown = homes(trees, paths)
    for name, tree in trees.items():
        for other in imported(tree, paths, shown) - {name}:
            # A package that only shows a name does not use it.
            if not (paths[name].name == "__init__.py" and other.startswith(f"{name}.")):
                importers[other].add(name)
    sizes = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in paths.items()}
    # A package's own file says only what is in it.
    files = {name: size for name, size in sizes.items() if paths[name].name != "__init__.py"}
    lengths = [(node.end_lineno or 0) - node.lineno + 1 for tree in trees.values() for node in functions(tree)]
    defined: dict[str, list[str]] = defaultdict(list)
    repeated: dict[str, list[str]] = defaultdict(list)
    for name, tree in trees.items():
        for one in set(public(tree)):
            defined[one].append(name)
        for shape, line in shapes(tree):
            repeated[shape].append(f"{name}:{line}")
    twice = {name: places for name, places in sorted(defined.items()) if len(places) > 1}
    single = sorted(name for name in files if len(importers[name]) == 1)
    long_ones = sum(length > LONG for length in lengths)
    print(f"modules                          {len(files)}")
    print(f"median file, lines               {statistics.median(files.values()):.0f}")
    print(f"files over 250 lines             {sum(size > 250 for size in files.values())}")
    print(f"functions over {LONG} lines          {long_ones} of {len(lengths)} ({long_ones / len(lengths):.1%})")
    print(f"modules with one importer        {len(single)}")
    print(f"public names defined twice       {len(twice)} of {len(defined)}")
    print(f"functions that say the same      {sum(len(places) > 1 for places in repeated.values())}")
    if "-v" in sys.argv:
        print("\n".join(f"  one importer: {name} <- {min(importers[name])}" for name in single))
        print("\n".join(f"  twice: {name}: {', '.join(places)}" for name, places in twice.items()))
        print("\n".join(f"  same: {', '.join(places)}" for places in repeated.values() if len(places) > 1))


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "-v"]
    main(Path(arguments[0]) if arguments else Path(__file__).parents[2] / "src")
