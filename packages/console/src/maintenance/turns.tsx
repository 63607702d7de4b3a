import type { MaintenancePlan, MaintenanceTurn, MaintenanceTurnSummary } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import type { Asked } from './plan-questions.tsx';
import { turnList, turnShown } from './queries.ts';

const words = strings.maintenance;
type Update = MaintenanceTurn['updates'][number];

interface TurnsProps {
  readonly plan: MaintenancePlan;
  readonly ask: (what: Asked['what']) => void;
}

/** What became of the turns of a plan; the one that waits with its list, and what would be taken of it. */
export function Turns({ plan, ask }: TurnsProps) {
  const list = useQuery(turnList(plan.name));
  return (
    <section aria-label={words.turnsOf(plan.name)}>
      <h2 className="ps-subtitle">{words.turnsOf(plan.name)}</h2>
      {plan.waiting !== null && <Waiting plan={plan} day={plan.waiting.day} ask={ask} />}
      {list.isPending && <Loading />}
      {list.isError && list.data === undefined && <Failed error={list.error} onAgain={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="ps-subtle">{words.noTurns}</p>}
      <ul className="ps-left-hosts">
        {(list.data?.items ?? []).map((turn) => (
          <li key={turn.day}>
            <Past turn={turn} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Past({ turn: { day, state, decided, campaign } }: { readonly turn: MaintenanceTurnSummary }) {
  const how = words.states[state];
  return (
    <>
      <strong>{day}</strong>{' '}
      <span className="ps-subtle">{decided === null ? how : words.stateBy(how, decided.by)}</span>
      {decided?.why != null && <span className="ps-second">{decided.why}</span>}
      {campaign !== null && (
        <Link to="/campaigns/$id" params={{ id: campaign }}>
          {words.campaign}
        </Link>
      )}
    </>
  );
}

function Waiting({ plan, day, ask }: TurnsProps & { readonly day: string }) {
  const shown = useQuery(turnShown(plan.name, day));
  const forbidden = useForbidden('operator');
  if (shown.data === undefined) {
    return shown.isError ? <Failed error={shown.error} onAgain={() => void shown.refetch()} /> : <Loading />;
  }
  const { updates, toldAt } = shown.data;
  const taken = updates.filter(({ standing }) => standing?.kind === 'offered' || standing?.kind === 'replaced');
  return (
    <>
      <p>
        <strong>{words.waiting(day, updates.length)}</strong>{' '}
        <span className="ps-subtle">
          {words.frozen} <Clock at={toldAt} form="relative" />
        </span>
      </p>
      <table className="ps-table" aria-label={words.waiting(day, updates.length)}>
        <thead>
          <tr>
            <th scope="col">{words.update}</th>
            <th scope="col">{words.onAssets}</th>
            <th scope="col">{words.standing}</th>
          </tr>
        </thead>
        <tbody>
          {updates.map((update) => (
            <tr key={`${update.scope}/${update.source}`}>
              <td>
                <strong>{update.source}</strong> {update.sourceVersion}
                <span className="ps-second">{update.scope}</span>
              </td>
              <td>{words.count(update.assets)}</td>
              <td>
                <Standing standing={update.standing} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="ps-form-actions">
        <Action
          variant="primary"
          disabledReason={forbidden ?? (taken.length === 0 ? words.nothingToTake : null)}
          onAct={() => ask('take')}
        >
          {words.take}
        </Action>
        <Action disabledReason={forbidden} onAct={() => ask('dismiss')}>
          {words.dismiss}
        </Action>
      </div>
    </>
  );
}

function Standing({ standing }: Pick<Update, 'standing'>) {
  switch (standing?.kind) {
    case undefined:
    case 'offered':
      return words.standings.offered;
    case 'replaced':
      return words.standings.replaced(standing.sourceVersion);
    case 'in-campaign':
      return (
        <>
          {words.standings.inCampaign}{' '}
          <Link to="/campaigns/$id" params={{ id: standing.campaign }}>
            {words.standings.inCampaignLink}
          </Link>
        </>
      );
    case 'urgent':
      return words.standings.urgent;
    case 'gone':
      return words.standings.gone;
  }
}
