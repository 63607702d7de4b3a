/** Root's own; nobody else may look into it. */
export const RUNNER_STATE_DIRECTORY = '/var/lib/patchsteward-runner';
/** What the owner of the host allows at most. */
export const GUARD_PATH = '/etc/patchsteward/guard.json';
export const RUNNER_SOCKET = '/run/patchsteward/runner.sock';
