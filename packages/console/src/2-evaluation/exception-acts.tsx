import type { ExceptionDetail } from '@patchsteward/contract';
import { Action } from '../parts/action.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.exceptions.act;

export type ExceptionAct = keyof ExceptionDetail['barred'];

interface ExceptionActsProps {
  readonly one: ExceptionDetail;
  readonly onAct: (act: ExceptionAct) => void;
}

/** What can be done about it; each button that cannot be pressed says why, in the words of the rule. */
export function ExceptionActs({ one: { state, barred }, onAct }: ExceptionActsProps) {
  const button = (act: ExceptionAct, text: string, variant: 'primary' | 'secondary' = 'secondary') => (
    <Action variant={variant} disabledReason={barred[act]} onAct={() => onAct(act)}>
      {text}
    </Action>
  );
  return (
    <div className="ps-form-actions ps-exception-acts">
      {state === 'requested' && (
        <>
          {button('agree', words.agree, 'primary')}
          {button('refuse', words.refuse)}
          {button('end', words.withdraw)}
        </>
      )}
      {state === 'standing' && button('end', words.revoke)}
      {(state === 'standing' || state === 'expired') && button('renew', words.renew)}
    </div>
  );
}
