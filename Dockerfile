# The API, the worker and the command in one image; what it runs is the service's command.
FROM python:3.11.14-slim-bookworm

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1
# Articles of a repository have their dates from git.
RUN apt-get update && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 wellkept \
    && mkdir /data && chown wellkept:wellkept /data
WORKDIR /app

COPY constraints.txt ./
RUN pip install -c constraints.txt torch
COPY pyproject.toml README.md LICENSE ./
COPY kb kb
COPY agent agent
COPY eval eval
COPY api api
COPY flows flows
COPY sample/backend sample/backend
RUN pip install -c constraints.txt '.[postgres]'

USER wellkept
ENV WELLKEPT_HOME=/data/home
VOLUME /data
EXPOSE 8000
CMD ["wellkept", "serve", "--host", "0.0.0.0"]
