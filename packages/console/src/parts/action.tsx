import { Button } from '@patternfly/react-core/dist/esm/components/Button';
import { type ReactNode, useId } from 'react';

interface ActionProps {
  readonly children: ReactNode;
  readonly onAct?: () => void;
  /** Why it cannot be done now; null where it can. No button is disabled without saying why. */
  readonly disabledReason: string | null;
  /** The words while it runs; null while it does not. */
  readonly busy?: string | null;
  readonly variant?: 'primary' | 'secondary' | 'danger' | 'link' | 'plain';
  readonly icon?: ReactNode;
  readonly submit?: boolean;
  /** The id of the form that a submitting button outside of it belongs to. */
  readonly form?: string;
  readonly small?: boolean;
  /** For a button whose visible words need their subject: `Revoke the token for web-1`. */
  readonly label?: string;
  /** For a button that shows and hides something. */
  readonly expanded?: boolean;
}

export function Action(props: ActionProps) {
  const { children, onAct, disabledReason, busy = null, variant = 'secondary', icon, submit = false, label } = props;
  const reasonId = useId();
  const reason = busy === null ? disabledReason : busy;
  const stopped = reason !== null;

  return (
    <span className="ps-action">
      <Button
        variant={variant}
        type={submit ? 'submit' : 'button'}
        size={props.small === true ? 'sm' : 'default'}
        isAriaDisabled={stopped}
        isLoading={busy !== null}
        isInline={variant === 'link'}
        {...(icon !== undefined && busy === null ? { icon } : {})}
        {...(label === undefined ? {} : { 'aria-label': label })}
        {...(props.form === undefined ? {} : { form: props.form })}
        {...(props.expanded === undefined ? {} : { 'aria-expanded': props.expanded })}
        {...(stopped ? { 'aria-describedby': reasonId, 'data-hint': reason } : {})}
        onClick={() => {
          if (!stopped) onAct?.();
        }}
      >
        {busy ?? children}
      </Button>
      {stopped && (
        <span id={reasonId} className="ps-unseen">
          {reason}
        </span>
      )}
    </span>
  );
}
