# syntax=docker/dockerfile:1
ARG PYTHON=3.13

# The wheel carries the compiled rulebook, so that the image has nothing left to build when it runs.
FROM python:${PYTHON}-slim AS build
WORKDIR /source
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/perfgoals-lint
COPY . .
RUN /opt/perfgoals-lint/bin/pip install --no-compile '.[all]' \
    && /opt/perfgoals-lint/bin/pip uninstall --yes pip

FROM python:${PYTHON}-slim
LABEL org.opencontainers.image.title="perfgoals-lint" \
      org.opencontainers.image.description="A linter for Chinese budget performance-goal tables" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/perfgoals-lint /opt/perfgoals-lint
ENV PATH="/opt/perfgoals-lint/bin:$PATH" \
    PERFGOALS_CACHE_DIR=/tmp/perfgoals-lint \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUTF8=1
# A number, so that a cluster can see that it is not root. The tables are mounted at /data, read-only is enough.
USER 10001:10001
WORKDIR /data
ENTRYPOINT ["perfgoals-lint"]
CMD ["check", "."]
