import type { AssetRuleBody } from '@patchsteward/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { CheckField } from '../parts/check-field.tsx';
import { Question } from '../parts/question.tsx';
import { Empty, Failed, Freshness, Loading } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { draftOfSet } from './fields-draft.ts';
import { fieldLabel } from './fields-form.tsx';
import { ruleList } from './group-queries.ts';
import { RuleForm } from './rule-form.tsx';

const words = strings.rules;
const ROW_PX = 72;
/** What the address says where a new rule is made. */
const NEW = 'new';

const route = getRouteApi('/inside/rules');

export function RulesScreen() {
  const { edit } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useQuery(ruleList);
  const [removing, setRemoving] = useState<AssetRuleBody | null>(null);
  const [applying, setApplying] = useState(false);
  const forbidden = useForbidden('operator');
  const raise = useRaise();
  useTitle(words.title);
  const put = (next: string | undefined): void => void navigate({ search: { edit: next }, replace: true });
  const refresh = (): void => void list.refetch();
  const items = list.data?.items ?? [];
  const edited = items.find(({ id }) => id === edit);

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
        <Action disabledReason={forbidden ?? (items.length === 0 ? words.none : null)} onAct={() => setApplying(true)}>
          {words.apply}
        </Action>
      </div>
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={refresh} />}
      {raise.isError && <Failed error={raise.error} />}
      {list.data !== undefined && items.length === 0 && <Empty title={words.none}>{words.noneLead}</Empty>}
      {items.length > 0 && (
        <Table
          label={words.title}
          name="rules"
          columns={columnsFor({ forbidden, edit: put, remove: setRemoving, raise: raise.mutate })}
          rows={items}
          keyOf={idOf}
          total={items.length}
          estimatePx={ROW_PX}
          settling={false}
        />
      )}
      {(edit === NEW || edited !== undefined) && <RuleForm key={edit} rule={edited} onClose={() => put(undefined)} />}
      {removing !== null && <RemoveQuestion rule={removing} onClose={() => setRemoving(null)} />}
      {applying && <ApplyDialog onClose={() => setApplying(false)} />}
    </>
  );
}

interface RowActs {
  readonly forbidden: string | null;
  readonly edit: (id: string) => void;
  readonly remove: (rule: AssetRuleBody) => void;
  readonly raise: (rule: AssetRuleBody) => void;
}

function columnsFor({ forbidden, edit, remove, raise }: RowActs): readonly Column<AssetRuleBody>[] {
  return [
    { key: 'position', header: words.columns.position, cell: ({ position }) => position },
    {
      key: 'pattern',
      header: words.columns.pattern,
      cell: ({ pattern, note }) => (
        <>
          <span className="ps-code">{pattern}</span>
          {note !== null && <span className="ps-second">{note}</span>}
        </>
      ),
    },
    { key: 'set', header: words.columns.set, cell: (rule) => <SetWords rule={rule} /> },
    { key: 'assets', header: words.columns.assets, cell: ({ assets }) => strings.filters.count(assets) },
    {
      key: 'action',
      header: words.columns.action,
      cell: (rule) => (
        <span className="ps-form-actions">
          <Action
            small
            label={words.up(rule.pattern)}
            disabledReason={forbidden ?? (rule.position === 1 ? words.first : null)}
            onAct={() => raise(rule)}
          >
            {words.upShort}
          </Action>
          <Action small label={words.editOf(rule.pattern)} disabledReason={forbidden} onAct={() => edit(rule.id)}>
            {words.edit}
          </Action>
          <Action small label={words.removeOf(rule.pattern)} disabledReason={forbidden} onAct={() => remove(rule)}>
            {words.remove}
          </Action>
        </span>
      ),
    },
  ];
}

function SetWords({ rule }: { readonly rule: AssetRuleBody }) {
  return (
    <ul>
      {Object.entries(draftOfSet(rule.set)).map(([field, value]) => (
        <li key={field}>
          <span className="ps-subtle">{fieldLabel(field)}:</span> {value === '' ? strings.bulk.none : value}
        </li>
      ))}
    </ul>
  );
}

/** One place earlier: what it says then counts before the other. */
function useRaise() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, pattern, note, set, position }: AssetRuleBody) =>
      call('rule.set', { params: { id }, body: { version, pattern, note, set, position: position - 1 } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ruleList.queryKey }),
  });
}

function RemoveQuestion({ rule, onClose }: { readonly rule: AssetRuleBody; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call('rule.remove', { params: { id: rule.id } }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ruleList.queryKey });
    },
  });
  return (
    <Question
      title={words.removeQuestion(rule.pattern)}
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

function ApplyDialog({ onClose }: { readonly onClose: () => void }) {
  const [overwriteByHand, setOverwrite] = useState(false);
  return (
    <BulkDialog
      title={words.applyTitle}
      lead={words.applyLead}
      stopped={null}
      act={words.applyCount}
      nothing={words.nothing}
      send={(key, preview) => call('rule.apply', { body: { key, preview, overwriteByHand } })}
      onClose={onClose}
    >
      <CheckField label={words.overwrite} checked={overwriteByHand} onChange={setOverwrite} />
    </BulkDialog>
  );
}

function idOf({ id }: AssetRuleBody): string {
  return id;
}
