"""The yardstick: a plain FastAPI service with the routes of the one that benchmark-results replaces.

It keeps the data as BSON and, so that the race is fair, acknowledges a write only when it is with a
majority and in the journal.
"""

import json
import os
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from fastapi import FastAPI, HTTPException
from motor.motor_asyncio import AsyncIOMotorClient
from pydantic import BaseModel


class NewResult(BaseModel):
    run_id: str | None = None
    benchmark_name: str
    timestamp: str
    model_id: str | None = None
    tokenizer_id: str | None = None
    source: str | None = None
    data: Any


class Saved(BaseModel):
    status: str
    run_id: str
    saved_as: str


class Summary(BaseModel):
    pk: str
    benchmark_name: str
    model_id: str | None
    tokenizer_id: str | None
    source: str | None
    timestamp: str


class Result(BaseModel):
    result_name: str
    data: Any


@asynccontextmanager
async def lifespan(app: FastAPI):
    client = AsyncIOMotorClient(os.environ["MONGO_URL"], w="majority", journal=True)
    app.state.results = client[os.environ["MONGO_DATABASE"]]["raw_input"]
    await app.state.results.create_index("pk", unique=True)
    yield
    client.close()


app = FastAPI(lifespan=lifespan)


@app.post("/raw_input")
async def save(result: NewResult) -> Saved:
    run_id = result.run_id or str(uuid4())
    pk = f"{result.timestamp}-{result.benchmark_name}-{run_id}"
    document = result.model_dump(exclude={"run_id"}) | {"pk": pk}
    if isinstance(result.data, str):
        try:
            document["data"] = json.loads(result.data)
        except ValueError:
            pass
    await app.state.results.replace_one({"pk": pk}, document, upsert=True)
    return Saved(status="success", run_id=run_id, saved_as=pk)


@app.get("/raw_input")
async def list_all() -> list[Summary]:
    newest_first = app.state.results.find({}, {"_id": 0, "data": 0}).sort("_id", -1)
    return await newest_first.to_list(None)


@app.get("/raw_input/{result_name}")
async def find(result_name: str) -> Result:
    document = await app.state.results.find_one({"pk": result_name})
    if document is None:
        raise HTTPException(404, "File not found")
    return Result(result_name=result_name, data=document["data"])


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}
