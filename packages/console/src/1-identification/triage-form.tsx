import type { AnnouncementDetail, AnnouncementOutcome } from '@patchsteward/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { LongTextField } from '../parts/long-text-field.tsx';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { claimOf, draftOf, type TriageDraft, type TriageProblem, targetText, withTarget } from './triage-draft.ts';

const words = strings.announcements;
/** As the contract has them. */
const LINE_CHARACTERS_MAX = 1_024;
const RANGES_CHARACTERS_MAX = 100_000;
const WHY_CHARACTERS_MAX = 2_000;

const SEVERITIES = severities();

function severities() {
  const { none, low, medium, high, critical } = strings.severity;
  return { '': words.unsaid, critical, high, medium, low, none } as const;
}

interface TriageFormProps {
  readonly one: AnnouncementDetail;
  readonly onDone: (sentence: string) => void;
  readonly onCancel: () => void;
}

/** What is affected, in which versions, as the person reads it. */
export function TriageForm({ one, onDone, onCancel }: TriageFormProps) {
  const [draft, setDraft] = useState(() => draftOf(one));
  const put = (change: Partial<TriageDraft>): void => setDraft({ ...draft, ...change });
  const queries = useQueryClient();
  const claim = claimOf(draft);
  const send = useMutation({
    mutationFn: (body: { readonly revision: number; readonly why: string | null }) => {
      if ('kind' in claim) throw new TypeError('a draft with a problem is not sent');
      return call('announcement.triage', { params: { id: one.id }, body: { ...body, claim } });
    },
    onSuccess: (outcome) => onDone(outcomeText(outcome)),
    // Whatever came of it, every list may say something else now.
    onSettled: () => queries.invalidateQueries(),
  });
  const stopped = 'kind' in claim ? problemText(claim) : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const why = draft.why.trim();
    if (stopped === null && !send.isPending) send.mutate({ revision: one.revision, why: why === '' ? null : why });
  };

  return (
    <section className="ps-panel ps-judging" aria-label={words.triage}>
      <h2>{words.triage}</h2>
      <Suggestions one={one} onUse={(target) => setDraft(withTarget(draft, target))} />
      <form onSubmit={submit}>
        <div className="ps-judging-fields">
          <ChoiceField label={words.kind} value={draft.kind} words={words.kinds} onChange={(kind) => put({ kind })} />
          <Target draft={draft} put={put} />
          <LongTextField
            label={words.ranges}
            value={draft.ranges}
            onChange={(ranges) => put({ ranges })}
            help={words.rangesHelp}
            charactersMax={RANGES_CHARACTERS_MAX}
          />
          <LongTextField
            label={words.cves}
            value={draft.cves}
            onChange={(cves) => put({ cves })}
            help={words.cvesHelp}
            charactersMax={RANGES_CHARACTERS_MAX}
          />
          <ChoiceField
            label={words.severity}
            value={draft.severity}
            words={SEVERITIES}
            onChange={(severity) => put({ severity })}
          />
          <LongTextField
            label={words.note}
            value={draft.why}
            onChange={(why) => put({ why })}
            help={words.noteHelp}
            charactersMax={WHY_CHARACTERS_MAX}
          />
        </div>
        {send.isError && <Failed error={send.error} />}
        <div className="ps-form-actions">
          <Action variant="primary" submit disabledReason={stopped} busy={send.isPending ? words.claiming : null}>
            {words.claim}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onCancel}>
            {strings.facts.cancel}
          </Action>
        </div>
      </form>
    </section>
  );
}

interface TargetProps {
  readonly draft: TriageDraft;
  readonly put: (change: Partial<TriageDraft>) => void;
}

function Target({ draft, put }: TargetProps) {
  if (draft.kind === 'product') {
    return (
      <>
        <TextField
          label={words.vendor}
          value={draft.vendor}
          onChange={(vendor) => put({ vendor })}
          help={words.vendorHelp}
          charactersMax={LINE_CHARACTERS_MAX}
        />
        <TextField
          label={words.product}
          value={draft.product}
          onChange={(product) => put({ product })}
          required
          charactersMax={LINE_CHARACTERS_MAX}
        />
      </>
    );
  }
  return (
    <>
      <TextField
        label={words.package}
        value={draft.name}
        onChange={(name) => put({ name })}
        help={words.packageHelp}
        required
        charactersMax={LINE_CHARACTERS_MAX}
      />
      <TextField
        label={words.release}
        value={draft.release}
        onChange={(release) => put({ release })}
        help={words.releaseHelp}
        required
        charactersMax={LINE_CHARACTERS_MAX}
      />
    </>
  );
}

interface SuggestionsProps {
  readonly one: AnnouncementDetail;
  readonly onUse: (target: AnnouncementDetail['suggestions'][number]['target']) => void;
}

/** What of it may be installed here: a word of the text is a name of a product. */
function Suggestions({ one: { suggestions }, onUse }: SuggestionsProps) {
  if (suggestions.length === 0) return null;
  return (
    <>
      <h3>{words.suggestions}</h3>
      <ul className="ps-lines ps-suggestions">
        {suggestions.map(({ target, versions, assets }) => (
          <li key={targetText(target)}>
            <strong>{targetText(target)}</strong>
            <span className="ps-subtle">{words.on(words.assets(assets), versions.join(', '))}</span>
            <Action small disabledReason={null} onAct={() => onUse(target)} label={words.takeLabel(targetText(target))}>
              {words.use}
            </Action>
          </li>
        ))}
      </ul>
    </>
  );
}

function problemText(problem: TriageProblem): string {
  if (problem.kind === 'range') return words.problems.range(problem.text);
  return problem.kind === 'cve' ? words.problems.cve(problem.text) : words.problems[problem.kind];
}

function outcomeText({ affected, notCovered }: AnnouncementOutcome): string {
  const said = words.claimed(affected);
  return notCovered.length === 0 ? said : `${said} ${words.notCovered(notCovered.join(', '))}`;
}
