import type { MaintenancePlan } from '@patchsteward/contract';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { cycleWords } from './plan-draft.ts';
import type { Asked } from './plan-questions.tsx';

const words = strings.maintenance;
const ROW_PX = 132;

interface PlanTableProps {
  readonly plans: readonly MaintenancePlan[];
  /** Whose turns are shown. */
  readonly open: string | undefined;
  readonly onOpen: (name: string | undefined) => void;
  readonly onEdit: (name: string) => void;
  readonly onAsk: (what: Asked['what'], plan: MaintenancePlan) => void;
}

export function PlanTable(props: PlanTableProps) {
  const forbidden = useForbidden('operator');
  return (
    <Table
      label={words.title}
      name="maintenance"
      columns={columnsFor(props, forbidden)}
      rows={props.plans}
      keyOf={nameOf}
      total={props.plans.length}
      estimatePx={ROW_PX}
      settling={false}
    />
  );
}

function columnsFor(props: PlanTableProps, forbidden: string | null): readonly Column<MaintenancePlan>[] {
  return [
    { key: 'plan', header: words.columns.plan, cell: (plan) => <Plan plan={plan} /> },
    {
      key: 'groups',
      header: words.columns.groups,
      cell: ({ groups, assets }) => (
        <>
          {groups.join(', ')}
          <span className="ps-second">{words.assets(assets)}</span>
        </>
      ),
    },
    { key: 'next', header: words.columns.next, cell: (plan) => <Next plan={plan} /> },
    {
      key: 'waits',
      header: words.columns.waits,
      cell: ({ waiting }) =>
        waiting === null ? (
          <span className="ps-subtle">{words.nothingWaits}</span>
        ) : (
          <strong>{words.waiting(waiting.day, waiting.updates)}</strong>
        ),
    },
    {
      key: 'action',
      header: words.columns.action,
      cell: (plan) => <Acts {...props} plan={plan} forbidden={forbidden} />,
    },
  ];
}

function Plan({ plan }: { readonly plan: MaintenancePlan }) {
  const { name, rule, leadDays, opensAt, zone, asked, paused } = plan;
  return (
    <>
      <strong>{name}</strong>
      <span className="ps-second">{cycleWords(rule)}</span>
      <span className="ps-second">{words.opens(leadDays, opensAt, zone)}</span>
      {asked.length > 0 && <span className="ps-second">{words.asks(asked.join(', '))}</span>}
      {paused !== null && <span className="ps-second">{words.pausedBy(paused.by, paused.why)}</span>}
    </>
  );
}

function Next({ plan: { next } }: { readonly plan: MaintenancePlan }) {
  if (next.length === 0) return <span className="ps-subtle">{words.noNext}</span>;
  return (
    <ul>
      {next.map(({ day, opensAt }) => (
        <li key={day}>
          {day}{' '}
          <span className="ps-subtle">
            {words.nextOpens} <Clock at={opensAt} form="exact" inRow />
          </span>
        </li>
      ))}
    </ul>
  );
}

interface ActsProps extends PlanTableProps {
  readonly plan: MaintenancePlan;
  readonly forbidden: string | null;
}

function Acts({ plan, open, forbidden, onOpen, onEdit, onAsk }: ActsProps) {
  const { name } = plan;
  const isOpen = open === name;
  return (
    <span className="ps-form-actions">
      <Action
        small
        label={isOpen ? words.hideTurnsOf(name) : words.turnsOf(name)}
        disabledReason={null}
        onAct={() => onOpen(isOpen ? undefined : name)}
      >
        {isOpen ? words.hideTurns : words.turns}
      </Action>
      <Action small label={words.editOf(name)} disabledReason={forbidden} onAct={() => onEdit(name)}>
        {words.edit}
      </Action>
      {plan.paused === null ? (
        <Action small label={words.pauseOf(name)} disabledReason={forbidden} onAct={() => onAsk('pause', plan)}>
          {words.pause}
        </Action>
      ) : (
        <Action small label={words.resumeOf(name)} disabledReason={forbidden} onAct={() => onAsk('resume', plan)}>
          {words.resume}
        </Action>
      )}
      <Action small label={words.removeOf(name)} disabledReason={forbidden} onAct={() => onAsk('remove', plan)}>
        {words.remove}
      </Action>
    </span>
  );
}

function nameOf({ name }: MaintenancePlan): string {
  return name;
}
