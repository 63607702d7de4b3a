import { setTimeout as pause } from 'node:timers/promises';
import { SECTION_NAMES } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import { sql } from 'kysely';
import { z } from 'zod';
import { hashLeaf } from '../../7-documentation/leaf.ts';
import type { JsonValue } from '../../platform/column-types.ts';
import type { Actor } from '../../platform/corridor.ts';
import { type Db, openDatabase } from '../../platform/database.ts';
import { createLog } from '../../platform/log.ts';
import type { Ledger, Survival } from './survival.ts';

const SEQUENCED_MS_MAX = 30_000;
/** Judging and assessing what the reports wished for; a wish that failed during a kill waits a few seconds. */
const GRANTED_MS_MAX = 60_000;

/** Something that was acknowledged and is not there, something that is there twice, or something that is not what it says. */
export interface Loss {
  readonly kind: 'lost' | 'doubled' | 'bent';
  readonly what: string;
}

interface Leaf {
  readonly id: string;
  readonly at: number;
  readonly actor: string;
  readonly kind: string;
  readonly subject: string;
  readonly payload: JsonValue;
  readonly salt: Buffer;
  readonly payload_hash: string;
  readonly leaf_hash: string;
  readonly index: number | null;
}

/** Everything that was acknowledged and is not there, and everything that is there twice; empty is what we want. */
export async function lossesOf({ server, ledger }: Survival): Promise<Loss[]> {
  const database = openDatabase(server.database, createLog({ level: 'silent' }));
  try {
    const { db } = database;
    const leaves = await sequencedLeaves(db);
    return [
      ...recordLosses(leaves),
      ...reportLosses(leaves, ledger),
      ...changeLosses(leaves, ledger),
      ...(await lastReportLosses(db, ledger)),
      ...(await assetLosses(db, leaves, ledger)),
      ...(await contentLosses(db)),
      ...(await wishLosses(db)),
    ];
  } finally {
    await database.close();
  }
}

async function sequencedLeaves(db: Db): Promise<Leaf[]> {
  for (let waitedMs = 0; waitedMs < SEQUENCED_MS_MAX; waitedMs += 50) {
    const leaves = await db.selectFrom('documentation.leaf').selectAll().orderBy('serial').execute();
    if (leaves.every((leaf) => leaf.index !== null)) return leaves;
    await pause(50);
  }
  throw new Error('the sequencer left leaves without an index');
}

/** One sequence without gaps, and every leaf still what was hashed. */
function recordLosses(leaves: readonly Leaf[]): Loss[] {
  const indexes = leaves.map((leaf) => Number(leaf.index)).toSorted((one, other) => one - other);
  const gaps = indexes.flatMap((index, place) =>
    index === place ? [] : [loss(index < place ? 'doubled' : 'lost', `the record has ${index} at place ${place}`)],
  );
  const bent = leaves.filter((leaf) => {
    const { leafHash, payloadHash } = hashLeaf(
      { id: leaf.id, at: leaf.at, actor: leaf.actor as Actor },
      leaf,
      leaf.salt,
    );
    return leafHash !== leaf.leaf_hash || payloadHash !== leaf.payload_hash;
  });
  return [...gaps.slice(0, 1), ...bent.map((leaf) => loss('bent', `leaf ${leaf.id} is not what was hashed`))];
}

const InventoryChanged = z.object({
  sections: z.record(z.string(), z.object({ before: z.string().nullable(), after: z.string() })),
});

/**
 * The leaves of an asset, one after the other, are the history of its inventory: each begins where the one before
 * ended, none comes twice, and every acknowledged report is one of its states.
 */
function reportLosses(leaves: readonly Leaf[], { reports }: Ledger): Loss[] {
  const losses: Loss[] = [];
  for (const [assetId, tried] of reports) {
    const places = new Map(tried.map(({ hashes }, place) => [stateOf(hashes), place]));
    const seen = new Set<number>();
    let state: Record<string, string> = {};
    let lastPlace = -1;
    for (const leaf of leaves) {
      if (leaf.kind !== 'inventory.changed' || leaf.subject !== assetId) continue;
      for (const [name, { before, after }] of Object.entries(InventoryChanged.parse(leaf.payload).sections)) {
        if ((state[name] ?? null) !== before) losses.push(loss('lost', `${assetId}: a leaf begins where none ended`));
        state = { ...state, [name]: after };
      }
      const place = places.get(stateOf(state));
      if (place === undefined) losses.push(loss('bent', `${assetId}: a state that nobody reported`));
      else if (place <= lastPlace) losses.push(loss('doubled', `${assetId}: report ${place} twice or out of order`));
      else seen.add(place);
      lastPlace = place ?? lastPlace;
    }
    for (const [place, { acknowledged }] of tried.entries()) {
      if (acknowledged && !seen.has(place))
        losses.push(loss('lost', `${assetId}: acknowledged report ${place} is lost`));
    }
  }
  return losses;
}

function stateOf(hashes: Readonly<Record<string, string>>): string {
  return SECTION_NAMES.map((name) => hashes[name]).join(' ');
}

const AssetChanged = z.object({
  version: z.number(),
  changes: z.object({ tags: z.object({ after: z.array(z.string()) }) }),
});

/** Versions count up one by one, and every acknowledged change is the leaf of its version. */
function changeLosses(leaves: readonly Leaf[], { changes }: Ledger): Loss[] {
  const losses: Loss[] = [];
  const made = new Map<string, string[]>();
  for (const leaf of leaves) {
    if (leaf.kind !== 'asset.changed') continue;
    const { version, changes: fields } = AssetChanged.parse(leaf.payload);
    const tags = made.get(leaf.subject) ?? [];
    made.set(leaf.subject, tags);
    if (version !== tags.length + 2) {
      const kind = version < tags.length + 2 ? 'doubled' : 'lost';
      losses.push(loss(kind, `${leaf.subject}: version ${version} after ${tags.length + 1}`));
    }
    tags.push(fields.tags.after.join());
  }
  for (const { assetId, version, tag } of changes) {
    if (made.get(assetId)?.[version - 2] !== tag)
      losses.push(loss('lost', `${assetId}: acknowledged change ${tag} is lost`));
  }
  return losses;
}

/** The last report of every host was acknowledged, so it is what the database shows now. */
async function lastReportLosses(db: Db, { reports }: Ledger): Promise<Loss[]> {
  const rows = await db.selectFrom('identification.check_in').selectAll().execute();
  const stored = new Map(
    rows.map((row) => [
      row.asset_id,
      stateOf({
        packages: row.packages_hash,
        updates: row.updates_hash,
        origins: row.origins_hash,
        system: row.system_hash,
      }),
    ]),
  );
  return [...reports].flatMap(([assetId, tried]) => {
    const last = tried.at(-1);
    return last === undefined || stored.get(assetId) === stateOf(last.hashes)
      ? []
      : [loss('lost', `${assetId}: another last report`)];
  });
}

async function assetLosses(db: Db, leaves: readonly Leaf[], { reports, tokens }: Ledger): Promise<Loss[]> {
  const keys = await db.selectFrom('identification.host_key').select('asset_id').execute();
  const assets = await db.selectFrom('identification.asset').select(['id', 'version']).execute();
  const known = await db.selectFrom('identification.enrollment_token').select('id').execute();
  const enrolled = leaves.filter((leaf) => leaf.kind === 'asset.enrolled').map((leaf) => leaf.subject);
  return [
    ...[...reports.keys()].flatMap((assetId) => {
      const [bound, leafs] = [
        keys.filter((key) => key.asset_id === assetId),
        enrolled.filter((one) => one === assetId),
      ];
      return bound.length === 1 && leafs.length === 1
        ? []
        : [
            loss(
              bound.length > 1 || leafs.length > 1 ? 'doubled' : 'lost',
              `${assetId}: ${bound.length} keys, ${leafs.length} leaves`,
            ),
          ];
    }),
    ...(keys.length === assets.length && enrolled.length === assets.length
      ? []
      : [loss('lost', 'assets without their enrollment')]),
    ...tokens
      .filter((id) => !known.some((token) => token.id === id))
      .map((id) => loss('lost', `acknowledged token ${id} is lost`)),
    ...assets
      .filter(
        ({ id, version }) =>
          leaves.filter((leaf) => leaf.kind === 'asset.changed' && leaf.subject === id).length !== version - 1,
      )
      .map(({ id }) => loss('lost', `${id}: another version than it has changes`)),
  ];
}

/** Sections are what their address says, and every set has a row for each of its packages. */
async function contentLosses(db: Db): Promise<Loss[]> {
  const sections = await db.selectFrom('identification.section').select(['hash', 'body']).execute();
  const { rows } = await sql<{ hash: string }>`
    select p.hash from identification.package_set as p
    left join identification.package_set_source as s on s.set_id = p.id
    group by p.id having p.packages <> coalesce(sum(cardinality(s.packages)), 0)
  `.execute(db);
  return [
    ...sections
      .filter(({ hash, body }) => sha256(canonicalJson(body)) !== hash)
      .map(({ hash }) => loss('bent', `${hash} is not what it says`)),
    ...rows.map(({ hash }) => loss('lost', `${hash}: a set without all of its packages`)),
  ];
}

/** What was to follow from a report follows, however often its handler was killed. */
async function wishLosses(db: Db): Promise<Loss[]> {
  for (let waitedMs = 0; ; waitedMs += 100) {
    const rows = await db
      .selectFrom('campaign.outbox')
      .select(['kind', 'key', 'last_error'])
      .where('kind', 'in', ['rejudge', 'assess'])
      .execute();
    if (rows.length === 0) return [];
    if (waitedMs > GRANTED_MS_MAX)
      return rows.map((row) => loss('lost', `${row.kind} ${row.key} was never granted: ${row.last_error}`));
    await pause(100);
  }
}

function loss(kind: Loss['kind'], what: string): Loss {
  return { kind, what };
}
