import { useRef, useState } from 'react';
import { strings } from '../platform/strings.ts';
import { Action } from './action.tsx';
import { CopyIcon } from './icons.ts';

interface CopyLineProps {
  readonly label: string;
  readonly text: string;
}

/** A line to be copied to another machine. Wraps, so that all of it is seen. */
export function CopyLine({ label, text }: CopyLineProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  const line = useRef<HTMLTextAreaElement>(null);

  async function copy(): Promise<void> {
    line.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      // Browsers allow it only over HTTPS or on this machine; the selected line can be copied by hand.
      setOutcome('failed');
    }
  }

  return (
    <div className="ps-copy">
      <textarea
        ref={line}
        className="ps-code"
        aria-label={label}
        readOnly
        rows={2}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Action disabledReason={null} onAct={() => void copy()} icon={<CopyIcon />}>
        {strings.enrollment.copy}
      </Action>
      <p className="ps-subtle" role="status">
        {outcome === 'copied' && strings.enrollment.copied}
        {outcome === 'failed' && strings.enrollment.copyFailed}
      </p>
    </div>
  );
}
