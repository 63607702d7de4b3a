import type { Campaign, CampaignPlan, PlannedHost } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fact } from '../1-identification/asset-facts.tsx';
import { Clock } from '../parts/clock.tsx';
import { ClockIcon, RebootIcon, WarningIcon } from '../parts/icons.ts';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { TabAnchor } from '../parts/tab-anchor.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { VersionChange } from '../parts/version-change.tsx';
import { numberText, strings } from '../platform/strings.ts';
import { HashText } from './evidence-parts.tsx';
import { LeftOut } from './left-out.tsx';
import { type PlanKind, planQuery } from './queries.ts';
import { Spans } from './spans.tsx';
import { useCampaignAddress } from './use-campaign-address.ts';

const words = strings.campaign.plan;
const ROW_PX = 88;
const KINDS = ['production', 'test', 'rollback'] as const satisfies readonly PlanKind[];

/** Who gets what, when, wave after wave: as the work orders say it that people sign. */
export function PlanTab({ campaign }: { readonly campaign: Campaign }) {
  const { kind = 'production' } = useCampaignAddress().search;
  const plan = useQuery(planQuery(campaign.id, kind));
  return (
    <>
      <nav className="ps-tabs ps-tabs-small" aria-label={words.kindsLabel}>
        {KINDS.map((one) => (
          <TabAnchor
            key={one}
            from="/campaigns/$id"
            to="."
            search={one === 'production' ? { tab: 'plan' } : { tab: 'plan', kind: one }}
            state
            replace
            resetScroll={false}
            current={one === kind}
          >
            {words.kinds[one]}
          </TabAnchor>
        ))}
      </nav>
      {plan.isPending && <Loading />}
      {plan.data === undefined && plan.isError && <Failed error={plan.error} onAgain={() => void plan.refetch()} />}
      {plan.data?.plan === null && <Empty title={words.none}>{words.noneWhatToDo}</Empty>}
      {plan.data !== undefined && plan.data.plan !== null && <PlanBody plan={plan.data.plan} campaign={campaign} />}
    </>
  );
}

function PlanBody({ plan, campaign }: { readonly plan: CampaignPlan; readonly campaign: Campaign }) {
  return (
    <>
      <PlanSummary plan={plan} />
      {plan.waves.map((wave) => (
        <Wave key={wave.wave} wave={wave} />
      ))}
      <LeftOut leftOut={plan.leftOut} campaign={campaign} />
    </>
  );
}

function PlanSummary({ plan }: { readonly plan: CampaignPlan }) {
  return (
    <section aria-label={words.summary}>
      <dl className="ps-facts">
        <Fact term={words.hosts}>{numberText(plan.hosts)}</Fact>
        <Fact term={words.waves}>{numberText(plan.waves.length)}</Fact>
        <Fact term={words.starts}>
          <Clock at={plan.firstStart} />
        </Fact>
        <Fact term={words.ends}>
          <Clock at={plan.lastEnd} form="exact" />
        </Fact>
        <Fact term={words.authority}>
          <Clock at={plan.notAfter} form="exact" />
        </Fact>
        <Fact term={words.reboots}>{numberText(plan.reboots)}</Fact>
        <Fact term={words.withoutBackup}>{numberText(plan.withoutBackup)}</Fact>
        <Fact term={words.withoutWayBack}>{numberText(plan.withoutRollback)}</Fact>
        <Fact term={words.hash}>
          <HashText hash={plan.plan} />
        </Fact>
      </dl>
      <h2 className="ps-subtitle">{words.packages}</h2>
      <ul className="ps-evidence-list">
        {plan.packages.map(({ name, from, to, hosts }) => (
          <li key={`${name} ${from} ${to}`}>
            <span className="ps-code">{name}</span>
            <span className="ps-code">
              {from ?? words.installs} → {to ?? words.removes}
            </span>
            <span className="ps-subtle">{words.onHosts(hosts)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Wave({ wave }: { readonly wave: CampaignPlan['waves'][number] }) {
  const { wave: number, opensAt, endsAt, openedAt, closedAt, hosts } = wave;
  const title = strings.campaign.about.wave(number);
  return (
    <section className="ps-wave" aria-label={title}>
      <div className="ps-wave-title">
        <h2>{title}</h2>
        <span className="ps-subtle">{words.waveHosts(hosts.length)}</span>
        <WaveMark openedAt={openedAt} closedAt={closedAt} />
        <span className="ps-subtle">
          <Clock at={opensAt} form="exact" /> – <Clock at={endsAt} form="exact" />
        </span>
      </div>
      <Table
        label={title}
        name="plan"
        columns={COLUMNS}
        rows={hosts}
        keyOf={keyOf}
        total={hosts.length}
        estimatePx={ROW_PX}
        settling={false}
      />
    </section>
  );
}

function WaveMark({ openedAt, closedAt }: { readonly openedAt: string | null; readonly closedAt: string | null }) {
  if (closedAt !== null) return <Tag tone="good">{words.waveClosed}</Tag>;
  return <Tag tone={openedAt === null ? 'plain' : 'info'}>{openedAt === null ? words.waveAhead : words.waveOpen}</Tag>;
}

function keyOf({ assetId }: PlannedHost): string {
  return assetId;
}

const COLUMNS: readonly Column<PlannedHost>[] = [
  { key: 'asset', header: strings.campaign.jobs.columns.host, cell: (host) => <HostCell host={host} /> },
  { key: 'windows', header: strings.campaign.evidence.windows, cell: (host) => <WindowsCell host={host} /> },
  { key: 'changes', header: words.packages, cell: (host) => <ChangesCell host={host} /> },
];

function HostCell({ host }: { readonly host: PlannedHost }) {
  const { assetId, asset, byHand, owner, late } = host;
  return (
    <>
      <Link to="/assets/$id" params={{ id: assetId }} className="ps-row-link" data-row-main>
        {asset}
      </Link>
      <span className="ps-second">{owner === null ? words.noOwner : words.owner(owner)}</span>
      {byHand !== undefined && <span className="ps-second">{words.byHand(byHand.person)}</span>}
      <span className="ps-tags">
        {late && (
          <Tag tone="danger" icon={ClockIcon} hint={words.lateWhy}>
            {words.late}
          </Tag>
        )}
        {host.backup === 'waiver' && (
          <Tag tone="warning" icon={WarningIcon}>
            {words.waived}
          </Tag>
        )}
        {host.withoutWayBack !== null && (
          <Tag tone="warning" icon={WarningIcon} hint={host.withoutWayBack}>
            {words.noWayBack}
          </Tag>
        )}
        {host.reboot === 'if-needed' && <Tag icon={RebootIcon}>{words.reboot}</Tag>}
      </span>
    </>
  );
}

function WindowsCell({ host }: { readonly host: PlannedHost }) {
  return (
    <>
      <Spans spans={host.intervals} zone={host.zone} />
      <span className="ps-second">{host.maintenanceGroup ?? words.noGroup}</span>
    </>
  );
}

function ChangesCell({ host: { byHand, changes, restarts } }: { readonly host: PlannedHost }) {
  return (
    <>
      {changes.map(({ name, architecture, from, to }) => (
        <span key={`${name} ${architecture}`} className="ps-change">
          <span className="ps-code">{architecture === '' ? name : `${name}:${architecture}`}</span>
          <VersionChange from={from ?? words.installs} to={to} none={words.removes} />
        </span>
      ))}
      {restarts.length > 0 && <span className="ps-second">{words.restarts(restarts.join(', '))}</span>}
      {byHand?.checklist.map(({ evidence, step, text }) => (
        <span key={`${step} ${text}`} className="ps-second">
          {strings.campaign.hand.steps[step]}: {text} {strings.campaign.hand.asks[evidence]}
        </span>
      ))}
    </>
  );
}
