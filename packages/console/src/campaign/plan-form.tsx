import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LongTextField } from '../parts/long-text-field.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { strings } from '../platform/strings.ts';
import { requestCommand, signTestCommand } from './command-line.ts';
import { type FormProps, WHY_CHARACTERS_MAX } from './form-props.ts';
import { planQuery } from './queries.ts';
import { SignForm } from './sign-form.tsx';
import { signPlan } from './signing-parts.ts';

const words = strings.campaign.act;
const inPlan = strings.campaign.plan;

interface PlanFormProps extends FormProps {
  readonly intent: 'test' | 'request';
  readonly plan: string | null;
}

/** A plan that is signed without being approved: by IT for the test ring, by the requester for production. */
export function PlanForm({ campaign, onDone, intent, plan }: PlanFormProps) {
  const [why, setWhy] = useState('');
  if (plan === null) return <Empty title={inPlan.none}>{inPlan.noneWhatToDo}</Empty>;
  const missing = intent === 'request' && why.trim() === '' ? words.fillIn(words.requestWhy) : null;
  const command =
    intent === 'test' ? signTestCommand(campaign.id, plan) : requestCommand(campaign.id, plan, why.trim());
  return (
    <SignForm
      campaign={campaign.id}
      button={words.sign}
      missing={missing}
      command={missing === null ? command : null}
      sign={() => signPlan(plan, intent, intent === 'request' ? why.trim() : null)}
      onDone={onDone}
    >
      <PlanInShort campaign={campaign.id} kind={intent === 'test' ? 'test' : 'production'} />
      {intent === 'request' && (
        <LongTextField
          label={words.requestWhy}
          value={why}
          onChange={setWhy}
          required
          focused
          charactersMax={WHY_CHARACTERS_MAX}
        />
      )}
    </SignForm>
  );
}

/** What of it is signed, in short; all of it is under the tab of the plan. */
function PlanInShort({ campaign, kind }: { readonly campaign: string; readonly kind: 'test' | 'production' }) {
  const plan = useQuery(planQuery(campaign, kind));
  if (plan.isPending) return <Loading />;
  if (plan.data === undefined) return <Failed error={plan.error} />;
  const shown = plan.data.plan;
  if (shown === null) return <p className="ps-subtle">{inPlan.none}</p>;
  return (
    <ul className="ps-evidence-list">
      <li>
        {inPlan.waveHosts(shown.hosts)}, {inPlan.steps(shown.packages.length)}
      </li>
      {shown.packages.map(({ name, from, to, hosts }) => (
        <li key={`${name} ${from} ${to}`}>
          <span className="ps-code">{name}</span>
          <span className="ps-code">
            {from ?? inPlan.installs} → {to ?? inPlan.removes}
          </span>
          <span className="ps-subtle">{inPlan.onHosts(hosts)}</span>
        </li>
      ))}
    </ul>
  );
}
