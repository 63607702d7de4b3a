#!/bin/sh
exec /usr/lib/patchsteward-agent/node /usr/lib/patchsteward-agent/agent.mjs "$@"
