import type { Decision, PlanActBody } from '@patchsteward/contract';
import { Action } from '../parts/action.tsx';
import { useShortcut } from '../platform/keys.ts';
import { strings } from '../platform/strings.ts';
import { useDecisionAddress } from './use-decision-address.ts';

const words = strings.decision;

const VARIANTS = {
  approve: 'primary',
  request: 'primary',
  'sign-test': 'primary',
  agree: 'secondary',
  refuse: 'danger',
  revoke: 'danger',
} as const;

/** What whoever is signed in may do about the plan, always within reach of the thumb. */
export function DecisionBar({ decision }: { readonly decision: Decision }) {
  const { put } = useDecisionAddress();
  const { acts } = decision.you;
  const open = (act: PlanActBody['act']): void => {
    if (acts.some((one) => one.act === act && one.barred === null)) put({ act });
  };
  useShortcut('a', words.keys.approve, () => open('approve'));
  useShortcut('x', words.keys.refuse, () => open('refuse'));
  useShortcut('w', words.keys.agree, () => open('agree'));
  if (decision.standing !== 'open' && acts.every(({ barred }) => barred !== null)) return null;

  return (
    <section className="ps-decision-bar" aria-label={words.you}>
      <Note acts={acts} />
      <div className="ps-decision-acts">
        {acts.map(({ act, barred }) => (
          <Action
            key={act}
            variant={VARIANTS[act]}
            disabledReason={barred === null ? null : barred.sentence}
            onAct={() => put({ act })}
          >
            {words.act[act]}
          </Action>
        ))}
      </div>
    </section>
  );
}

/** Why nothing can be pressed, in the open: a hint under a pointer is nothing on a phone. */
function Note({ acts }: { readonly acts: readonly PlanActBody[] }) {
  if (acts.length === 0) return <p className="ps-subtle">{words.nothingToDo}</p>;
  const vote = acts.find(({ act }) => act === 'approve') ?? acts[0];
  if (vote !== undefined && vote.barred !== null) return <p>{vote.barred.sentence}</p>;
  if (vote !== undefined && !vote.needed) return <p>{words.notNeeded}</p>;
  return null;
}
