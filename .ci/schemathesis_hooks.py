"""JSON lines for schemathesis, which knows no such media type: its texts are sent as they are."""

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(_context, value):
    return value if isinstance(value, bytes) else str(value).encode(errors="surrogatepass")


@schemathesis.hook
def filter_case(_context, case):
    """A load refuses single lines, not the request: wrong lines are answered with 200 and a problem each."""
    wrong = case.meta is not None and case.meta.generation.mode.is_negative
    return not (wrong and case.media_type == "application/x-ndjson")
