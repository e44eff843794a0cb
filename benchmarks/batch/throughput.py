"""2 000 LLM grades against a bare loop, in one run: python benchmarks/batch/throughput.py [--answers 2000] [--rounds 3]

Both are whole processes, one after the other, round after round; at each concurrency the median counts, and of the
concurrencies the best for each side. The bare loop sends the very requests that kaoguan sends and reads the JSON.
Start-up is what a process with a single answer takes, less the latency; with it, and then without it. On a machine that
others use too, only the processor's seconds say anything.
"""

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

import work

LATENCY = 0.2


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--answers", type=int, default=2000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--concurrency", type=int, nargs="+", default=[100, 200, 400])
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, work.serving("--latency", str(LATENCY)) as server:
        place = Path(folder)
        work.write_answers(place / "a.csv", chosen.answers)
        work.write_answers(place / "one.csv", 1)
        _record(place, chosen.answers)
        times: dict[tuple[str, int], list[float]] = {}
        processor: dict[tuple[str, int], list[float]] = {}
        per_answer = []
        starts: dict[str, list[float]] = {"ours": [], "bare": []}
        for round_ in range(chosen.rounds):
            starts["ours"].append(_ours(place, server.url, 1, f"{round_}-one", "one.csv").seconds)
            starts["bare"].append(_bare(place, server.url, 1, "one.jsonl").seconds)
            for concurrency in chosen.concurrency:
                before = server.counts()[0]
                ours = _ours(place, server.url, concurrency, f"{round_}-{concurrency}")
                per_answer.append((server.counts()[0] - before - 1) / chosen.answers)
                bare = _bare(place, server.url, concurrency)
                for who, ran in (("ours", ours), ("bare", bare)):
                    times.setdefault((who, concurrency), []).append(ran.seconds)
                    processor.setdefault((who, concurrency), []).append(ran.processor)
                print(
                    f"round {round_ + 1}, {concurrency} at once: ours {ours.seconds:.2f} s, bare {bare.seconds:.2f} s;"
                    f" of the processor {ours.processor:.2f} s, {bare.processor:.2f} s",
                    flush=True,
                )
        medians, best = _medians(times)
        for key, value in sorted(medians.items()):
            print(f"{key[0]} at {key[1]}: {value:.2f} s, {chosen.answers / value:.0f} answers/s")
        print(f"best against best: {best['bare'] / best['ours']:.2f} of the bare loop's throughput")
        start = {who: statistics.median(found) - LATENCY for who, found in starts.items()}
        after = (best["bare"] - start["bare"]) / (best["ours"] - start["ours"])
        print(f"start-up: ours {start['ours']:.2f} s, bare {start['bare']:.2f} s; without it {after:.2f}")
        used = _medians(processor)[1]
        print(f"processor, start-up included: {used['bare'] / used['ours']:.2f} of the bare loop's throughput")
        print(f"requests per answer: {max(per_answer):.3f} (and one to find out what the endpoint can do)")


def _medians(seconds: dict[tuple[str, int], list[float]]) -> tuple[dict[tuple[str, int], float], dict[str, float]]:
    """Return the median of each side and concurrency, and the best of each side."""
    medians = {key: statistics.median(found) for key, found in seconds.items()}
    return medians, {who: min(value for (one, _), value in medians.items() if one == who) for who in ("ours", "bare")}


def _ours(place: Path, url: str, concurrency: int, name: str, answers: str = "a.csv") -> work.Ran:
    out = place / f"{name}.jsonl"
    command = work.grade(str(place / answers), "-o", str(out), "--judge", "llm", "--concurrency", str(concurrency))
    ran = work.run(command, work.environment(place / f"home-{name}", url))
    if ran.code:
        raise SystemExit(ran.stderr)
    return ran


def _bare(place: Path, url: str, concurrency: int, requests: str = "requests.jsonl") -> work.Ran:
    command = [sys.executable, str(work.HERE / "bare.py"), str(place / requests), url, str(concurrency)]
    ran = work.run(command, work.environment(place / "home-bare"))
    if ran.code:
        raise SystemExit(ran.stderr)
    return ran


def _record(place: Path, count: int) -> None:
    """Write the requests that kaoguan sends for these answers."""
    sys.path.insert(0, str(work.ROOT / "src"))
    from server import reply

    from kaoguan.testing import Endpoint

    with Endpoint(reply) as endpoint:
        command = work.grade(str(place / "a.csv"), "-o", str(place / "r.jsonl"), "--judge", "llm")
        ran = work.run(command, work.environment(place / "home-record", endpoint.url))
        if ran.code:
            raise SystemExit(ran.stderr)
        bodies = [request.body for request in endpoint.requests[1:]]
    assert len(bodies) == count, len(bodies)
    lines = [json.dumps(body, ensure_ascii=False) for body in bodies]
    (place / "requests.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (place / "one.jsonl").write_text(lines[0], encoding="utf-8")


if __name__ == "__main__":
    main()
