"""`kaoguan rubrics schema`: the JSON Schema of a rubric file."""

import json

from kaoguan.cli.streams import print_data
from kaoguan.rubrics import schema as json_schema


def command() -> None:
    """Print the JSON Schema of a rubric file, for editors and other programs."""
    print_data(json.dumps(json_schema(), ensure_ascii=False, indent=2))
