import type { Asset } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { distanceText, dueText, momentText } from '../platform/time-text.ts';
import { counted, distinct, numberText } from '../platform/words.ts';
import { assetNamed, showAsset } from './asset-named.ts';

export async function presentAsset(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const asset = await withServer(options, context, async (client) => {
    const { id } = await assetNamed(client, operands[0] ?? '');
    return showAsset(client, id);
  });
  if (options.json === true) await context.output.json(asset);
  else await context.output.write(assetText(asset, (text) => context.output.styled('bold', text), Date.now()));
  return EXIT.done;
}

/** The facts of an asset, then what stands in its way. */
function assetText(asset: Asset, bold: (text: string) => string, now: number): string {
  const facts = [...peopleFacts(asset), ...stateFacts(asset, now), ...systemFacts(asset, now)];
  const lines = [
    `${bold(plainText(asset.name))}  ${asset.id}`,
    ...facts.map(([name, value]) => `  ${name.padEnd(13)} ${plainText(value)}`),
    ...distinct(asset.reasons.map(({ sentence }) => sentence)).map(
      (sentence) => `  note          ${plainText(sentence)}`,
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

type Fact = readonly [name: string, value: string];

/** What people say of it. */
function peopleFacts(asset: Asset): Fact[] {
  const { criticality, environment, exposure, kind, owner, role, tags } = asset;
  return [
    ['kind', kind],
    ['criticality', criticality],
    ['exposure', exposure],
    ['environment', environment],
    ['owner', owner ?? '-'],
    ['role', role ?? '-'],
    ['tags', tags.length === 0 ? '-' : tags.join(', ')],
    ['maintenance', asset.maintenanceGroup ?? '-'],
    ['redundancy', asset.redundancyGroups.length === 0 ? '-' : asset.redundancyGroups.join(', ')],
    ['test ring', asset.ring ? 'yes' : 'no'],
  ];
}

/** How it stands. */
function stateFacts(asset: Asset, now: number): Fact[] {
  const { lastSeen, nextDue, packages, securityUpdates, stale, updates } = asset;
  const offered =
    updates === null ? 'not known' : `${numberText(updates)}, ${numberText(securityUpdates ?? 0)} of them security`;
  return [
    ...listedFacts(asset, now),
    ['release', asset.release?.prettyName ?? 'not known before the first report'],
    ...supportFacts(asset),
    ['packages', packages === null ? '-' : numberText(packages)],
    ['findings', findingsText(asset)],
    ['updates', offered],
    ['next due', nextDue === null ? '-' : `${nextDue.lane}, ${dueText(nextDue, now)} (${momentText(nextDue.due)})`],
    [
      'last report',
      lastSeen === null ? 'never' : `${distanceText(lastSeen, now)} (${momentText(lastSeen)})${stale ? ', stale' : ''}`,
    ],
  ];
}

/** Until when its vendor fixes its platform, or the product that it is; nothing where no source says. */
function supportFacts({ support: { state, phase, until, extendedUntil } }: Asset): Fact[] {
  if (state === 'unknown' || until === null) return [];
  const further = extendedUntil === null ? '' : `, for subscribers until ${dayText(extendedUntil)}`;
  const past = state === 'ended' || state === 'extended';
  const long = phase === 'lts' ? ' (long-term support)' : '';
  return [['support', `${past ? 'ended' : 'until'} ${dayText(until)}${long}${further}`]];
}

/** The first moment without support is the end of the day before. */
function dayText(moment: string): string {
  return new Date(Date.parse(moment) - 1).toISOString().slice(0, 10);
}

/** What a list says; nothing where none names it. */
function listedFacts({ product, lastListed, origin }: Asset, now: number): Fact[] {
  const { vendor = null, name = null, version = null, build = null } = product ?? {};
  const said = [vendor, name, version, build === null ? null : `(build ${build})`].filter((word) => word !== null);
  return [
    ...(said.length === 0 ? [] : [['product', said.join(' ')] as const]),
    ...(lastListed === null
      ? []
      : [['listed', `${distanceText(lastListed, now)} (${momentText(lastListed)})`] as const]),
    ...(origin === 'agent' ? [] : [['known from', origin === 'import' ? 'a list' : 'the API'] as const]),
  ];
}

function findingsText({ findings, judged, knownExploited }: Asset): string {
  if (judged.kind === 'not-judged') return `not judged: ${judged.reason.sentence}`;
  const { unjudgedPackages } = judged;
  const part =
    unjudgedPackages === 0 ? '' : `; ${counted(unjudgedPackages, 'package')} not judged: no loaded feed speaks of them`;
  return `${numberText(findings ?? 0)}, ${numberText(knownExploited ?? 0)} known exploited vulnerabilities${part}`;
}

/** What the host says of itself; nothing before its first report. */
function systemFacts(asset: Asset, now: number): Fact[] {
  if (asset.runningKernel === null) return [];
  const { architecture, bootedAt, installedKernels, origins, rebootNeeded, rebootReasons, restartNeeded } = asset;
  const booted = bootedAt === null ? '' : `, booted ${distanceText(bootedAt, now)}`;
  const because = rebootReasons.length === 0 ? '' : ` (${rebootReasons.join(', ')})`;
  return [
    ['system', `${architecture ?? 'unknown architecture'}${asset.container === true ? ', a container' : ''}${booted}`],
    ['kernel', `${asset.runningKernel} runs; installed: ${namesText(installedKernels.map(({ release }) => release))}`],
    ['reboot', rebootNeeded === true ? `needed${because}` : 'not needed'],
    ['restarts', restartNeeded === null ? 'not known' : namesText(restartNeeded)],
    ['origins', namesText(origins.map(({ id, signed }) => (signed ? id : `${id} (not signed)`)))],
    ['agent', asset.agentVersion ?? '-'],
  ];
}

function namesText(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}
