"""A cluster on this machine for the tests: prints its address and the process numbers of its workers, and ends with its
input."""

from __future__ import annotations

import sys
import warnings

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        print(*(nanny.pid for nanny in cluster.workers.values()), flush=True)
        sys.stdin.read()
