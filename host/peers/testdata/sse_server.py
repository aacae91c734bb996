"""An MCP server of 2024-11-05 on HTTP+SSE, with the key check of the report's server on the GET and on every POST."""
import asyncio
import json
import uuid

from fastapi import FastAPI, HTTPException, Request, Response, Security
from fastapi.responses import StreamingResponse
from fastapi.security import APIKeyHeader

app = FastAPI()
api_key_header = APIKeyHeader(name="X-API-Key", auto_error=False)
streams = {}


def validate_api_key(api_key: str = Security(api_key_header)) -> str:
    if not api_key or api_key != "test-key-12345":
        raise HTTPException(status_code=401, detail="Missing or invalid API key")
    return api_key


@app.get("/sse")
async def sse(api_key: str = Security(validate_api_key)):
    session, queue = uuid.uuid4().hex, asyncio.Queue()
    streams[session] = queue

    async def events():
        yield f"event: endpoint\ndata: /messages?session_id={session}\n\n"
        try:
            while True:
                yield f"event: message\ndata: {json.dumps(await queue.get())}\n\n"
        finally:
            del streams[session]

    return StreamingResponse(events(), media_type="text/event-stream")


@app.post("/messages")
async def messages(session_id: str, request: Request, api_key: str = Security(validate_api_key)):
    if session_id not in streams:
        raise HTTPException(status_code=404, detail="No such session")
    message = await request.json()
    if "id" in message:
        await streams[session_id].put({"jsonrpc": "2.0", "id": message["id"], **answer(message)})
    return Response("Accepted", status_code=202)


def answer(message):
    method = message["method"]
    if method == "initialize":
        return {"result": {
            "protocolVersion": "2024-11-05",
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "Test MCP Server", "version": "1.0"},
        }}
    if method == "tools/list":
        schema = {"type": "object", "properties": {}}
        return {"result": {"tools": [{"name": "test_tool", "description": "A test tool", "inputSchema": schema}]}}
    if method == "tools/call":
        return {"result": {"content": [{"type": "text", "text": "it ran"}]}}
    return {"error": {"code": -32601, "message": "Method not found"}}
