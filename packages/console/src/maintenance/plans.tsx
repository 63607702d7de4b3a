import type { MaintenancePlan } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { PlanForm } from './plan-form.tsx';
import { type Asked, PlanQuestion } from './plan-questions.tsx';
import { PlanTable } from './plan-table.tsx';
import { planList } from './queries.ts';
import { Turns } from './turns.tsx';

const words = strings.maintenance;
/** What the address says where a new plan is made; no plan has a name with a sign of this kind. */
const NEW = '+';

const route = getRouteApi('/inside/maintenance');

export function MaintenancePlansScreen() {
  const { edit, plan: open } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useQuery(planList);
  const [asked, setAsked] = useState<Asked | null>(null);
  const forbidden = useForbidden('operator');
  useTitle(words.title);
  const put = (search: { readonly edit?: string | undefined; readonly plan?: string | undefined }): void =>
    void navigate({ search: { edit: undefined, plan: open, ...search }, replace: true });
  const refresh = (): void => void list.refetch();
  const items: readonly MaintenancePlan[] = list.data?.items ?? [];
  const named = (name: string | undefined) => items.find((plan) => plan.name === name);
  const [edited, opened] = [named(edit), named(open)];

  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {list.data !== undefined && <p className="ps-subtle">{words.total(items.length)}</p>}
        {list.data !== undefined && (
          <Freshness at={list.dataUpdatedAt} error={list.error} loading={list.isFetching} onRefresh={refresh} />
        )}
      </div>
      <p className="ps-lead">{words.lead}</p>
      <div className="ps-tools">
        <Action variant="primary" disabledReason={forbidden} onAct={() => put({ edit: NEW })}>
          {words.create}
        </Action>
      </div>
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {list.data !== undefined && items.length === 0 && <Empty title={words.none}>{words.noneLead}</Empty>}
      {items.length > 0 && (
        <PlanTable
          plans={items}
          open={open}
          onOpen={(plan) => put({ plan })}
          onEdit={(name) => put({ edit: name })}
          onAsk={(what, plan) => setAsked({ what, plan })}
        />
      )}
      {opened !== undefined && <Turns plan={opened} ask={(what) => setAsked({ what, plan: opened })} />}
      {(edit === NEW || edited !== undefined) && (
        <PlanForm key={edit} plan={edited} onClose={() => put({ edit: undefined })} />
      )}
      {asked !== null && (
        <PlanQuestion
          asked={asked}
          onClose={() => setAsked(null)}
          onOpened={(id) => void navigate({ to: '/campaigns/$id', params: { id } })}
        />
      )}
    </>
  );
}
