import { LANES } from '@patchsteward/core/vocabulary';
import { list, record } from '../strict/decoder.ts';
import { unitName } from '../strict/names.ts';
import { bool, instant, oneOf, saying, text, uuid } from '../strict/scalars.ts';

const ASSETS_MAX = 10_000;
const UNITS_MAX = 1_000;

const why = record({ why: saying });

/** What each kind of word says beside who, when and about which campaign. The kinds are the events they become. */
export const STATEMENT_BODIES = {
  'risk.assessed': record({
    impact: oneOf(['low', 'medium', 'high']),
    reboot: bool,
    restarts: list(unitName, { countMax: UNITS_MAX, rising: (unit) => unit }),
    rollback: oneOf(['rehearsed', 'prepared', 'none']),
    exposure: text,
    note: text,
  }),
  'lane.set': record({ lane: oneOf(LANES), due: instant, why: saying }),
  'auth.released': why,
  'test.accepted': why,
  'test.deferred': record({ due: instant, why: saying }),
  'window.agreed': record({ assets: list(uuid, { countMin: 1, countMax: ASSETS_MAX, rising: (asset) => asset }) }),
  'approval.refused': why,
  'approval.revoked': why,
  resume: why,
  'rollback.requested': why,
  'host.declared': record({
    assetId: uuid,
    as: oneOf(['up-verified', 'down-accepted', 'decommissioned']),
    why: saying,
  }),
  waiver: record({ assetId: uuid, expiresAt: instant, why: saying }),
  'exception.signed': record({ assetId: uuid, expiresAt: instant, why: saying }),
  'risk.accepted': record({ expiresAt: instant, why: saying }),
  'audit.signed': record({
    dispositions: list(record({ assetId: uuid, text: saying }), {
      countMax: ASSETS_MAX,
      rising: ({ assetId }) => assetId,
    }),
  }),
  halt: why,
} as const;

export type StatementKind = keyof typeof STATEMENT_BODIES;
