"""`python -m kaoguan` is `kaoguan`."""

from kaoguan.cli.main import run

run()
