import type { OriginKeys } from '@patchsteward/contract';
import { useId, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { strings } from '../platform/strings.ts';
import { spaced } from './origin-draft.ts';

const words = strings.origins;

interface ConfirmKeysProps {
  readonly keys: OriginKeys['items'];
  readonly busy: boolean;
  readonly onBack: () => void;
  readonly onConfirmed: (fingerprints: readonly string[]) => void;
}

/** Only fingerprints that somebody says to have compared are pinned. */
export function ConfirmKeys({ keys, busy, onBack, onConfirmed }: ConfirmKeysProps) {
  const id = useId();
  const [compared, setCompared] = useState<readonly string[]>([]);
  return (
    <>
      <h3>{words.confirmTitle}</h3>
      <p className="ps-why">{words.confirmLead}</p>
      <ul className="ps-key-people">
        {keys.map(({ fingerprint, userIds, expiresAt, usable }) => (
          <li key={fingerprint}>
            <div className="ps-compare">
              <input
                type="checkbox"
                id={`${id}-${fingerprint}`}
                disabled={!usable}
                aria-label={words.confirmed(spaced(fingerprint))}
                checked={compared.includes(fingerprint)}
                onChange={({ target }) =>
                  setCompared(
                    target.checked ? [...compared, fingerprint] : compared.filter((each) => each !== fingerprint),
                  )
                }
              />
              <label htmlFor={`${id}-${fingerprint}`} className="ps-code">
                {spaced(fingerprint)}
              </label>
            </div>
            <div>
              {userIds.map((user) => (
                <span key={user} className="ps-break">
                  {user}
                </span>
              ))}
              {!usable && <span className="ps-second">{words.unusable}</span>}
              {expiresAt !== null && (
                <span className="ps-second">
                  {words.keyExpires} <Clock at={expiresAt} form="exact" />
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
      <div className="ps-form-actions">
        <Action
          variant="primary"
          disabledReason={compared.length === 0 ? words.notCompared : null}
          busy={busy ? words.saving : null}
          onAct={() => onConfirmed(compared)}
        >
          {words.save}
        </Action>
        <Action variant="link" disabledReason={null} onAct={onBack}>
          {words.back}
        </Action>
      </div>
    </>
  );
}
