"""The command line: one file per command, each parses, calls and draws.

`kaoguan --help` imports none of them (see `lazy`), so each imports at its top what its command needs, but for what one
branch alone pays dearly for.
"""
