"""The command of the local web desk: `desk`."""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import ipaddress
import os
import tempfile
import threading
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from dateline.commands.shared import Day, Model, NoModel, Workers, complain, make_coder
from dateline.errors import DatelineError, Problem
from dateline.ingest import ArticleStore, open_store
from dateline.language.parse import DEFAULT_MODEL
from dateline.sources.text import as_date

PASSWORD = "DATELINE_PASSWORD"


def desk(
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Articles to take in first, read as by `dateline ingest`.", show_default=False),
    ] = None,
    store: Annotated[
        Path | None, typer.Option("--store", help="The store's folder; without it a temporary one.")
    ] = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 8765,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="A host name by which other machines call the desk; repeatable."),
    ] = None,
    author: Annotated[
        str | None, typer.Option("--author", help="Who signs corrections; your name here otherwise.")
    ] = None,
    today: Annotated[
        str | None,
        typer.Option("--today", help="The day to look from; the last day of publication otherwise."),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    date: Day = None,
    model: Model = DEFAULT_MODEL,
    no_model: NoModel = False,
    workers: Workers = 1,
) -> None:
    """Open the local web desk over a store, or over articles.

    A host other than this machine's own needs a password in the variable DATELINE_PASSWORD.
    """
    password = os.environ.get(PASSWORD)
    if not _loopback(host) and not password:
        raise DatelineError(
            Problem.BAD_OPTION, "--host", f"other machines reach {host}: set {PASSWORD} to a password"
        )
    if not sources and store is None:
        raise DatelineError(Problem.BAD_OPTION, detail="give --store DIR, or articles to show")
    looked = as_date(today, "--today")
    with _store(store, bool(sources)) as opened:
        if sources:
            _take_in(opened, sources, date, model, no_model, workers)
        _serve(opened, host, port, name or [], author or getpass.getuser(), looked, password, show)


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextlib.contextmanager
def _store(folder: Path | None, create: bool) -> Iterator[ArticleStore]:
    if folder is not None:
        yield open_store(folder, create=create)
        return
    with tempfile.TemporaryDirectory(prefix="dateline-") as made:
        yield open_store(made)


def _take_in(
    store: ArticleStore, sources: list[str], date: str | None, model: str, no_model: bool, workers: int
) -> None:
    counts = store.ingest(
        sources,
        coder=make_coder(model, None, None, no_model=no_model),
        workers=workers,
        date=date,
        aside=lambda error: complain(f"set aside: {error}"),
    )
    if counts.set_aside and not counts.articles + counts.known:
        raise typer.Exit(2)


def _serve(
    store: ArticleStore,
    host: str,
    port: int,
    names: list[str],
    author: str,
    today: dt.date | None,
    password: str | None,
    show: bool,
) -> None:
    import socket

    import uvicorn

    from dateline.desk.app import make_app

    app = make_app(store, author=author, today=today, names=[*names, host], password=password)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, port))
        except OSError as error:
            where = f"{host}:{port}"
            raise DatelineError(Problem.BAD_OPTION, "--port", f"{where}: {error.strerror}") from error
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}/"
        typer.echo(f"Dateline's desk is at {address} (Ctrl+C ends it)")
        if show:
            threading.Timer(0.5, webbrowser.open, [address]).start()
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=10
        )
        uvicorn.Server(config).run(sockets=[listening])
