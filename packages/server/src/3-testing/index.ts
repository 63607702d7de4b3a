import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { openPackageOrigin } from '../connectors/package-origin.ts';
import type { AtWork } from '../platform/at-work.ts';
import type { Corridor, Wish, WishHandler } from '../platform/corridor.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { Closers } from '../platform/shutdown.ts';
import { enterArtifacts } from './artifact-store.ts';
import { Background } from './background.ts';
import { ByteStore } from './byte-store.ts';
import { originRoutes } from './origin-routes.ts';
import { refreshOrigin } from './refresh.ts';
import { REFRESH } from './refresh-schedule.ts';
import { campaignReport } from './report.ts';
import { VERIFY } from './verification-store.ts';
import { type VerifyTools, verifyTransaction } from './verify.ts';

export type { AssetAuthenticity } from './prepare.ts';
export { prepareTesting } from './prepare.ts';
export type { WantedTransaction } from './proposal-store.ts';
export { askAgain, askProposals, storeProposal, wantedProposals } from './proposals.ts';

export interface AuthenticityOptions {
  readonly db: Db;
  readonly clock: () => Instant;
  readonly log: Log;
  /** 0 to 1. */
  readonly dice: () => number;
  /** The data directory; packages, indexes and reports lie in a folder of it. */
  readonly data: string;
  /** Wishes of whoever waits for the authenticity of these assets; made in the change that brings it. */
  readonly changed: (assetIds: readonly string[]) => readonly Wish[];
  readonly atWork: AtWork;
}

const USER_AGENT = 'patchsteward';
const FOLDER = 'artifacts';

/** Whether packages are genuine, as corridor, doors and campaign see it. // SOP checklist c8 */
export function openAuthenticity(options: AuthenticityOptions) {
  const { db, clock, dice, log } = options;
  const closers = new Closers();
  const store = new ByteStore(join(options.data, FOLDER));
  const packageOrigin = openPackageOrigin(USER_AGENT);
  closers.add('the connections to origins', packageOrigin.close);
  const background = new Background(log, options.atWork);
  closers.add('the verification of packages', () => background.stop());
  const toolsOf = (corridor: Corridor): VerifyTools => ({
    ...{ db, corridor, clock, dice, store, packageOrigin, changed: options.changed },
  });

  return {
    routes: (corridor: Corridor) => originRoutes(toolsOf(corridor)),
    wishes: (corridor: Corridor): Readonly<Record<string, WishHandler>> => ({
      [REFRESH]: async (wish) =>
        background.grant(REFRESH, wish, (signal) => refreshOrigin(toolsOf(corridor), wish.key, 'system', signal)),
      [VERIFY]: async (wish) =>
        background.grant(VERIFY, wish, (signal) => verifyTransaction(toolsOf(corridor), wish.key, signal)),
    }),
    /** Clears what a crash left half written. */
    start: () => store.start(),
    /** The bytes of anything kept: the stream fails at its end where they are not what they were. */
    openArtifact: (hash: Hash): Promise<{ readonly stream: Readable; readonly sizeBytes: number } | undefined> =>
      store.open(hash),
    /** Keeps the evidence of a campaign, the reports of its assets in one document; gives its hash. */
    keepReport: async (
      tx: Tx,
      campaign: string,
      transactions: readonly { readonly assetId: string; readonly evidence: Hash }[],
      at: Instant,
    ): Promise<Hash> => {
      const report = await store.putBytes(campaignReport(campaign, transactions));
      await enterArtifacts(tx, [{ ...report, kind: 'report', package: null }], at);
      return report.hash;
    },
    /** Keeps a file that a person files as evidence. */
    keepEvidence: async (tx: Tx, bytes: Uint8Array, at: Instant): Promise<{ hash: Hash; sizeBytes: number }> => {
      const file = await store.putBytes(bytes);
      await enterArtifacts(tx, [{ ...file, kind: 'report', package: null }], at);
      return file;
    },
    close: () => closers.close(log),
  };
}
