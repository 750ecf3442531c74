# Rekompis as a container: only what it needs to run, compiled, and nobody's root.
FROM python:3.11-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never
WORKDIR /src

# What seldom changes first. The tools stay behind in this stage.
COPY requirements-uv.lock requirements-run.lock ./
RUN python -m venv /tools \
    && /tools/bin/python -m pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
    && python -m venv --without-pip /app \
    && /tools/bin/uv pip install --python /app/bin/python --require-hashes -r requirements-run.lock

COPY pyproject.toml README.md requirements.lock ./
COPY manifest manifest
COPY sample sample
COPY domain domain
COPY dialogs dialogs
COPY messages messages
COPY storage storage
COPY delivery delivery
COPY bot bot
# The build tool is one of requirements.lock, with its hash. What answers are looked up with is made here, because
# the running container may write nowhere.
RUN /tools/bin/uv build --wheel --out-dir /wheel --build-constraints requirements.lock --require-hashes \
    && /tools/bin/uv pip install --python /app/bin/python --no-deps /wheel/*.whl \
    && /app/bin/rekompis scheme prepare


FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/rekompis --create-home rekompis
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    REKOMPIS_HOST=0.0.0.0 \
    REKOMPIS_PORT=3978 \
    REKOMPIS_METRICS_HOST=0.0.0.0 \
    REKOMPIS_METRICS_PORT=3979
USER 10001
# Only SQLite writes here, below var/.
WORKDIR /var/lib/rekompis
EXPOSE 3978 3979
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"REKOMPIS_PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["rekompis"]
CMD ["serve"]
