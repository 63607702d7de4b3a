import type { NewLeaf } from '../platform/corridor.ts';

type WordsOf = (subject: string) => readonly string[];

const ofAsset: WordsOf = (id) => [`asset:${id}`, 'assets', 'overview'];
/** Nothing that the overview counts. */
const ofReport: WordsOf = (id) => [`asset:${id}`, 'assets'];
/** Whatever is not in the table below happens to a campaign: its subject names it. */
const ofCampaign: WordsOf = (id) => [`campaign:${id}`, 'campaigns', 'inbox', 'overview'];

/** By the noun of an entry of the record: which lists and things of the console show what it tells of. */
const WORDS: Readonly<Record<string, WordsOf>> = {
  asset: ofAsset,
  agent: ofAsset,
  host: ofAsset,
  // PostgreSQL commits those who notify one after the other, and a fleet checks in all at once; the assessment that
  // follows each report tells of it. // PostgreSQL NOTIFY
  inventory: () => [],
  'health-profile': ofReport,
  backup: ofReport,
  'enrollment-token': () => ['enrollment-tokens'],
  feed: () => [
    'feeds',
    'assets',
    'asset',
    'findings',
    'updates',
    'exposure',
    'severities',
    'announcements',
    'overview',
  ],
  announcement: () => ['announcements', 'severities', 'assets', 'asset', 'findings', 'updates', 'exposure', 'overview'],
  severity: () => ['severities', 'assets', 'asset', 'findings', 'exposure', 'overview'],
  exception: () => ['exceptions', 'inbox', 'overview'],
  origin: () => ['origins'],
  'maintenance-group': () => ['groups'],
  freeze: () => ['freezes', 'groups'],
  'maintenance-plan': () => ['maintenance-plans', 'inbox'],
  'maintenance-turn': () => ['maintenance-plans', 'inbox'],
  rule: () => ['rules'],
  person: () => ['people', 'account'],
  invitation: () => ['people'],
  passkey: () => ['account', 'trust'],
  trust: () => ['trust', 'account', 'inbox', 'overview'],
  telling: () => ['told'],
  stakeholder: () => ['notices'],
  'notice-channel': () => ['notices'],
  policy: () => ['policy'],
};

/** The first words of the console's lists and things that show what these entries tell of. */
export function touchedBy(leaves: readonly Pick<NewLeaf, 'kind' | 'subject'>[]): ReadonlySet<string> {
  return new Set(
    leaves.flatMap(({ kind, subject }) => {
      const noun = kind.split('.', 1)[0] ?? kind;
      return (WORDS[noun] ?? ofCampaign)(subject);
    }),
  );
}
