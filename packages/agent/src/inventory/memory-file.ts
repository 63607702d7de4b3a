import { canonicalJson, sha256 } from '@patchsteward/trust';
import { readTextIfPresent, writeFileAtomically } from '../platform/files.ts';
import { isRecord } from '../platform/json.ts';
import { AGENT_VERSION } from '../version.ts';
import type { InventoryMemory } from './reader.ts';

/** Twice the largest inventory that a server takes. */
const MEMORY_BYTES_MAX = 128 * 1024 * 1024;

/** Keeps what was read for the next start. Only a cache: without it the next inventory takes a second longer. */
export async function saveMemory(path: string, memory: InventoryMemory): Promise<void> {
  const payload = canonicalJson(memory);
  const file = JSON.stringify({ agentVersion: AGENT_VERSION, checksum: sha256(payload), payload });
  await writeFileAtomically(path, file, 0o600);
}

/** What the same version of the agent kept; null where there is nothing, or nothing whole. */
export async function loadMemory(path: string): Promise<InventoryMemory | null> {
  const text = await readTextIfPresent(path, MEMORY_BYTES_MAX);
  if (text === null) return null;
  const file = parsed(text);
  if (!isRecord(file) || typeof file['payload'] !== 'string') return null;
  if (file['agentVersion'] !== AGENT_VERSION || file['checksum'] !== sha256(file['payload'])) return null;
  // The checksum says that this version wrote it: its shape is the shape of what it wrote.
  return JSON.parse(file['payload']) as InventoryMemory;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A file that a crash or a person damaged is no memory.
    return null;
  }
}
