import type { SeverityWords } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { heldText } from './held-text.ts';
import type { SeverityShowOptions } from './severity.ts';

type RatingBody = SeverityWords['ratings'][number];

export async function showSeverity(
  { options, operands }: Invocation<SeverityShowOptions>,
  context: Context,
): Promise<ExitCode> {
  const { release: distribution } = options;
  const answer = await withServer(options, context, (client) =>
    client('severity.show', { params: { vulnerability: operands[0] ?? '' }, query: { distribution } }),
  );
  if (options.json === true) await context.output.json(answer);
  else await present(answer, context);
  // Without a severity nobody has looked yet: a discrepancy, as a finding is.
  return answer.intelligence.severity === 'unknown' ? EXIT.findings : EXIT.done;
}

async function present(answer: SeverityWords, { output }: Context): Promise<void> {
  const { ratings, points, voices, changes } = answer;
  await output.write(
    headLines(answer)
      .map((line) => `${plainText(line)}\n`)
      .join(''),
  );
  if (ratings.length > 0) {
    await output.write('\n');
    await output.table(RATING_COLUMNS, ratings);
    await output.write(`Believed first to last: Security, ${voices.map((voice) => VOICES[voice]).join(', ')}.\n`);
  }
  if (points.length > 0) {
    await output.write('\nSSVC:\n');
    await output.table(POINT_COLUMNS, points);
  }
  if (changes.length === 0) return;
  await output.write('\nWhat moved it:\n');
  await output.table(CHANGE_COLUMNS, changes);
}

function headLines({ vulnerability, distribution, intelligence, cvss, elsewhere }: SeverityWords): string[] {
  const { severity, severityFrom, said, knownExploited, epss, held } = intelligence;
  const where = distribution === null ? '' : ` on ${distribution}`;
  const lines = [
    severityFrom === null
      ? `${vulnerability}: no source says how severe it is${where}; it runs on the critical clock until Security judges it.`
      : `${vulnerability}: ${severity}${cvss === null ? '' : ` (CVSS ${cvss.toFixed(1)})`}${where}, says ${severityFrom}.`,
  ];
  if (held !== undefined) {
    lines.push(
      `Sources say less by now: ${heldText(held)}. What counts stays until Security agrees ("patchsteward severity follow").`,
    );
  }
  if (said !== null) lines.push(`Security said so because: ${said.why}`);
  for (const { distribution: name, severity: word, from } of elsewhere) {
    if (name !== distribution) lines.push(`On ${name}: ${word}, says ${from ?? 'nobody'}.`);
  }
  if (knownExploited !== null) {
    lines.push(
      `Known to be exploited since ${knownExploited.added}${knownExploited.ransomware ? ', by ransomware too' : ''}.`,
    );
  }
  if (epss !== null) lines.push(`EPSS ${(epss.score * 100).toFixed(1)} % of ${epss.date}, model ${epss.model}.`);
  return lines;
}

const VOICES: Record<SeverityWords['voices'][number], string> = {
  vendor: 'vendor of the distribution',
  cna: 'CNA',
  adp: 'ADP',
  nvd: 'NVD',
  aggregator: 'aggregator',
  'other-vendor': 'vendor of another distribution',
};

const PLACES: Record<RatingBody['place'], string> = {
  believed: 'believed',
  'voice-comes-later': 'another voice comes first',
  'older-scale': 'older scale',
  'less-severe': 'less severe',
  older: 'older',
  'said-before': 'says the same',
  'voice-not-believed': 'not believed by the policy',
  'says-nothing': 'says nothing',
};

const PROBLEMS: Record<NonNullable<RatingBody['problem']>, string> = {
  'vector-unreadable': 'its vector is none',
  'score-differs': 'its score does not follow from the vector',
  'level-differs': 'its word does not follow from the vector',
};

const RATING_COLUMNS: readonly Column<RatingBody>[] = [
  { header: 'SOURCE', text: ({ source }) => source, shrinks: true },
  { header: 'VOICE', text: ({ voice }) => voice },
  { header: 'SEVERITY', text: ({ level, stated }) => (level === 'unknown' ? (stated.level ?? '-') : level) },
  { header: 'SCORE', text: ({ score }) => score?.toFixed(1) ?? '-', align: 'right' },
  { header: 'VECTOR', text: ({ vector }) => vector ?? '-', shrinks: true },
  { header: 'WHEN', text: ({ at }) => (at === null ? '-' : momentText(at)) },
  { header: 'COUNTS', text: ({ place }) => PLACES[place] },
  { header: 'NOTE', text: ({ problem }) => (problem === null ? '-' : PROBLEMS[problem]), shrinks: true },
];

const AUTOMATABLE = { true: 'yes', false: 'no', null: 'unknown' } as const;

const POINT_COLUMNS: readonly Column<SeverityWords['points'][number]>[] = [
  { header: 'SOURCE', text: ({ source }) => source },
  { header: 'EXPLOITATION', text: ({ exploitation }) => exploitation ?? 'unknown' },
  { header: 'AUTOMATABLE', text: ({ automatable }) => AUTOMATABLE[`${automatable}`] },
  { header: 'IMPACT', text: ({ technicalImpact }) => technicalImpact ?? 'unknown' },
  { header: 'WHEN', text: ({ at }) => (at === null ? '-' : momentText(at)) },
  { header: 'COUNTS', text: ({ counts }) => (counts ? 'yes' : 'a newer one does') },
];

const CHANGES: Record<SeverityWords['changes'][number]['kind'], string> = {
  raised: 'up at once',
  held: 'down waits for Security',
  agreed: 'Security agreed to less',
};

const CHANGE_COLUMNS: readonly Column<SeverityWords['changes'][number]>[] = [
  { header: 'WHEN', text: ({ at }) => momentText(at) },
  { header: 'MOVE', text: ({ kind }) => CHANGES[kind] },
  { header: 'FEED', text: ({ feed }) => feed ?? '-' },
  { header: 'BEFORE', text: ({ before }) => before, shrinks: true },
  { header: 'AFTER', text: ({ after }) => after, shrinks: true },
];
