import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OriginBody, OriginRefreshed, OriginRequest } from '@patchsteward/contract';
import type { PackageChange, TransactionProposal } from '@patchsteward/core/plan';
import { type Hash, HOUR_MS, type Instant } from '@patchsteward/core/vocabulary';
import { newSigner, type Signer } from '@patchsteward/standards/openpgp/testing';
import { sha256 } from '@patchsteward/trust';
import type { FastifyInstance } from 'fastify';
import { vi } from 'vitest';
import { createCorridor } from '../../campaign/corridor.ts';
import { grantDue } from '../../campaign/outbox.ts';
import { AtWork } from '../../platform/at-work.ts';
import type { Corridor, Wish } from '../../platform/corridor.ts';
import { newId } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { createTestApp } from '../../platform/testing/app.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/database.ts';
import {
  type AssetAuthenticity,
  askAgain,
  askProposals,
  openAuthenticity,
  prepareTesting,
  storeProposal,
  type WantedTransaction,
  wantedProposals,
} from '../index.ts';
import { fileOf, type TestPackage, TestRepository } from './repository.ts';

export const NOON: Instant = Date.UTC(2026, 10, 20, 12);
const PACKAGES = sha256('the package set of the host');

/** Room 3's authenticity on a real database, with a signed repository on loopback and a clock that stands. */
export interface World {
  readonly database: TestDatabase;
  readonly app: FastifyInstance;
  readonly corridor: Corridor;
  readonly authenticity: ReturnType<typeof openAuthenticity>;
  readonly repository: TestRepository;
  readonly signer: Signer;
  readonly stranger: Signer;
  readonly at: (now: Instant) => void;
  readonly now: () => Instant;
  readonly addOrigin: (more?: Partial<OriginRequest>) => Promise<OriginBody>;
  readonly refresh: (id: string) => Promise<OriginRefreshed>;
  readonly change: (to: TestPackage, from: string | null, more?: Partial<PackageChange>) => PackageChange;
  /** Asks a host, lets it answer, and gives what came of it. */
  readonly verify: (
    changes: readonly PackageChange[],
    more?: { host?: string; again?: true },
  ) => Promise<AssetAuthenticity>;
  /** Grants the wishes that are due. */
  readonly grant: () => Promise<unknown>;
  readonly ask: (wanted: WantedTransaction) => Promise<void>;
  readonly settle: (wanted: WantedTransaction) => Promise<AssetAuthenticity>;
  readonly answer: (asked: WantedTransaction, answer: TransactionProposal['answer']) => Promise<void>;
  readonly wanted: (host: string, changes: readonly PackageChange[]) => WantedTransaction;
  /** Hashes of what lies in the byte store. */
  readonly stored: () => Promise<string[]>;
  readonly records: () => Promise<string[]>;
  readonly granted: string[];
  readonly close: () => Promise<void>;
}

export async function openWorld(): Promise<World> {
  const database = await createTestDatabase();
  const { db } = database;
  const data = await mkdtemp(join(tmpdir(), 'patchsteward-authenticity-'));
  const repository = new TestRepository();
  await repository.open();
  const born = new Date(NOON - 1000 * HOUR_MS);
  const [signer, stranger] = await Promise.all([newSigner('Acme', born), newSigner('Stranger', born)]);
  let now = NOON;
  const clock = (): Instant => now;
  const log = createLog({ level: 'silent' });
  const mint = { newId, randomBytes: (count: number) => randomBytes(count) };
  const corridor = createCorridor(db, mint, () => undefined);
  const changed = (assets: readonly string[]): Wish[] =>
    assets.map((key) => ({ kind: 'test.changed', key, payload: null }));
  const authenticity = openAuthenticity({ db, clock, log, dice: () => 0, data, changed, atWork: new AtWork() });
  await authenticity.start();
  const app = await createTestApp(authenticity.routes(corridor), { now: clock });
  const granted: string[] = [];
  const handlers = {
    ...authenticity.wishes(corridor),
    'test.changed': ({ key }: { readonly key: string }) => {
      granted.push(key);
      return Promise.resolve({ value: undefined });
    },
  };
  const grant = () => grantDue({ db, mint, clock, log, handlers, announce: () => undefined });

  const wanted = (host: string, changes: readonly PackageChange[]): WantedTransaction => ({
    assetId: host,
    packagesHash: PACKAGES,
    targets: changes.map(({ name, architecture, to }) => ({ name, architecture, to: to ?? '' })),
  });
  const answer: World['answer'] = async (asked, given) => {
    const question = (await wantedProposals(db, asked.assetId))[0];
    await corridor.change({ actor: `agent:${asked.assetId}`, at: now }, async (tx) => {
      const id = question?.id ?? newId();
      const stored = await storeProposal(tx, {
        ...{ id, assetId: asked.assetId, packagesHash: asked.packagesHash, answer: given, at: now },
        ...{ ecosystem: 'deb', hostOrigins: null },
      });
      if (stored.kind !== 'stored') throw new Error(stored.kind);
      return { value: undefined, ...stored };
    });
  };
  const settle: World['settle'] = (asked) =>
    vi.waitFor(
      async () => {
        await grant();
        const [outcome] = await prepareTesting(db, [asked]);
        const waits = outcome?.kind === 'pending' && outcome.reasons[0]?.code === 'authenticity-pending';
        if (outcome === undefined || waits) throw new Error('not judged yet');
        return outcome;
      },
      { timeout: 20_000, interval: 25 },
    );

  return {
    ...{ database, app, corridor, authenticity, repository, signer, stranger, wanted, answer, settle, granted, grant },
    ask: (asked) =>
      corridor.change({ actor: 'system', at: now }, async (tx) => {
        await askProposals(tx, [asked], now);
        return { value: undefined };
      }),
    at: (instant) => {
      now = instant;
    },
    now: clock,
    addOrigin: async (more = {}) => {
      const payload = {
        ...{ url: repository.url, suite: 'stable', components: ['main'], architectures: ['amd64'] },
        keys: signer.publicKey.armor(),
        ...more,
      };
      const response = await app.inject({ method: 'POST', url: '/api/v1/origins', payload });
      if (response.statusCode !== 200) throw new Error(response.body);
      return response.json();
    },
    refresh: async (id) => {
      const response = await app.inject({ method: 'POST', url: `/api/v1/origins/${id}/refresh` });
      if (response.statusCode !== 200) throw new Error(response.body);
      return response.json();
    },
    change: (to, from, more = {}) => ({
      ...{ name: to.name, architecture: to.architecture ?? 'amd64', from, to: to.version },
      ...{ sha256: sha256(fileOf(to)), sizeBytes: fileOf(to).length },
      origin: `${repository.url.replace('http://', '')} stable/main`,
      ...more,
    }),
    verify: async (changes, { host = newId(), again } = {}) => {
      const asked = wanted(host, changes);
      await corridor.change({ actor: 'system', at: now }, async (tx) => {
        await (again === true ? askAgain : askProposals)(tx, [asked], now);
        return { value: undefined };
      });
      await answer(asked, { kind: 'resolved', changes });
      return settle(asked);
    },
    stored: async () => {
      const entries = await readdir(join(data, 'artifacts'), { recursive: true });
      return entries.filter((name) => /^[0-9a-f]{2}\/[0-9a-f]{62}$/.test(name)).map((name) => name.replace('/', ''));
    },
    records: async () => {
      const rows = await db.selectFrom('documentation.leaf').select('kind').orderBy('id').execute();
      return rows.map(({ kind }) => kind);
    },
    close: async () => {
      await app.close();
      await authenticity.close();
      repository.close();
      await database.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

export function hashOf(one: TestPackage): Hash {
  return sha256(fileOf(one));
}
