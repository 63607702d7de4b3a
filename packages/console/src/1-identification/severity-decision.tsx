import type { SeverityOutcome } from '@patchsteward/contract';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { ChoiceField } from '../parts/field.tsx';
import { LongTextField } from '../parts/long-text-field.tsx';
import { LaneTag } from '../parts/risk.tsx';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { severityPreview } from './fleet-queries.ts';

const words = strings.severities;
/** As the contract has it. */
const WHY_CHARACTERS_MAX = 1_000;
/** Campaigns named; the rest is on the board. */
const CAMPAIGNS_SHOWN_MAX = 10;

const CHOICES = { '': words.choose, ...said() } as const;
type Choice = keyof typeof CHOICES;

function said() {
  const { none, low, medium, high, critical } = strings.severity;
  return { critical, high, medium, low, none };
}

interface SeverityDecisionProps {
  readonly ids: readonly string[];
  readonly decision: 'judge' | 'withdraw' | 'follow';
  /** Said of so many. */
  readonly onDone: (count: number) => void;
  readonly onCancel: () => void;
}

/** One severity and one reason for all that is selected; before it is said, what would move. */
export function SeverityDecision({ ids, decision, onDone, onCancel }: SeverityDecisionProps) {
  const queries = useQueryClient();
  const [severity, setSeverity] = useState<Choice>('');
  const [why, setWhy] = useState('');
  const vulnerabilities = [...ids];
  const isJudging = decision === 'judge';
  const word = isJudging && severity !== '' ? severity : null;
  const preview = useQuery({
    ...severityPreview({ vulnerabilities, severity: decision === 'follow' ? 'as-sources-say' : word }),
    enabled: !isJudging || severity !== '',
    placeholderData: keepPreviousData,
  });
  const decide = useMutation({
    mutationFn: () => {
      const body = { vulnerabilities, why: why.trim() };
      if (decision === 'follow') return call('severity.follow', { body });
      return word === null
        ? call('severity.withdraw', { body })
        : call('severity.judge', { body: { ...body, severity: word, replace: false } });
    },
    onSuccess: () => onDone(ids.length),
    // Whatever came of it, every list may say something else now.
    onSettled: () => queries.invalidateQueries(),
  });
  const unready = isJudging && severity === '' ? words.chooseFirst : null;
  const stopped = unready ?? (why.trim() === '' ? words.whyFirst : null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped === null && !decide.isPending) decide.mutate();
  };
  const title = TITLES[decision](ids.length);

  return (
    <section className="ps-panel ps-judging" aria-label={title}>
      <h2>{title}</h2>
      <form onSubmit={submit}>
        <div className="ps-judging-fields">
          {isJudging && <ChoiceField label={words.severity} value={severity} words={CHOICES} onChange={setSeverity} />}
          <LongTextField
            label={words.why}
            value={why}
            onChange={setWhy}
            help={words.whyHelp}
            required
            charactersMax={WHY_CHARACTERS_MAX}
          />
        </div>
        {preview.isFetching && preview.data === undefined && <p className="ps-subtle">{words.previewing}</p>}
        {preview.isError && <Failed error={preview.error} onAgain={() => void preview.refetch()} />}
        {preview.data !== undefined && <Preview outcome={preview.data} replacing={isJudging} />}
        {decide.isError && <Failed error={decide.error} />}
        <div className="ps-form-actions">
          <Action variant="primary" submit disabledReason={stopped} busy={decide.isPending ? words.judging : null}>
            {words[decision]}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onCancel}>
            {strings.facts.cancel}
          </Action>
        </div>
      </form>
    </section>
  );
}

const TITLES = { judge: words.judgeTitle, withdraw: words.withdrawTitle, follow: words.followTitle } as const;

function Preview({ outcome, replacing }: { readonly outcome: SeverityOutcome; readonly replacing: boolean }) {
  const { findings, moves, notFound, saidBefore, campaigns } = outcome;
  return (
    <div className="ps-preview" role="status">
      <h3>
        {words.preview} <span className="ps-subtle">{words.findings(findings)}</span>
      </h3>
      {moves.length === 0 && <p>{words.nothingMoves}</p>}
      <ul className="ps-lines">
        {moves.map((move) => (
          <li key={`${move.from} ${move.to}`}>
            <strong>{words.findings(move.findings)}</strong>
            <span>
              <LaneTag lane={move.from} /> → <LaneTag lane={move.to} />
            </span>
            <span className="ps-subtle">
              {words.firstDue} <Clock at={move.dueBefore} form="exact" /> → <Clock at={move.dueAfter} form="exact" />
            </span>
          </li>
        ))}
      </ul>
      {notFound > 0 && <p className="ps-subtle">{words.notFound(notFound)}</p>}
      {replacing && saidBefore.length > 0 && <p>{words.saidBefore(saidBefore.length)}</p>}
      {campaigns.length > 0 && (
        <>
          <h3>{words.campaigns}</h3>
          <ul className="ps-lines">
            {campaigns.slice(0, CAMPAIGNS_SHOWN_MAX).map((campaign) => (
              <li key={campaign.id}>
                <Link to="/campaigns/$id" params={{ id: campaign.id }}>
                  {campaign.title}
                </Link>
                <span>
                  {campaign.lane !== null && <LaneTag lane={campaign.lane} />} → <LaneTag lane={campaign.laneAfter} />
                </span>
                <span className="ps-subtle">{words.outcomes[campaign.outcome]}</span>
              </li>
            ))}
          </ul>
          {campaigns.length > CAMPAIGNS_SHOWN_MAX && (
            <p className="ps-subtle">{strings.fleetFindings.more(campaigns.length - CAMPAIGNS_SHOWN_MAX)}</p>
          )}
        </>
      )}
    </div>
  );
}
