"""Runs the app that APP names, as it is, and writes what arrives to the file RECORD: for each request a line
of JSON with its headers when it arrives, and one with its body when it has all come."""
import importlib
import itertools
import json
import os

inner = importlib.import_module(os.environ["APP"]).app
numbers = itertools.count(1)


def note(line):
    with open(os.environ["RECORD"], "a") as record:
        record.write(json.dumps(line) + "\n")


async def app(scope, receive, send):
    if scope["type"] != "http":
        return await inner(scope, receive, send)
    number = next(numbers)
    headers = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in scope["headers"]]
    path = scope["raw_path"].decode("latin-1")
    note({"number": number, "method": scope["method"], "path": path, "headers": headers})
    body = b""

    async def listen():
        nonlocal body
        message = await receive()
        if message["type"] == "http.request":
            body += message.get("body", b"")
            if not message.get("more_body") and body:
                note({"number": number, "body": body.decode("utf-8")})
        return message

    await inner(scope, listen, send)
