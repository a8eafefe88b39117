"""What the JSON API offers, as a page; `/api/openapi.json` is the same for machines."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from dateline.desk.desk import TheDesk
from dateline.desk.filters import Filters

router = APIRouter()


def _calls(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Each call of the API: its method, path, what it gives, and its parameters."""
    found = []
    for path, methods in schema["paths"].items():
        for method, call in methods.items():
            # A route's whole docstring is in the schema; its first line is enough here.
            about = call.get("description", call["summary"]).split("\n")[0]
            parameters = [
                {"name": p["name"], "about": p.get("description", ""), "needed": p.get("required", False)}
                for p in call.get("parameters", ())
            ]
            found.append({"method": method.upper(), "path": path, "about": about, "parameters": parameters})
    return found


@router.get("/api", include_in_schema=False)
def page(request: Request, desk: TheDesk, asked: Annotated[Filters, Query()]) -> HTMLResponse:
    """The calls of the API, with links that try them."""
    return desk.page(request, "api.html", asked, {"calls": _calls(request.app.openapi())})
