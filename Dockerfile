# syntax=docker/dockerfile:1
# Bifocal as an image: `docker build -t bifocal .`; compose.yaml runs it, docs/operating.md says how.
ARG PYTHON=python:3.13-slim

FROM ${PYTHON} AS build
WORKDIR /src
RUN python3 -m venv /opt/bifocal
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY jobs jobs
COPY storage storage
RUN /opt/bifocal/bin/pip install --no-cache-dir --constraint constraints.txt '.[postgres]'

FROM ${PYTHON}
RUN useradd --system --uid 10001 --home-dir /data --no-create-home bifocal \
 && install --directory --owner bifocal --mode 0700 /data
COPY --from=build /opt/bifocal /opt/bifocal
ENV PATH=/opt/bifocal/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    DATABASE_URL=sqlite:////data/bifocal.db \
    HOST=0.0.0.0 \
    PORT=3000
# a number, so that a platform which forbids root can see that it is none
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
# alive, not ready: a bot that waits for Slack or the database must not be killed for it
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python3", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/healthz\", timeout=4)"]
ENTRYPOINT ["bifocal"]
CMD ["run"]
