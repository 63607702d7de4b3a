import type { MaintenanceGroup } from '@patchsteward/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { Question } from '../parts/question.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { exactLocal, instantOf } from '../platform/time.ts';
import { useTitle } from '../platform/title.ts';
import { Freezes } from './freezes.tsx';
import { GroupForm } from './group-form.tsx';
import { groupList } from './group-queries.ts';
import { windowWords } from './window-draft.ts';

const words = strings.groups;
const ROW_PX = 76;
/** What the address says where a new group is made; no group has a name with a sign of this kind. */
const NEW = '+';

const route = getRouteApi('/inside/groups');

export function GroupsScreen() {
  const { edit } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useQuery(groupList);
  const [removing, setRemoving] = useState<MaintenanceGroup | null>(null);
  const forbidden = useForbidden('operator');
  useTitle(words.title);
  const put = (next: string | undefined): void => void navigate({ search: { edit: next }, replace: true });
  const refresh = (): void => void list.refetch();
  const items = list.data?.items ?? [];
  const edited = items.find(({ name }) => name === edit);

  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {list.data !== undefined && <p className="ps-subtle">{words.total(list.data.total)}</p>}
        {list.data !== undefined && (
          <Freshness at={list.dataUpdatedAt} error={list.error} loading={list.isFetching} onRefresh={refresh} />
        )}
      </div>
      <p className="ps-lead">{words.lead}</p>
      <div className="ps-tools">
        <Action variant="primary" disabledReason={forbidden} onAct={() => put(NEW)}>
          {words.create}
        </Action>
      </div>
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {list.data !== undefined && items.length === 0 && <Empty title={words.none}>{words.noneLead}</Empty>}
      {items.length > 0 && (
        <Table
          label={words.title}
          name="groups"
          columns={columnsFor(forbidden, put, setRemoving)}
          rows={items}
          keyOf={nameOf}
          total={items.length}
          estimatePx={ROW_PX}
          settling={false}
        />
      )}
      <Freezes />
      {(edit === NEW || edited !== undefined) && <GroupForm key={edit} group={edited} onClose={() => put(undefined)} />}
      {removing !== null && <RemoveQuestion group={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

function columnsFor(
  forbidden: string | null,
  edit: (name: string) => void,
  remove: (group: MaintenanceGroup) => void,
): readonly Column<MaintenanceGroup>[] {
  return [
    {
      key: 'group',
      header: words.columns.group,
      cell: (group) => (
        <>
          <strong>{group.name}</strong>
          <span className="ps-second">{group.zone}</span>
        </>
      ),
    },
    { key: 'windows', header: words.columns.windows, cell: (group) => <Windows group={group} /> },
    { key: 'next', header: words.columns.next, cell: (group) => <Next group={group} /> },
    {
      key: 'assets',
      header: words.columns.assets,
      cell: ({ name, assets }) => (
        <Link to="/assets" search={{ maintenanceGroup: name }}>
          {strings.filters.count(assets)}
        </Link>
      ),
    },
    {
      key: 'action',
      header: words.columns.action,
      cell: (group) => (
        <span className="ps-form-actions">
          <Action small label={words.editOf(group.name)} disabledReason={forbidden} onAct={() => edit(group.name)}>
            {words.edit}
          </Action>
          <Action
            small
            label={words.removeOf(group.name)}
            disabledReason={forbidden ?? (group.assets > 0 ? words.notEmpty(group.assets) : null)}
            onAct={() => remove(group)}
          >
            {words.remove}
          </Action>
        </span>
      ),
    },
  ];
}

function Windows({ group }: { readonly group: MaintenanceGroup }) {
  if (group.windows.length === 0) return <span className="ps-subtle">{words.noWindows}</span>;
  return (
    <ul>
      {group.windows.map((window) => (
        <li key={windowWords(window)}>{windowWords(window)}</li>
      ))}
    </ul>
  );
}

function Next({ group }: { readonly group: MaintenanceGroup }) {
  if (group.next.length === 0) return <span className="ps-subtle">{words.noNext}</span>;
  return (
    <ul>
      {group.next.map(({ from, until, offset }) => (
        <li key={from}>
          {words.nextThere(exactLocal(instantOf(from), group.zone), offset)}
          <span className="ps-second">
            {words.nextHere} <Clock at={from} form="exact" inRow /> {words.until}{' '}
            <Clock at={until} form="exact" inRow />
          </span>
        </li>
      ))}
    </ul>
  );
}

function RemoveQuestion({ group, onClose }: { readonly group: MaintenanceGroup; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call('group.remove', { params: { name: group.name } }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: groupList.queryKey });
    },
  });
  return (
    <Question
      title={words.removeQuestion(group.name)}
      act={words.remove}
      busy={remove.isPending ? words.removing : null}
      keep={words.keep}
      error={remove.error}
      onAct={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{words.removeConsequence}</p>
    </Question>
  );
}

function nameOf({ name }: MaintenanceGroup): string {
  return name;
}
