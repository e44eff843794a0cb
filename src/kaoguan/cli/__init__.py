"""The command line: one file per command, each parses, calls and draws.

`kaoguan --help` imports all of them, so at their top they import only typer and the standard library; what a command
needs it imports when it runs.
"""
