"""Renders a .prompty file with the package `prompty` for each line of JSON variables; prints each time's messages as JSON."""
import json
import sys

import prompty

agent = prompty.load(sys.argv[1])
for line in sys.stdin.buffer.read().decode().split("\n"):
    if line:
        try:
            messages = prompty.prepare(agent, json.loads(line))
            out = [{"role": m.role, "content": "".join(p.value for p in m.parts)} for m in messages]
        except Exception as error:
            out = {"error": str(error)}
        print(json.dumps(out))
