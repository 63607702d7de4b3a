import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { found } from '../found.ts';
import { Transcript } from '../transcript.ts';
import { World } from '../world.ts';
import { Dice } from './dice.ts';
import { Killer } from './killer.ts';
import { round } from './round.ts';
import { makeSlowVersions } from './slow-versions.ts';
import { EVERYTHING } from './victims.ts';

const FOLDER = `/var/tmp/pslab-kills-${process.pid}`;
/** How many of each: few for every day, twenty for the proof. */
const OF_EACH = Number(process.env['PATCHSTEWARD_KILLS'] ?? 3);
/** Another one each time, so that every day tries other moments; a seed that failed is named to be tried again. */
const SEED = Number(process.env['PATCHSTEWARD_SEED'] ?? Date.now() % 1_000_000);
/** A round takes two minutes: what fits into it. */
const OF_EACH_PER_ROUND_MAX = 10;
/** Twice what is needed when every round is full: some moments pass without anybody to be killed. */
const ROUNDS_MAX = 2 + 2 * Math.ceil(OF_EACH / OF_EACH_PER_ROUND_MAX);
const ROUND_MS_MAX = 1_200_000;

const told: string[] = [];
let output = '';
let world: World;
let held = false;

beforeAll(async () => {
  output = await mkdtemp(join(tmpdir(), 'patchsteward-kills-'));
  const say = (line: string): void => {
    told.push(line);
    // Whoever asks for many waits long, and wants to see them.
    if (process.env['PATCHSTEWARD_KILLS'] !== undefined) process.stderr.write(`${line}\n`);
  };
  world = await World.open({ folder: FOLDER, output, transcript: new Transcript(say), say });
  await found(world);
});

afterAll(async () => {
  if (!held) told.push((await world?.explanation()) ?? 'no campaign was under way');
  await world?.close();
  // What was told and logged is of use only where something went wrong.
  if (!held) process.stderr.write(`${told.join('\n')}\nseed ${SEED}; logs: ${output}\n`);
  else await rm(output, { recursive: true, force: true });
});

it(
  `converges after ${OF_EACH} kill -9 of each of server, agentd, runner and apt (PATCHSTEWARD_SEED=${SEED})`,
  async () => {
    const killer = new Killer(world, EVERYTHING, OF_EACH, new Dice(SEED));
    const versions = await world.transcript.step('kills', 'a vendor makes versions that are slow to install', () =>
      makeSlowVersions(world, ROUNDS_MAX),
    );

    for (const version of versions) {
      if (killer.satisfied) break;
      await round(world, version, killer, OF_EACH_PER_ROUND_MAX);
    }

    const killed = Object.fromEntries(
      EVERYTHING.kinds.map((kind) => [kind, killer.deaths.filter((death) => death.kind === kind).length]),
    );
    expect(killed).toEqual(Object.fromEntries(EVERYTHING.kinds.map((kind) => [kind, OF_EACH])));
    expect(world.transcript.checks.every((check) => check.held)).toBe(true);
    held = true;
  },
  ROUNDS_MAX * ROUND_MS_MAX,
);
