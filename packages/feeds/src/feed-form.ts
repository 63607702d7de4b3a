/** How the bytes of a feed are read. */
export const FEED_FORMS = [
  'osv',
  'alpine-secdb',
  'debian-tracker',
  'csaf',
  'updateinfo',
  'announcements',
  'kev',
  'epss',
  'endoflife',
  'debian-support',
  'cve',
  'nvd',
] as const;
export type FeedForm = (typeof FEED_FORMS)[number];

/** What a feed adds to what is known. */
export type FeedGives = 'claims' | 'known-exploited' | 'scores' | 'lifecycles' | 'severities' | 'announcements';

interface FormFacts {
  readonly gives: FeedGives;
  /**
   * Whether there may be several feeds of it. A catalog says all there is: two of them would take back from each other
   * what the other one says.
   */
  readonly several: boolean;
  /** Whether its records say themselves how new they are. Where not, only the order of imports tells old from new. */
  readonly dated: boolean;
}

export const FORMS: Readonly<Record<FeedForm, FormFacts>> = {
  osv: { gives: 'claims', several: true, dated: true },
  'alpine-secdb': { gives: 'claims', several: true, dated: false },
  'debian-tracker': { gives: 'claims', several: true, dated: false },
  csaf: { gives: 'claims', several: true, dated: true },
  updateinfo: { gives: 'claims', several: true, dated: true },
  announcements: { gives: 'announcements', several: true, dated: false },
  kev: { gives: 'known-exploited', several: false, dated: true },
  epss: { gives: 'scores', several: false, dated: true },
  endoflife: { gives: 'lifecycles', several: true, dated: false },
  'debian-support': { gives: 'lifecycles', several: true, dated: false },
  cve: { gives: 'severities', several: false, dated: true },
  nvd: { gives: 'severities', several: false, dated: true },
};
