import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { AgentTask, CheckInAnswer, CheckInRequest, RunnerFacts } from '@patchsteward/contract';
import type { SectionName } from '@patchsteward/core/vocabulary';
import type { AddressedInventory } from '../inventory/reader.ts';
import { AGENT_VERSION } from '../version.ts';
import { AnswerError, assertStored, checkInAnswerOf } from './answers.ts';
import type { ServerClient } from './server-client.ts';

/** Asked, sent, asked again; once more where the server lost a section in between. More would be a conversation of fools. */
const ROUNDS_MAX = 3;

const compress = promisify(gzip);

export interface CheckInResult {
  readonly nextPollMs: number;
  /** The sections that the server did not have yet. */
  readonly sent: readonly SectionName[];
  readonly tasks: readonly AgentTask[];
}

/** Tells the server the hashes of the inventory, sends the sections it lacks, and returns when all is accepted. */
export async function checkIn(
  client: ServerClient,
  inventory: AddressedInventory,
  runner: RunnerFacts | null,
  now: () => number,
): Promise<CheckInResult> {
  const sent = new Set<SectionName>();
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const answer = await ask(client, inventory, runner, now());
    if (answer.accepted) return { nextPollMs: answer.nextPollMs, sent: [...sent], tasks: answer.tasks };
    for (const name of answer.missing) {
      await send(client, name, inventory);
      sent.add(name);
    }
  }
  throw new AnswerError('check-in');
}

async function ask(
  client: ServerClient,
  { bootId, sections }: AddressedInventory,
  runner: RunnerFacts | null,
  at: number,
): Promise<CheckInAnswer> {
  const request: CheckInRequest = {
    bootId,
    sentAt: new Date(at).toISOString(),
    agentVersion: AGENT_VERSION,
    sections: {
      packages: sections.packages.hash,
      updates: sections.updates.hash,
      origins: sections.origins.hash,
      system: sections.system.hash,
    },
    runner,
  };
  const body = Buffer.from(JSON.stringify(request));
  return checkInAnswerOf(await client.ask({ method: 'POST', path: '/agent/v1/check-in', body }));
}

async function send(client: ServerClient, name: SectionName, { sections }: AddressedInventory): Promise<void> {
  const { hash, body } = sections[name];
  const path = `/agent/v1/sections/${name}/${hash}`;
  assertStored(await client.ask({ method: 'PUT', path, body: await compress(body), gzipped: true }));
}
