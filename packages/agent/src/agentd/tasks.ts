import type { AgentTask } from '@patchsteward/contract';
import type { Target } from '@patchsteward/core/plan';
import { isHash } from '@patchsteward/trust';
import { isRecord } from '../platform/json.ts';

/** More than any server of ours sends at once; the rest comes at the next check-in. */
const TASKS_MAX = 100;
const TARGETS_MAX = 10_000;
const ID = /^[0-9a-f-]{36}$/;

/** The tasks of a check-in that this agent knows. A newer server may have others, and an older one sends none. */
export function tasksOf(value: unknown): AgentTask[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, TASKS_MAX).flatMap((task: unknown) => (isRecord(task) ? taskOf(task) : []));
}

function taskOf(task: Readonly<Record<string, unknown>>): AgentTask[] {
  const { kind, id, packagesHash, targets, job, why, version } = task;
  switch (kind) {
    case 'propose':
      return typeof id === 'string' && ID.test(id) && isHash(packagesHash) && areTargets(targets)
        ? [{ kind, id, packagesHash, targets: [...targets] }]
        : [];
    case 'job':
      return isHash(job) ? [{ kind, job }] : [];
    case 'cancel':
      return isHash(job) ? [{ kind, job, why: typeof why === 'string' ? why : '' }] : [];
    case 'root':
      return typeof version === 'number' ? [{ kind, version }] : [];
    default:
      return [];
  }
}

function areTargets(value: unknown): value is readonly Target[] {
  return Array.isArray(value) && value.length <= TARGETS_MAX && value.every(isTarget);
}

/**
 * They become arguments of apt, as `name:architecture=version`, or of dnf, as `name-version.architecture`: nothing that
 * could be an option, a pattern or a path. // Debian Policy §5.6, rpm-version(7)
 */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_+.-]*$/;
const ARCHITECTURE = /^[a-z0-9][a-z0-9_-]*$/;
const VERSION = /^[0-9A-Za-z][0-9A-Za-z._+:~^-]*$/;

function isTarget(value: unknown): value is Target {
  if (!isRecord(value)) return false;
  const { name, architecture, to } = value;
  return matches(name, NAME) && matches(architecture, ARCHITECTURE) && matches(to, VERSION);
}

function matches(value: unknown, form: RegExp): boolean {
  return typeof value === 'string' && form.test(value);
}
