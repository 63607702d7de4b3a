import type { Decision } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Failed, Freshness, Loading } from '../parts/states.tsx';
import { useShortcut } from '../platform/keys.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { DecisionBar } from './decision-bar.tsx';
import { DecisionEvidence } from './decision-evidence.tsx';
import { DecisionHead } from './decision-head.tsx';
import { DecisionHosts } from './decision-hosts.tsx';
import { DecisionPeople } from './decision-people.tsx';
import { DecisionWhat } from './decision-what.tsx';
import { DecisionWhen } from './decision-when.tsx';
import { decisionQuery } from './queries.ts';
import { useDecisionAddress } from './use-decision-address.ts';

// A dialog that is needed once somebody decides.
const ActDialog = lazy(async () => ({ default: (await import('./act-dialog.tsx')).ActDialog }));

const words = strings.decision;
const route = getRouteApi('/inside/inbox/$plan');

/** Everything that is needed to decide on a plan, on one page. */
export function DecisionScreen() {
  const { plan } = route.useParams();
  const navigate = useNavigate();
  const decision = useQuery(decisionQuery(plan));
  const refresh = (): void => void decision.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useShortcut('Escape', strings.keys.back, () => void navigate({ to: '/inbox' }));
  useTitle(decision.data?.campaign.title ?? words.title);

  return (
    <>
      <nav className="ps-crumbs" aria-label={strings.inbox.title}>
        <Link to="/inbox">{strings.inbox.title}</Link>
      </nav>
      <div className="ps-title">
        <h1>{decision.data?.campaign.title ?? words.title}</h1>
        {decision.data !== undefined && (
          <Freshness
            at={decision.dataUpdatedAt}
            error={decision.error}
            loading={decision.isFetching}
            onRefresh={refresh}
          />
        )}
      </div>
      {decision.isPending && <Loading />}
      {decision.data === undefined && decision.isError && <Failed error={decision.error} onAgain={refresh} />}
      {decision.data !== undefined && <DecisionBody decision={decision.data} />}
    </>
  );
}

function DecisionBody({ decision }: { readonly decision: Decision }) {
  const { search } = useDecisionAddress();
  const asked = decision.you.acts.find(({ act, barred }) => act === search.act && barred === null);
  return (
    <>
      <DecisionHead decision={decision} />
      <div className="ps-decision">
        <DecisionWhat decision={decision} />
        <DecisionWhen decision={decision} />
        <DecisionEvidence decision={decision} />
        <DecisionPeople decision={decision} />
      </div>
      <DecisionHosts decision={decision} />
      <DecisionBar decision={decision} />
      {asked !== undefined && (
        <Suspense>
          <ActDialog decision={decision} act={asked} />
        </Suspense>
      )}
    </>
  );
}
