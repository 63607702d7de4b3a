/** What can be made to go wrong, each with a command of its own. */
export const FAULT_KINDS = [
  'server-database',
  'apt-dpkg',
  'dnf-rpm',
  'agentd-runner',
  'partition',
  'disk-full',
  'held-lock',
  'clock',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** What came of it, counted. */
export interface FaultFigures {
  readonly kind: FaultKind;
  readonly seed: number;
  readonly asked: number;
  /** What struck in time, by what it was that was struck. */
  readonly struck: Readonly<Record<string, number>>;
  /** Blows whose moment had passed; they count for nothing. */
  readonly late: number;
  /** Upgrades, or whatever else went on meanwhile, and how many of them came to the end that they must come to. */
  readonly runs: number;
  readonly converged: number;
  /** Ended as if all were well, and it was not. */
  readonly falseSuccesses: number;
  /** Acknowledged and not there any more. */
  readonly lost: number;
  readonly doubled: number;
  /** Whatever else is not as it must be, and each of the above, in words. */
  readonly faults: readonly string[];
  readonly tookMs: number;
}

/** What a person asks for. */
export interface FaultWish {
  readonly count: number;
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export type FaultCounts = Omit<FaultFigures, 'kind' | 'seed' | 'asked' | 'tookMs'>;

function struckIn({ struck }: Pick<FaultFigures, 'struck'>): number {
  return Object.values(struck).reduce((sum, count) => sum + count, 0);
}

/** Whether it is a proof: as often as was asked for, and nothing wrong. */
export function proves(figures: FaultFigures): boolean {
  const { asked, runs, converged, falseSuccesses, lost, doubled, faults } = figures;
  const clean = converged === runs && falseSuccesses + lost + doubled === 0 && faults.length === 0;
  return clean && struckIn(figures) >= asked;
}

/** As many as help to see what it is. */
const FAULTS_SHOWN_MAX = 20;

export function figuresText(figures: FaultFigures): string {
  const { kind, seed, asked, late, runs, converged, falseSuccesses, lost, doubled, faults, tookMs } = figures;
  const parts = Object.entries(figures.struck).map(([what, count]) => `${count} ${what}`);
  const rows: [string, string][] = [
    ['kind', kind],
    ['seed', String(seed)],
    ['asked for', String(asked)],
    ['struck in time', `${struckIn(figures)}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`],
    ['too late, not counted', String(late)],
    ['converged', `${converged} of ${runs}`],
    ['false successes', String(falseSuccesses)],
    ['lost', String(lost)],
    ['doubled', String(doubled)],
    ['took', `${Math.round(tookMs / 1_000)} s`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const shown = faults.slice(0, FAULTS_SHOWN_MAX).map((fault) => `  ${fault}`);
  const more = faults.length > shown.length ? [`  and ${faults.length - shown.length} more`] : [];
  return [
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    ...shown,
    ...more,
    verdictOf(figures),
    '',
  ].join('\n');
}

function verdictOf(figures: FaultFigures): string {
  if (proves(figures)) return 'held';
  const missing = figures.asked - struckIn(figures);
  return missing > 0 ? `no proof: ${missing} fewer than asked for struck in time` : 'did not hold';
}

/** How often each comes. */
export function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
