import type { Readable } from 'node:stream';
import type { ManualWork } from '@patchsteward/contract';
import { missingOf } from '@patchsteward/core/6-deployment';
import { AT_WORK } from '@patchsteward/core/job';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import type { LocalPrincipal, PersonPrincipal } from '../platform/http/principal.ts';
import { reasonBody } from '../platform/http/reason-body.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { readOrder } from './manual-order.ts';
import { attachFile, fileItem, type ManualParts, reportWork, takeWork, type Worker } from './manual-perform.ts';
import { countWork, filedItems, hasFile, listWork, readFiled } from './manual-store.ts';

type ManualRouteId =
  | 'work.list'
  | 'work.show'
  | 'work.take'
  | 'work.item'
  | 'work.attach'
  | 'work.file'
  | 'work.report';

export interface ManualRouteParts extends ManualParts {
  readonly db: Db;
  readonly openArtifact: (hash: Hash) => Promise<{ readonly stream: Readable; readonly sizeBytes: number } | undefined>;
  /** What an asset and a campaign are called. */
  readonly namesOf: (assetId: string, campaign: string) => Promise<{ readonly asset: string; readonly title: string }>;
}

const WorkCursor = z.tuple([z.string()]);

/** Work orders that people carry out by hand. // SOP P6 */
export function manualRoutes(parts: ManualRouteParts): Handlers<ManualRouteId> {
  const { db } = parts;
  return {
    'work.list': async ({ query }) => {
      const { campaign, person, cursor, limit } = query;
      const after = cursor === undefined ? undefined : decodeCursor(cursor, WorkCursor)[0];
      const keys = await listWork(db, { campaign, person }, { after, limit: limit + 1 });
      const shown = keys.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: await Promise.all(shown.map((key) => workBody(parts, key))),
        next: last !== undefined && keys.length > shown.length ? encodeCursor([last]) : null,
        total: await countWork(db, { campaign, person }),
      };
    },
    'work.show': ({ params }) => workBody(parts, params.job),
    'work.take': async ({ params, principal, now }) => {
      const order = await readOrder(db, parts.plans, params.job);
      const taken = await takeWork(parts, workerOf(params.job, principal, now), order);
      if (taken.kind === 'waiting') return { kind: 'waiting', reasons: taken.reasons.map(reasonBody) };
      return { kind: 'taken', work: await workBody(parts, params.job) };
    },
    'work.item': async ({ params, body, principal, now }) => {
      await fileItem(parts, workerOf(params.job, principal, now), params.item, body.note);
      return workBody(parts, params.job);
    },
    'work.attach': async ({ params, query, body, principal, now }) => {
      const bytes = await body.all();
      if (bytes.length === 0) throw new Refusal('bad-request', 'The file is empty.');
      await attachFile(parts, workerOf(params.job, principal, now), params.item, { name: query.name, bytes });
      return workBody(parts, params.job);
    },
    'work.file': async ({ params }) => {
      const name = await hasFile(db, params.job, params.hash);
      // The contract checked its form.
      const opened = name === undefined ? undefined : await parts.openArtifact(params.hash as Hash);
      if (opened === undefined) throw new Refusal('not-found', `This work has no file ${params.hash}.`);
      return { bytes: opened.stream, mediaType: 'application/octet-stream', ...(name && { fileName: name }) };
    },
    'work.report': async ({ params, body, principal, now }) => {
      await reportWork(parts, workerOf(params.job, principal, now), body);
      return workBody(parts, params.job);
    },
  };
}

/** The line on the server itself is nobody: work is done by a person who is signed in. */
function workerOf(key: string, principal: PersonPrincipal | LocalPrincipal, at: Instant): Worker {
  if (principal.kind === 'person') return { key, login: principal.login, actor: actorOf(principal), at };
  throw new Refusal('work-not-yours', 'A work order names a person; sign in as that person.');
}

async function workBody({ db, plans, namesOf }: ManualRouteParts, key: string): Promise<ManualWork> {
  const { job, leaf } = await readOrder(db, plans, key);
  const filed = await readFiled(db, key);
  const { asset, title } = await namesOf(job.assetId, job.campaign);
  const [change] = leaf.changes;
  const { unknownSince } = job.state;
  return {
    ...{ job: job.key, plan: job.plan, campaign: job.campaign, title, assetId: job.assetId, asset },
    planKind: job.planKind === 'test' ? 'test' : 'production',
    ...{ product: change?.name ?? '', from: change?.from ?? '', to: change?.to ?? '' },
    ...{ person: leaf.person, wave: leaf.wave, state: job.state.name },
    intervals: leaf.intervals.map(({ from, until }) => ({ from: timeOf(from), until: timeOf(until) })),
    underWay: AT_WORK.includes(job.state.name),
    unknownSince: unknownSince === null ? null : timeOf(unknownSince),
    items: leaf.checklist.map((item, index) => {
      const done = filed.done.find((one) => one.item === index);
      return {
        ...item,
        doneAt: done === undefined ? null : timeOf(done.at),
        note: done?.note ?? null,
        files: filed.files
          .filter((file) => file.item === index)
          .map(({ hash, name, sizeBytes, at }) => ({ hash, name, sizeBytes, at: timeOf(at) })),
      };
    }),
    missing: missingOf(leaf.checklist, filedItems(filed)),
  };
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
