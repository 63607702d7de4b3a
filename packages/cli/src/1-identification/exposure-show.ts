import type { ExposedAsset, ExposureAnswer } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { distinct, LISTED_MAX } from '../platform/words.ts';
import { idsOf, tellCsv, tellMany } from './exposure-many.ts';
import { exitCodeOf, readExposure } from './exposure-read.ts';
import { pastLines } from './past-lines.ts';
import { sourceText } from './source-text.ts';

/** The kernel has a claim for each release; beyond these they are counted, not listed. */
const CLAIMS_SHOWN_MAX = 20;

const STYLES = { affected: 'red', 'not-affected': 'green', 'not-judged': 'yellow' } as const;

export interface ExposureOptions extends ServerOptions {
  readonly all?: true;
  readonly why?: true;
  readonly at?: string;
  readonly file?: string;
  readonly csv?: true;
}

export async function showExposure(
  { options, operands }: Invocation<ExposureOptions>,
  context: Context,
): Promise<ExitCode> {
  const asked = { at: options.at, show: options.all === true ? 'all' : 'open' } as const;
  const ids = distinct([...operands, ...(await idsOf(options.file, context))]);
  const [only] = ids;
  if (only === undefined)
    throw new Failure('nothing is asked for', 'name an id, or a file with --file', { exitCode: EXIT.usage });
  if (options.csv === true && options.json === true) {
    throw new Failure('an answer is CSV or JSON', 'give one of --csv and --json', { exitCode: EXIT.usage });
  }
  return withServer(options, context, async (client) => {
    if (options.csv === true) return tellCsv(client, { ids, asked }, context);
    if (ids.length > 1 || options.file !== undefined) {
      return tellMany(client, { ids, asked }, options.json === true, context);
    }
    const answer = await readExposure(client, only, asked, context);
    if (options.json === true) await context.output.json(answer);
    else await present(answer, options.why === true, context);
    return exitCodeOf(answer);
  });
}

async function present(answer: ExposureAnswer, withWhy: boolean, context: Context): Promise<void> {
  const { output } = context;
  const lines = [
    output.styled(STYLES[answer.answer], plainText(answer.sentence)),
    ...pastLines(answer.past),
    ...advisoryLines(answer),
    ...nameLines(answer),
    ...releaseLines(answer),
    ...intelligenceLines(answer),
    ...whyLines(answer),
  ];
  await output.write(lines.map((line) => `${line}\n`).join(''));
  if (answer.assets.length > 0) {
    await output.write('\n');
    await output.table(ASSET_COLUMNS, answer.assets);
  }
  if (withWhy)
    await output.write(
      losingLines(answer)
        .map((line) => `${line}\n`)
        .join(''),
    );
  if (answer.claims.length === 0) return;
  await output.write('\nWhat vendors claim:\n');
  await output.table(CLAIM_COLUMNS, answer.claims.slice(0, CLAIMS_SHOWN_MAX));
  for (const line of reasonLines(answer)) await output.write(`${line}\n`);
  const more = answer.claims.length - CLAIMS_SHOWN_MAX;
  if (more > 0) await output.write(`and ${more} more; --json has all of them\n`);
}

function advisoryLines({ advisory, vulnerabilities }: ExposureAnswer): string[] {
  if (advisory === null) return [];
  const { id, source, summary } = advisory;
  return [
    plainText(`${id}: ${summary}. It names ${vulnerabilities.join(', ')}.`),
    ...(source === null ? [] : [`It was ${sourceText(source)}.`]),
  ];
}

/** Where it was asked by another name. */
function nameLines({ advisory, vulnerability, vulnerabilities }: ExposureAnswer): string[] {
  const others = vulnerabilities.filter((one) => one !== vulnerability);
  if (advisory !== null || others.length === 0) return [];
  return [plainText(`${vulnerability} is also known as ${others.join(', ')}.`)];
}

/** Once for each source version: what else was said, and why it did not count. */
function losingLines({ assets }: ExposureAnswer): string[] {
  const versions = new Map(assets.map((asset) => [`${asset.source} ${asset.sourceVersion}`, asset]));
  return [...versions].slice(0, LISTED_MAX).flatMap(([version, asset]) => {
    const { advisory, advisorySource, feed, why, losing, packages } = asset;
    return [
      '',
      plainText(`${version} (${packages.join(', ')}): ${why}`),
      ...(advisory === null ? [] : [`  ${plainText(`decided by ${advisory} of ${feed}`)}`]),
      ...(advisorySource === null ? [] : [`  ${sourceText(advisorySource)}`]),
      ...losing.map(({ advisory: other, feed: from, status, because }) => {
        const lost = `against ${other} of ${from}, ${status.replaceAll('_', ' ')}: ${because.replaceAll('-', ' ')}`;
        return `  ${plainText(lost)}`;
      }),
    ];
  });
}

/** One release needs no line of its own: the sentence above says it. */
function releaseLines({ releases }: ExposureAnswer): string[] {
  if (releases.length < 2) return [];
  return releases.map(({ name, sentence }) => plainText(`${name}: ${sentence}`));
}

function intelligenceLines({
  intelligence: { epss, knownExploited, said, severity, severityFrom },
}: ExposureAnswer): string[] {
  const lines: string[] = [];
  if (severityFrom !== null) lines.push(`Severity: ${severity}, says ${severityFrom}.`);
  if (said !== null) lines.push(`Why: ${said.why}`);
  if (said?.differs === true && said.source !== null) {
    lines.push(`Sources say otherwise: ${said.source.severity}, says ${said.source.from ?? 'a source'}.`);
  }
  if (knownExploited !== null) {
    const { added, due, ransomware } = knownExploited;
    const until = due === null ? '' : `; CISA asks for the fix by ${due}`;
    lines.push(`Known to be exploited since ${added}${ransomware ? ', by ransomware too' : ''}${until}.`);
  }
  if (epss !== null) {
    const [chance, rank] = [epss.score, epss.percentile].map((share) => `${(share * 100).toFixed(1)} %`);
    lines.push(`EPSS of ${epss.date}: ${chance} likely to be exploited within 30 days, more than ${rank} of all.`);
  }
  return lines.map(plainText);
}

/** Once for each source version: hundreds of assets have the same. */
function whyLines({ assets }: ExposureAnswer): string[] {
  const whys = distinct(assets.map(({ why }) => why));
  const more = whys.length - LISTED_MAX;
  return [...whys.slice(0, LISTED_MAX).map(plainText), ...(more > 0 ? [`and ${more} more source versions`] : [])];
}

const ASSET_COLUMNS: readonly Column<ExposedAsset>[] = [
  { header: 'ASSET', text: ({ assetName }) => assetName, shrinks: true },
  { header: 'CRITICALITY', text: ({ criticality }) => criticality },
  { header: 'STATUS', text: statusText },
  { header: 'SOURCE', text: ({ source, sourceVersion }) => `${source} ${sourceVersion}`, shrinks: true },
  { header: 'FIXED IN', text: ({ fixed }) => fixed ?? '-', shrinks: true },
  { header: 'SINCE', text: ({ since }) => since.slice(0, 10) },
  { header: 'ADVISORY', text: ({ advisory }) => advisory ?? '-' },
  { header: 'WHAT TO DO', text: ({ next }) => next.sentence, shrinks: true },
];

function statusText({ status, runs, answered }: ExposedAsset): string {
  const until = answered === null ? '' : `, ${ANSWERS[answered.kind]} until ${answered.until.slice(0, 10)}`;
  return `${status.replaceAll('_', ' ')}${runs === false ? ', does not run' : ''}${until}`;
}

const ANSWERS = {
  accept: 'accepted',
  mitigate: 'mitigated',
  transfer: 'transferred',
  avoid: 'avoided',
  override: 'overridden',
} as const satisfies Record<NonNullable<ExposedAsset['answered']>['kind'], string>;

/** Why vendors call their products not affected, each reason once. */
function reasonLines({ claims }: ExposureAnswer): string[] {
  const said = claims.slice(0, CLAIMS_SHOWN_MAX).flatMap(({ advisory, justification, impact }) => {
    const words = [justification?.replaceAll('_', ' '), impact].filter((word) => word != null);
    return words.length === 0 ? [] : [plainText(`${advisory} says why: ${words.join('; ')}`)];
  });
  return distinct(said);
}

const CLAIM_COLUMNS: readonly Column<ExposureAnswer['claims'][number]>[] = [
  { header: 'ADVISORY', text: ({ advisory }) => advisory },
  { header: 'FEED', text: ({ feed }) => feed },
  { header: 'RELEASE', text: ({ scope }) => scope },
  { header: 'PACKAGE', text: (claim) => claim.package, shrinks: true },
  { header: 'STATUS', text: ({ status }) => status.replaceAll(/[_-]/g, ' ') },
  { header: 'FIXED IN', text: ({ fixed }) => fixed ?? '-', shrinks: true },
];
