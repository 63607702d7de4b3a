import type { Overview } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { AddressLink } from '../parts/address-link.tsx';
import { GoodIcon } from '../parts/icons.ts';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { useShortcut } from '../platform/keys.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { Counters } from './counters.tsx';
import { FleetFigures } from './fleet-figures.tsx';
import { Needs } from './needs.tsx';
import { overviewQuery } from './queries.ts';
import { Standing } from './standing.tsx';

const words = strings.overview;

/** What a person must know within five seconds: what needs them, what is late, what is stopped, what is running. */
export function OverviewScreen() {
  const overview = useQuery(overviewQuery);
  const refresh = (): void => void overview.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useTitle(strings.screens.overview);

  return (
    <>
      <div className="ps-title">
        <h1>{strings.screens.overview}</h1>
        {overview.data !== undefined && (
          <Freshness
            at={overview.dataUpdatedAt}
            error={overview.error}
            loading={overview.isFetching}
            onRefresh={refresh}
          />
        )}
      </div>
      {overview.isPending && <Loading />}
      {overview.data === undefined && overview.isError && <Failed error={overview.error} onAgain={refresh} />}
      {overview.data !== undefined && <OverviewBody overview={overview.data} />}
    </>
  );
}

function OverviewBody({ overview }: { readonly overview: Overview }) {
  const { needsMe, care, late, stopped, running, fleet, open, seen } = overview;
  const nothing = needsMe.length === 0 && care.length === 0;
  return (
    <>
      <Counters overview={overview} />
      <section aria-labelledby="needs" className="ps-overview-part">
        <h2 id="needs">{words.needsTitle}</h2>
        {nothing ? <NothingNeeded open={open} /> : <Needs needs={needsMe} care={care} />}
      </section>
      <div className="ps-overview-columns">
        <Standing id="late" title={words.late} none={words.noneLate} more="/campaigns?only=late" {...late} />
        <Standing
          id="stopped"
          title={words.stopped}
          none={words.noneStopped}
          more="/campaigns?only=stopped"
          {...stopped}
        />
        <Standing id="running" title={words.running} none={words.noneRunning} more="/campaigns" {...running} />
      </div>
      {seen < open && <p className="ps-subtle">{words.seenOf(seen, open)}</p>}
      <FleetFigures fleet={fleet} />
    </>
  );
}

function NothingNeeded({ open }: { readonly open: number }) {
  return (
    <Empty
      title={words.nothing}
      icon={GoodIcon}
      tone="good"
      action={open === 0 ? <AddressLink to="/campaigns?view=proposals">{words.toProposals}</AddressLink> : undefined}
    >
      {words.nothingLead(open)}
    </Empty>
  );
}
