"""`kaoguan distill`: documents become draft rubrics, ready to be interviewed on."""

import json
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import typer

from kaoguan import config, prompts, rubrics
from kaoguan.assembly.grounding import supports
from kaoguan.assembly.judges import judging
from kaoguan.cli.embedders import ready
from kaoguan.cli.options import AsJson, EmbedderOption
from kaoguan.cli.screen import confirmed, console
from kaoguan.cli.streams import print_data, tell_error
from kaoguan.config import Settings
from kaoguan.distill import Distilled, Estimate, LlmDistiller, OfflineDistiller, RubricChange, apply, plan, unfilled
from kaoguan.documents import Document, Found, find, read
from kaoguan.documents.at_hand import remember
from kaoguan.errors import DocumentError, ExitCode, InputError, ProviderError
from kaoguan.lint import Against, Known, against
from kaoguan.models import LANGUAGES, Language, Usage
from kaoguan.prompts import Wording, translated
from kaoguan.report.table import Column, table
from kaoguan.text import one_line
from kaoguan.text.script import is_chinese

Method = Literal["auto", "offline", "llm"]


def command(  # noqa: PLR0913, PLR0917 - one parameter per option
    documents: Annotated[list[str], typer.Argument(metavar="DOC...", help="Files, folders or globs.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="The folder of rubrics to make or update.")],
    method: Annotated[
        Method,
        typer.Option("--with", help="offline: by rules. llm: your language model. auto: llm where one is configured."),
    ] = "auto",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show the changes as a diff.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="List the boilerplate and what was dropped.")] = False,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Keep questions without an answer, too: as drafts that nobody is asked.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before a language model is paid.")] = False,
    embedder: EmbedderOption = None,
    as_json: AsJson = False,
) -> None:
    """Make draft rubrics of documents: Markdown, text, HTML, PDF, DOCX, EPUB, Jupyter notebooks.

    Run again after a document or a rubric has changed: ids and everything you edited stay, only what the document
    changed comes in. Exit code 0: all documents were read. 4: rubrics were made, but some documents could not be
    read. 2: nothing was made.
    """
    # Which model the judge hears that keeps a language model's rubrics to their documents.
    settings = ready(judging("offline", embedder)).settings
    found = find(documents)
    read, unreadable = _read(found)
    spoken = _language(settings, read)
    wording = prompts.load("distill", spoken)
    made, by = _distilled(method, settings, read, wording, yes)
    if not made.rubrics and made.unread:
        why = f"the model gave nothing usable ({made.unread[0].why})"
        raise ProviderError(made.unread[0].document, why, "see `kaoguan doctor`, or use --with offline")
    open_questions = list(unfilled(made.unanswered)) if drafts else []
    if not made.rubrics and not open_questions and made.unanswered:
        what = wording.say("only_questions", count=str(len(made.unanswered)))
        raise InputError(", ".join(documents), what, wording.say("only_questions_mend"))
    if not made.rubrics and not open_questions:
        raise InputError(", ".join(documents), wording.say("found_none"), wording.say("found_none_mend"))
    names = ", ".join(document.name for document in read[:3]) + (" …" if len(read) > 3 else "")
    changes = plan(out, (*made.rubrics, *open_questions), wording.say("comment", documents=names))
    doubtful = _doubtful(made)
    if not dry_run:
        apply(out, changes)
        remember(config.folders().documents, found.documents)
    if as_json:
        print_data(json.dumps(_report(out, read, made, changes, doubtful), ensure_ascii=False, indent=2))
    elif diff:
        typer.echo("".join(change.diff for change in changes), nl=False)
    else:
        _draw(changes, wording)
    telling = _Telling(wording, verbose)
    telling.found(read, made, changes)
    typer.echo(by, err=True)
    telling.left_out(read, made, kept=len(open_questions))
    telling.kept(changes)
    telling.first_look(changes)
    telling.doubtful(doubtful, spoken)
    if found.skipped:
        telling.say("skipped", count=len(found.skipped))
    telling.say("dry_run" if dry_run else "next", folder=shlex.quote(str(out)))
    if unreadable:
        telling.say("unreadable", count=unreadable)
    if unreadable or made.unread:
        raise typer.Exit(ExitCode.SOME_UNSCORED)


def _read(found: Found) -> tuple[list[Document], int]:
    """Return the documents that can be read and how many cannot; DocumentError when none can."""
    documents, faults = [], []
    for path in found.documents:
        try:
            documents.append(read(path))
        except DocumentError as error:
            faults.append(error)
    if not documents:
        raise faults[0] if faults else InputError("DOC", "there are no documents there", "name files or folders")
    for fault in faults:
        tell_error(fault)
    return documents, len(faults)


def _distilled(
    method: Method, settings: Settings, documents: list[Document], wording: Wording, yes: bool
) -> tuple[Distilled, str]:
    """Return the draft rubrics and a sentence on who made them."""
    if method == "offline" or (method == "auto" and not settings.has_endpoint):
        return OfflineDistiller().distill(documents), wording.say("by_offline")
    from kaoguan import llm  # openai costs 0.65 s

    folders = config.folders()
    model = llm.open_model(settings, folders)
    words = {language: prompts.load("distill_model", language, own=folders.prompts) for language in LANGUAGES}
    distiller = LlmDistiller(model, words, supports=supports(settings.embedder), progress=_progress)
    estimate = distiller.estimate(documents)
    typer.echo(wording.say("estimate", **_priced(model.name, settings, estimate, wording)), err=True)
    if not yes and sys.stdin.isatty() and sys.stderr.isatty() and not confirmed(wording.say("proceed")):
        raise typer.Exit(ExitCode.INTERRUPTED)
    return distiller.distill(documents), wording.say("by_llm", model=model.name)


def _doubtful(made: Distilled) -> list[Against]:
    """Return the points that contradict the shipped questions or the statements of the field, as words alone tell."""
    # The judge, which `rubrics check` asks as well, would cost 280 MB here.
    return list(against(made.rubrics, Known(rubrics.load_bundled().values())))


def _priced(model: str, settings: Settings, estimate: Estimate, wording: Wording) -> dict[str, str]:
    from kaoguan.llm.prices import FREE, price

    found = price(model, settings.base_url or "", config.folders().prices)
    tokens = Usage(prompt_tokens=estimate.prompt_tokens, completion_tokens=estimate.completion_tokens)
    if found is None:
        cost = wording.say("cost_unknown")
    elif found == FREE:
        cost = wording.say("cost_free")
    else:
        cost = wording.say("cost", amount=f"{found.of(tokens):.2g}")
    thousand = max(1, round((estimate.prompt_tokens + estimate.completion_tokens) / 1000))
    return {"model": model, "calls": str(estimate.requests), "tokens": str(thousand), "cost": cost}


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r{done}/{of}" + ("\n" if done == of else ""), err=True, nl=False)


def _language(settings: Settings, documents: Sequence[Document]) -> Language:
    """Return the language to speak: the chosen one, else that of the first document."""
    sample = "".join(line.text for line in documents[0].lines[:200])
    own: Language = "zh" if is_chinese(sample) else "en"
    return settings.chosen_language or own


def _draw(changes: Sequence[RubricChange], wording: Wording) -> None:
    say = wording.say
    titles = ("", say("column_id"), say("column_points"))
    rows = table(*map(Column, titles), Column(say("column_question"), folds=True))
    for change in changes:
        rubric = change.rubric
        rows.add_row(say(f"outcome_{change.outcome.value}"), rubric.id, str(len(rubric.key_points)), rubric.question)
    console().print(rows, markup=False)


# So few are looked through anyway.
_TO_LOOK_AT = 3


class _Telling(NamedTuple):
    """What there is to say on stderr when all is done."""

    wording: Wording
    verbose: bool

    def say(self, key: str, **values: object) -> None:
        """Say one sentence; what it quotes is untrusted."""
        shown = {name: one_line(str(value)) for name, value in values.items()}
        typer.echo(self.wording.say(key, **shown), err=True)

    def listed(self, key: str, items: Sequence[Mapping[str, object]]) -> None:
        """Say how many there are, and which ones if wished."""
        if items:
            self.say(key, count=len(items))
        for item in items if self.verbose else ():
            self.say(f"{key}_line", **item)

    def found(self, documents: Sequence[Document], made: Distilled, changes: Sequence[RubricChange]) -> None:
        """Say what the documents held."""
        outcomes = [change.outcome.value for change in changes]
        points = sum(len(rubric.key_points) for rubric in made.rubrics)
        count = {name: outcomes.count(name) for name in ("new", "changed", "unchanged")}
        self.say("found", documents=len(documents), questions=len(made.rubrics), points=points, **count)

    def left_out(self, documents: Sequence[Document], made: Distilled, *, kept: int) -> None:
        """Say what no rubric holds, so that nothing disappears silently."""
        removed = [
            {"document": document.name, "line": line.number, "reason": line.reason, "text": line.text}
            for document in documents
            for line in document.removed
        ]
        self.listed("removed", removed)
        self.listed("unread", [unread.model_dump() for unread in made.unread])
        self.listed("dropped", [dropped.model_dump() for dropped in made.dropped])
        if kept:
            self.say("drafts", count=kept)
        else:
            self.listed("unanswered", [unanswered.model_dump() for unanswered in made.unanswered])
        if made.share is not None:
            self.say("share", percent=round(100 * made.share))
        unused = [{**one.model_dump(), "first": one.lines[0], "last": one.lines[1]} for one in made.unused]
        self.listed("unused", unused)

    def first_look(self, changes: Sequence[RubricChange]) -> None:
        """Name the rubrics that most likely need a hand: those with the fewest and the most points."""
        new = [change.rubric for change in changes if change.outcome == "new" and change.rubric.state == "ready"]
        if len(new) > _TO_LOOK_AT:
            by_points = sorted(new, key=lambda rubric: (len(rubric.key_points), sum(map(bool, rubric.notes))))
            self.say("first_look", ids=", ".join(rubric.id for rubric in (*by_points[:2], by_points[-1])))

    def doubtful(self, found: Sequence[Against], language: Language) -> None:
        """Name the points that contradict what is known: the document may be wrong there."""
        if found:
            self.say("doubtful", count=len(found))
        for one in found:
            self.say(
                "doubtful_line", id=one.rubric.id, place=one.finding.place, what=translated(one.finding.what, language)
            )

    def kept(self, changes: Sequence[RubricChange]) -> None:
        """Say where a hand edit came before the document."""
        for change in changes:
            if change.conflicts:
                self.say("conflict", path=change.path, fields=", ".join(change.conflicts), id=change.rubric.id)
            if change.outcome == "deleted":
                self.say("deleted", id=change.rubric.id)


def _report(
    out: Path,
    documents: Sequence[Document],
    made: Distilled,
    changes: Sequence[RubricChange],
    doubtful: Sequence[Against],
) -> dict[str, Any]:
    return {
        "folder": str(out),
        "documents": [{"name": document.name, "sha256": document.sha256} for document in documents],
        "rubrics": [
            {
                "id": change.rubric.id,
                "file": str(change.path),
                "outcome": change.outcome,
                "question": change.rubric.question,
                "key_points": len(change.rubric.key_points),
                "conflicts": change.conflicts,
            }
            for change in changes
        ],
        "doubtful": [{"id": one.rubric.id, "place": one.finding.place, "what": one.finding.what} for one in doubtful],
        "unanswered": [unanswered.model_dump() for unanswered in made.unanswered],
        "unused": [unused.model_dump() for unused in made.unused],
        "share": made.share,
        "unread": [unread.model_dump() for unread in made.unread],
        "dropped": [dropped.model_dump() for dropped in made.dropped],
        "removed": [
            {"document": document.name, **line.model_dump()} for document in documents for line in document.removed
        ],
    }
