import { readFile } from 'node:fs/promises';
import { PolicyBody } from '@patchsteward/contract';
import { DEFAULT_POLICY, type Policy } from '@patchsteward/core/policy';
import type { Hash } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import { StartRefusal } from './start-refusal.ts';
import { messageOf } from './system-error.ts';

/** The figures that this server works by. // SOP C1 C3 */
export interface LoadedPolicy {
  readonly policy: Policy;
  /** Of the whole of it: it stands in every plan. */
  readonly hash: Hash;
  /** What was laid over the procedure's own figures; null: nothing. */
  readonly file: string | null;
}

/** A policy file is some lines; more than this is not one. */
const FILE_CHARACTERS_MAX = 256 * 1024;
/** As much of the hash as tells figures apart that carry one name. */
const VERSION_HASH_CHARACTERS = 8;

/** Lays the file over the procedure's own figures. A figure that does not exist or cannot be stops the start. */
export async function readPolicy(file: string | undefined): Promise<LoadedPolicy> {
  if (file === undefined) return loaded(DEFAULT_POLICY, null);
  const merged = laidOver(DEFAULT_POLICY, await readOverlay(file));
  const result = PolicyBody.safeParse(merged);
  if (!result.success) {
    const issue = result.error.issues[0];
    const path = issue?.path.join('.') ?? '';
    throw wrong(file, `${path === '' ? 'it' : path}: ${issue?.message ?? 'does not fit'}`);
  }
  return loaded(named(result.data), file);
}

async function readOverlay(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw wrong(file, messageOf(error), error);
  }
  if (text.length > FILE_CHARACTERS_MAX) throw wrong(file, `it is longer than ${FILE_CHARACTERS_MAX} characters`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw wrong(file, messageOf(error), error);
  }
}

/** Objects are laid over objects; everything else, lists too, takes the place of what was there. */
function laidOver(base: unknown, overlay: unknown): unknown {
  if (!isObject(base) || !isObject(overlay)) return overlay;
  // As entries, so that a key `__proto__` is a key like any other, and refused as unknown.
  const merged = Object.entries(overlay).map(([key, value]) => [
    key,
    laidOver(Object.hasOwn(base, key) ? base[key] : undefined, value),
  ]);
  return Object.fromEntries([...Object.entries(base), ...merged]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Assessments are made again when the version is another one. So figures of step 2 that are not the procedure's get a
 * version of their own, also where the file forgets to give one, or is edited and keeps it.
 */
function named(policy: Policy): Policy {
  if (evaluationHash(policy) === evaluationHash(DEFAULT_POLICY)) return policy;
  const hash = evaluationHash(policy).slice('sha256:'.length, 'sha256:'.length + VERSION_HASH_CHARACTERS);
  return { ...policy, version: `${policy.version}+${hash}` };
}

function evaluationHash({ lanes: _lanes, schedule: _schedule, version: _version, ...figures }: Policy): Hash {
  return sha256(canonicalJson(figures));
}

function loaded(policy: Policy, file: string | null): LoadedPolicy {
  return { policy, hash: sha256(canonicalJson(policy)), file };
}

function wrong(file: string, problem: string, cause?: unknown): StartRefusal {
  return new StartRefusal(
    'setting-wrong',
    `The policy file ${file} is wrong: ${problem}.`,
    'Correct it: a JSON object with the figures to change; "patchsteward policy show --json" has them all.',
    { cause },
  );
}
