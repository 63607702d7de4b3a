import { useId } from 'react';
import { spaced } from '../3-testing/origin-draft.ts';
import { Clock } from '../parts/clock.tsx';
import { GoodIcon, WarningIcon } from '../parts/icons.ts';
import { Tag } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';
import type { KeyRow } from './provider-keys.ts';

const words = strings.provider;

interface ProviderKeyListProps {
  readonly rows: readonly KeyRow[];
  /** Fingerprints that a person says to have compared. */
  readonly compared: readonly string[];
  readonly onCompared: (compared: readonly string[]) => void;
}

/** Only fingerprints that somebody says to have compared are pinned. */
export function ProviderKeyList({ rows, compared, onCompared }: ProviderKeyListProps) {
  const id = useId();
  return (
    <ul className="ps-key-people">
      {rows.map((row) => {
        const { fingerprint, served } = row;
        const usable = served !== null && served.state !== 'unusable';
        return (
          <li key={fingerprint}>
            <div className="ps-compare">
              <input
                type="checkbox"
                id={`${id}-${fingerprint}`}
                disabled={!usable}
                aria-label={words.compared(spaced(fingerprint))}
                checked={compared.includes(fingerprint)}
                onChange={({ target }) =>
                  onCompared(
                    target.checked ? [...compared, fingerprint] : compared.filter((each) => each !== fingerprint),
                  )
                }
              />
              <label htmlFor={`${id}-${fingerprint}`} className="ps-code">
                {spaced(fingerprint)}
              </label>
            </div>
            <KeyFacts row={row} />
          </li>
        );
      })}
    </ul>
  );
}

function KeyFacts({ row: { isPinned, served } }: { readonly row: KeyRow }) {
  return (
    <div>
      <KeyTag isPinned={isPinned} isServed={served !== null} />
      {served?.userIds.map((user) => (
        <span key={user} className="ps-second ps-break">
          {user}
        </span>
      ))}
      {served !== null && served.state !== 'served' && (
        <span className="ps-second">
          <WarningIcon /> {words.states[served.state]}
          {served.state === 'another-key' && served.named !== null && `: ${words.named(spaced(served.named))}`}
        </span>
      )}
      {served !== null && served.expiresAt !== null && (
        <span className="ps-second">
          {words.expires} <Clock at={served.expiresAt} form="exact" />
        </span>
      )}
    </div>
  );
}

function KeyTag({ isPinned, isServed }: { readonly isPinned: boolean; readonly isServed: boolean }) {
  if (isPinned && isServed) {
    return (
      <Tag tone="good" icon={GoodIcon}>
        {words.pinned}
      </Tag>
    );
  }
  return (
    <Tag tone="warning" icon={WarningIcon}>
      {isPinned ? words.gone : words.isNew}
    </Tag>
  );
}
