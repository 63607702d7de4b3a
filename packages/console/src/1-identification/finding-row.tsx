import type { FindingBody } from '@patchsteward/contract';
import { Due } from '../parts/clock.tsx';
import { HeldIcon } from '../parts/icons.ts';
import { ExploitedTag, LaneTag, SeverityMark } from '../parts/risk.tsx';
import { RowToggle } from '../parts/row-toggle.tsx';
import { Tag } from '../parts/tag.tsx';
import { VersionChange } from '../parts/version-change.tsx';
import { strings } from '../platform/strings.ts';
import { type FindingGroup, type FindingRow, findingKey } from './finding-groups.ts';
import { percent } from './percent.ts';

const words = strings.findings;
/** Names shown of a group's binary packages; the rest is a number. */
const BINARIES_SHOWN_MAX = 3;

interface WhatCellProps {
  readonly row: FindingRow;
  readonly item: string | undefined;
  readonly toggleGroup: (source: string) => void;
  readonly toggleFinding: (finding: FindingBody) => void;
}

export function WhatCell({ row, item, toggleGroup, toggleFinding }: WhatCellProps) {
  if (row.kind === 'group') {
    const { group, open } = row;
    return (
      <>
        <RowToggle open={open} onToggle={() => toggleGroup(group.source)}>
          {group.source}
        </RowToggle>
        <span className="ps-second">
          {words.vulnerabilities(group.vulnerabilities)} · {binariesText(group)}
        </span>
      </>
    );
  }
  const { finding } = row;
  return (
    <>
      <RowToggle open={findingKey(finding) === item} onToggle={() => toggleFinding(finding)}>
        {finding.vulnerability}
      </RowToggle>
      <span className="ps-second">{finding.advisory}</span>
    </>
  );
}

function binariesText({ binaries }: FindingGroup): string {
  if (binaries.length <= BINARIES_SHOWN_MAX) return binaries.join(', ');
  return words.binaries(binaries.length);
}

export function VersionCell({ row }: { readonly row: FindingRow }) {
  if (row.kind === 'finding') {
    const { finding } = row;
    return (
      <>
        <VersionChange from={finding.sourceVersion} to={finding.fixed} none={words.noFixBy[finding.status]} />
        <KeptTag packages={finding.packages} />
      </>
    );
  }
  const { installed, findings } = row.group;
  return (
    <>
      <VersionChange from={versionsText(installed)} to={fixText(row.group)} none={words.noFix} />
      <KeptTag packages={findings.flatMap(({ packages }) => packages)} />
    </>
  );
}

function versionsText(versions: readonly string[]): string {
  return versions.length === 1 ? (versions[0] ?? '') : words.severalVersions(versions.length);
}

/** One fixed version; or, where each vulnerability names its own, the one that is offered instead of them all. */
function fixText({ fixed, offered }: FindingGroup): string | null {
  const [one] = fixed.length === 1 || offered.length !== 1 ? fixed : offered;
  if (one === undefined) return null;
  return fixed.length === 1 || offered.length === 1 ? one : words.severalFixes(fixed.length);
}

/** Held, or pinned with the words of the pin. */
function KeptTag({ packages }: Pick<FindingBody, 'packages'>) {
  const kept = packages.find(({ hold }) => hold);
  if (kept === undefined) return null;
  return (
    <Tag icon={HeldIcon} tone="warning" hint={kept.pin ?? strings.updates.heldWhy}>
      {kept.pin === undefined ? strings.updates.held : strings.updates.pinned}
    </Tag>
  );
}

/** The two gravest kinds; the rest is behind the row. */
const SEVERITIES_SHOWN_MAX = 2;
const GRAVEST_FIRST = ['critical', 'high', 'medium', 'low', 'unknown', 'none'] as const;

function severitiesText({ severities }: FindingGroup): string {
  return GRAVEST_FIRST.filter((severity) => severities.has(severity))
    .slice(0, SEVERITIES_SHOWN_MAX)
    .map((severity) => words.severityCount[severity](severities.get(severity) ?? 0))
    .join(', ');
}

export function RiskCell({ row }: { readonly row: FindingRow }) {
  if (row.kind === 'group') {
    const { knownExploited, withoutFix } = row.group;
    return (
      <>
        <span>{severitiesText(row.group)}</span>
        {knownExploited > 0 && <ExploitedTag>{strings.assets.knownExploited(knownExploited)}</ExploitedTag>}
        {withoutFix > 0 && <span className="ps-second">{words.withoutFix(withoutFix)}</span>}
      </>
    );
  }
  const { severity, knownExploited, epss } = row.finding.intelligence;
  return (
    <>
      <SeverityMark severity={severity} />
      {knownExploited !== null && <ExploitedTag>{words.knownExploited}</ExploitedTag>}
      {epss !== null && <span className="ps-second">{words.epssShort(percent(epss.score))}</span>}
    </>
  );
}

export function DueCell({ row }: { readonly row: FindingRow }) {
  const finding = row.kind === 'group' ? row.group.findings[0] : row.finding;
  if (finding === undefined) return null;
  const { lane, due, late } = finding.assessment;
  return (
    <>
      <Due due={due} late={late} inRow />
      <LaneTag lane={lane} />
    </>
  );
}
