"""A sweep on a cluster is the sweep of one machine, whoever dies on the way."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
from command_line import call

pytest.importorskip("distributed")

from local_cluster import SOURCE, local_cluster, waited_for
from sent_work import always_ends_its_worker, breaks, doubled, ends_its_worker_once

from regionsim.engine.guard import SimulationError
from regionsim.problems import ProblemsError
from regionsim.studies import cluster as clusters
from regionsim.studies.chunks import in_order
from regionsim.studies.cluster import connected
from regionsim.studies.likeness import description

SCENARIOS = Path("scenarios").resolve().as_posix()
CHUNKS = 8
STUDY = """\
name: small
scenarios: [base.yaml, plan.yaml]
design: {kind: latin-hypercube, members: 8, seed: 3}
parameters:
  participation_share: {}
  capital_elasticity[industry]: {low: 0.5, high: 3, outside_range: true}
levers:
  border.travel: {low: 0, high: 1}
outputs: {variables: [population, output], regions: [zone], years: [2021, 2027]}
chunk: 2
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler, for which tests start workers as they need them."""
    with local_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """The file of a study with eight chunks, in which some members break within few years."""
    file = tmp_path_factory.mktemp("study") / "study.yaml"
    for name in ("base", "plan"):
        text = f"name: {name}\nextends: {SCENARIOS}/{name}.yaml\nrun: {{end: 2027}}\n"
        (file.parent / f"{name}.yaml").write_text(text, encoding="utf-8")
    file.write_text(STUDY, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def whole(study):
    """What one process of this machine makes of it."""
    assert call("sweep", study, "--out", study.parent / "whole", "--processes", 1).status == 0
    return contents(study.parent / "whole" / "small")


def contents(directory):
    files = (path for path in sorted(directory.rglob("*")) if path.is_file())
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in files}


def chunks(out):
    return list((out / "small" / "chunks").glob("0*.npz"))


def test_a_worker_that_is_killed_in_mid_sweep_changes_no_bit(cluster, study, whole, tmp_path):
    cluster.have(2)
    victim, left = cluster.processes[-1], []

    def kill():
        waited_for(lambda: chunks(tmp_path))
        victim.send_signal(signal.SIGKILL)
        left.append(len(chunks(tmp_path)))

    killer = threading.Thread(target=kill)
    killer.start()
    said = call("sweep", study, "--out", tmp_path, "--scheduler", cluster.address)
    killer.join()
    assert (said.status, said.error) == (0, "")
    assert 0 < left[0] < CHUNKS, "the worker was to be killed halfway"
    assert victim.wait(timeout=10) == -signal.SIGKILL
    assert contents(tmp_path / "small") == whole
    assert b"perceived_wage" in whole["failures.csv"]


def test_machine_code_on_a_cluster_yields_the_same_bits(cluster, study, tmp_path):
    pytest.importorskip("llvmlite")
    cluster.have(2)
    words = ("--engine", "compiled")
    assert call("sweep", study, "--out", tmp_path / "here", "--processes", 1, *words).status == 0
    assert call("sweep", study, "--out", tmp_path / "there", "--scheduler", cluster.address, *words).status == 0
    assert contents(tmp_path / "there" / "small") == contents(tmp_path / "here" / "small")


def test_a_sweep_on_a_cluster_is_interrupted_and_finished_here(cluster, study, whole, tmp_path):
    from distributed import Client

    cluster.have(1)
    words = ("sweep", study, "--out", tmp_path, "--scheduler", cluster.address)
    process = subprocess.Popen(
        [sys.executable, "-m", "regionsim.cli", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stderr=subprocess.PIPE,
    )
    waited_for(lambda: chunks(tmp_path))
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.decode().splitlines()[-1] == f"interrupted; resume with: regionsim {' '.join(map(str, words))} --resume"
    with Client(cluster.address, set_as_default=False) as client:
        waited_for(lambda: not client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)))
    assert 0 < len(chunks(tmp_path)) < CHUNKS
    assert call("sweep", study, "--out", tmp_path, "--resume", "--processes", 1).status == 0
    assert contents(tmp_path / "small") == whole


def test_a_scheduler_that_is_lost_leaves_finished_chunks_and_says_how_to_go_on(study, tmp_path, monkeypatch):
    monkeypatch.setattr(clusters, "ANSWER", 1)
    with local_cluster(tmp_path) as own:
        own.have(1)
        killer = threading.Thread(target=lambda: waited_for(lambda: chunks(tmp_path), own.processes[0].kill))
        killer.start()
        said = call("sweep", study, "--out", tmp_path, "--scheduler", own.address)
        killer.join()
    assert said.status == 1
    assert f"finished chunks are kept; resume with: regionsim sweep {study} --out {tmp_path} --scheduler" in said.error
    assert said.error.endswith(f"the run stopped: the scheduler {own.address} is lost, or dropped the work\n")
    assert 0 < len(chunks(tmp_path)) < CHUNKS


def test_work_comes_back_by_its_place_and_is_done_again_where_a_worker_ended(cluster, tmp_path):
    cluster.have(2)
    with connected(cluster.address) as workers:
        workers.check(())
        assert list(in_order(workers.done(doubled, range(20)))) == [2 * k for k in range(20)]
        work = partial(ends_its_worker_once, tmp_path)
        assert list(in_order(workers.done(work, range(4)))) == [0, 2, 4, 6]
    assert (tmp_path / "done").exists()


def test_work_that_dask_gives_up_is_sent_again_until_it_has_ended_too_many_workers(cluster, tmp_path, monkeypatch):
    cluster.have(2)
    with connected(cluster.address) as workers:
        workers.check(())

        def give_up_at_once(dask_scheduler):
            dask_scheduler.allowed_failures = 0

        workers.client.run_on_scheduler(give_up_at_once)
        work = partial(ends_its_worker_once, tmp_path)
        assert list(in_order(workers.done(work, range(4)))) == [0, 2, 4, 6]
        monkeypatch.setattr(clusters, "MOST_ENDED", 1)
        with pytest.raises(SimulationError, match="1 workers ended at the same work, as they do when memory runs out"):
            list(workers.done(always_ends_its_worker, [0]))


def test_an_error_of_the_model_is_raised_here_and_not_tried_again(cluster, tmp_path):
    cluster.have(1)
    with connected(cluster.address) as workers:
        workers.check(())
        with pytest.raises(SimulationError, match="piece 7 broke") as caught:
            list(workers.done(partial(breaks, tmp_path), [7]))
    assert caught.value.members == {0: "it broke"}
    assert len(list(tmp_path.iterdir())) == 1


def test_workers_with_another_model_are_refused_before_work_begins(cluster, study, tmp_path):
    other = tmp_path / "source"
    shutil.copytree(SOURCE / "regionsim", other / "regionsim")
    with (other / "regionsim" / "parameters" / "land.yaml").open("a", encoding="utf-8") as file:
        file.write("# another edition\n")
    with local_cluster(tmp_path) as own:
        worker = own.worker(source=other)
        said = call("sweep", study, "--out", tmp_path / "out", "--scheduler", own.address)
        worker.kill()
    assert said.status == 2
    here = description(())["data"][:12]
    line = r"tcp://127\.0\.0\.1:\d+: the worker is not as this machine; found data and model [0-9a-f]{12}; "
    assert re.fullmatch(f"{line}expected data and model {here}\n", said.error)
    assert not (tmp_path / "out").exists()


def test_a_worker_that_comes_later_and_is_another_one_is_refused_by_its_first_work(cluster):
    cluster.have(1)
    with connected(cluster.address) as workers:
        workers.here = {**description(()), "regionsim": "0.0.9"}
        with pytest.raises(ProblemsError, match=r"found regionsim 0\.1\.0; expected regionsim 0\.0\.9"):
            list(workers.done(doubled, [1]))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("tcp://127.0.0.1:9", "no scheduler answers within 1 s"),
        ("nowhere at all", "not an address"),
        ("what://127.0.0.1:9", "not an address"),
    ],
)
def test_where_no_scheduler_answers_one_line_says_so(study, tmp_path, monkeypatch, address, words):
    monkeypatch.setattr(clusters, "ANSWER", 1)
    said = call("sweep", study, "--out", tmp_path / "out", "--scheduler", address)
    assert (said.status, said.out) == (2, "")
    assert said.error == f"{address}: {words}; expected {clusters.ADDRESS}\n"
    assert not (tmp_path / "out").exists()


def test_a_scheduler_without_workers_is_waited_for_and_then_refused(study, tmp_path, monkeypatch):
    monkeypatch.setattr(clusters, "FIRST_WORKER", 1)
    with local_cluster(tmp_path) as own:
        said = call("sweep", study, "--out", tmp_path / "out", "--scheduler", own.address)
    assert said.status == 2
    assert said.error == f"{own.address}: the scheduler has had no worker for 1 s; expected one worker or more\n"


def test_a_cluster_without_its_extra_is_refused_in_one_line(study, tmp_path, monkeypatch):
    monkeypatch.setattr(clusters, "find_spec", lambda name: None)
    said = call("sweep", study, "--out", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9")
    assert said.status == 2
    expected = "expected pip install 'regionsim[cluster]'"
    assert said.error == f"--scheduler: dask's distributed is not installed; {expected}\n"
