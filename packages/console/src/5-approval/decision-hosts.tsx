import type { Decision, DecisionHost } from '@patchsteward/contract';
import { useMemo } from 'react';
import { WarningIcon } from '../parts/icons.ts';
import { RowToggle } from '../parts/row-toggle.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Empty } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';
import { BackupText, HostDetail } from './host-detail.tsx';
import { matchingHosts } from './matching-hosts.ts';
import { Span } from './span.tsx';
import { useDecisionAddress } from './use-decision-address.ts';

const words = strings.decision;
const ROW_PX = 88;
/** A field for a search where the eye finds it sooner. */
const SEARCH_FROM_HOSTS = 8;

/** Every host of the plan, the most critical first. */
export function DecisionHosts({ decision }: { readonly decision: Decision }) {
  const { search: address, put } = useDecisionAddress();
  const { search = '', item } = address;
  const rows = useMemo(() => matchingHosts(decision.hosts, search), [decision.hosts, search]);
  const toggle = (assetId: string): void => put({ item: assetId === item ? undefined : assetId });
  return (
    <section aria-label={words.where}>
      <h2 className="ps-subtitle">{words.whereOf(decision.hosts.length)}</h2>
      <p className="ps-lead">{scopeText(decision)}</p>
      {(decision.hosts.length >= SEARCH_FROM_HOSTS || search !== '') && (
        <div className="ps-tools">
          <SearchField
            label={words.searchHosts}
            value={search}
            onSearch={(next) => put({ search: next === '' ? undefined : next })}
          />
        </div>
      )}
      {rows.length === 0 && (
        <Empty title={strings.list.nothingFound(search)}>{strings.list.nothingFoundWhatToDo}</Empty>
      )}
      {rows.length > 0 && (
        <Table
          label={words.where}
          name="decision-hosts"
          columns={columnsOf(item, toggle)}
          rows={rows}
          keyOf={idOf}
          total={rows.length}
          estimatePx={ROW_PX}
          settling={false}
          {...(item === undefined ? {} : { selectedKey: item })}
          detail={(host) => (host.assetId === item ? <HostDetail host={host} decision={decision} /> : null)}
        />
      )}
    </section>
  );
}

/** Why the plan and its campaign do not count the same hosts. */
function scopeText({ kind, hosts, campaign }: Decision): string {
  if (kind === 'test') return words.campaignTest(hosts.length, campaign.hosts);
  return words.campaignHosts({ all: campaign.hosts, planned: hosts.length, testRing: campaign.testHosts });
}

function idOf({ assetId }: DecisionHost): string {
  return assetId;
}

function columnsOf(item: string | undefined, toggle: (assetId: string) => void): readonly Column<DecisionHost>[] {
  const { host, wave, backup, back } = words.hostColumns;
  return [
    {
      key: 'host',
      header: host,
      cell: (row) => <HostCell host={row} open={row.assetId === item} onToggle={() => toggle(row.assetId)} />,
    },
    { key: 'wave', header: wave, cell: (row) => <WaveCell host={row} /> },
    { key: 'backup', header: backup, cell: (row) => <BackupText backup={row.backup} inRow /> },
    { key: 'back', header: back, cell: (row) => <BackCell host={row} /> },
  ];
}

interface HostCellProps {
  readonly host: DecisionHost;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function HostCell({ host, open, onToggle }: HostCellProps) {
  const { name, criticality, owner, maintenanceGroup, redundancyGroups } = host;
  const facts = [
    owner === null ? words.noOwner : words.owner(owner),
    ...(maintenanceGroup === null ? [] : [words.group(maintenanceGroup)]),
    ...(redundancyGroups.length === 0 ? [] : [words.redundancy(redundancyGroups.join(', '))]),
  ];
  return (
    <>
      <RowToggle open={open} onToggle={onToggle}>
        {name}
      </RowToggle>
      <span className="ps-second">{facts.join(' · ')}</span>
      <Tag tone={criticality === 'critical' || criticality === 'high' ? 'warning' : 'plain'}>
        {strings.criticality[criticality]}
      </Tag>
    </>
  );
}

function WaveCell({ host: { wave, spans, zone, agreedBy } }: { readonly host: DecisionHost }) {
  const [first] = spans;
  return (
    <>
      <span>{words.wave(wave)}</span>
      {first !== undefined && <Span span={first} zone={zone} />}
      {spans.length > 1 && <span className="ps-second">{words.moreWindows(spans.length - 1)}</span>}
      {agreedBy !== null && <span className="ps-second">{words.agreed(agreedBy)}</span>}
    </>
  );
}

function BackCell({ host: { wayBack, mayReboot } }: { readonly host: DecisionHost }) {
  return (
    <>
      {wayBack.kind === 'none' ? (
        <Tag tone="warning" icon={WarningIcon} hint={wayBack.why}>
          {words.back.none}
        </Tag>
      ) : (
        <span>{words.back.downgrade}</span>
      )}
      {mayReboot && <Tag tone="info">{words.reboot}</Tag>}
    </>
  );
}
