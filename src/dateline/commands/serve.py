"""``dateline serve``: the record as a site."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from dateline import logs
from dateline.commands.options import DEFAULT_RECORD, RecordOption


def serve(
    record: RecordOption = DEFAULT_RECORD,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    base_url: Annotated[
        str | None,
        typer.Option(envvar="DATELINE_BASE_URL", metavar="URL", help="Where readers reach the site."),
    ] = None,
    show_text: Annotated[
        Literal["evidence", "full"],
        typer.Option(envvar="DATELINE_SHOW_TEXT", help="What the public sees of an article."),
    ] = "evidence",
    indexed: Annotated[
        bool, typer.Option("--indexed", envvar="DATELINE_INDEXED", help="Let search engines list the pages.")
    ] = False,
    require_second_factor: Annotated[
        bool,
        typer.Option(
            "--require-second-factor",
            envvar="DATELINE_REQUIRE_SECOND_FACTOR",
            help="Of analysts and moderators.",
        ),
    ] = False,
    secret_file: Annotated[
        Path | None,
        typer.Option(
            envvar="DATELINE_SECRET_FILE",
            help="The key that signs forms and makes second factors; else beside the record.",
        ),
    ] = None,
) -> None:
    """Serve the record as a site, until it is told to stop (Ctrl-C, or SIGTERM).

    Everything comes from the package: nothing is fetched from elsewhere. The other settings are variables
    of the environment; docs/site.md lists them.
    """
    import uvicorn

    from dateline.site.app import create_app
    from dateline.site.settings import SiteSettings

    settings = replace(
        SiteSettings.of(),
        record=record,
        base_url=(base_url or f"http://{host}:{port}").rstrip("/"),
        show_text=show_text,
        indexed=indexed,
        require_second_factor=require_second_factor,
        secret_file=str(secret_file or ""),
    )
    create_app(settings).state.site.record.close()  # what cannot be opened is said here, in one line
    os.environ.update(settings.environment() | {logs.VARIABLE: "json" if logs.structured() else "text"})
    uvicorn.run(
        "dateline.site.app:from_environment",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        loop="dateline.site.accepting:OneByOne" if workers > 1 else "auto",
        log_level="warning",
        server_header=False,
        proxy_headers=True,
        timeout_graceful_shutdown=10,
        timeout_worker_healthcheck=60,  # else a busy machine's workers are taken for dead, and killed
    )
