"""Pages whose messages or schemas link, each by several fields, to the next, and the parts of such pages."""

TITLE = "# Method get\n\n"
CALL = "## HTTP request\n```\nGET https://harbour.api.cloud.yandex.net/boats\n```\n\n"
RESPONSE = "## Response {#responses}\n**HTTP Code: 200 - OK**\n\n"
PAGE = TITLE + CALL + RESPONSE
HASHES = PAGE + "#|\n||Field | Description ||\n"


def linked_messages(number: int, fields: str) -> str:
    """A page with so many messages; each field is a letter."""
    rows = ["".join(f"|| {name} | **[M](#a.M{n + 1})** ||\n" for name in fields) for n in range(number)]
    tables = "".join(f"## M {{#a.M{n}}}\n#|\n||Field | Description ||\n{row}|#\n\n" for n, row in enumerate(rows))
    return f"{HASHES}|| f | **[M](#a.M0)** ||\n|#\n\n{tables}"


def fronted(body: str) -> str:
    """A page with a schema of the body in its front matter."""
    return f"---\napiPlayground:\n  - url: /boats\n    method: get\n    body:\n      properties:\n{body}---\n{PAGE}"


def linked_schemas(number: int, fields: str) -> str:
    """A page with so many schemas; each field is a letter."""
    members = [
        "".join(f"          {name}: {{$ref: '#/definitions/M{n + 1}'}}\n" for name in fields) for n in range(number)
    ]
    chain = "".join(f"      M{n}:\n        properties:\n{member}" for n, member in enumerate(members))
    return fronted(f"        f: {{$ref: '#/definitions/M0'}}\n    definitions:\n{chain}      M{number}: {{}}\n")
