import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useShortcut } from '../platform/keys.ts';
import { strings } from '../platform/strings.ts';
import { CloseIcon, SearchIcon } from './icons.ts';

/** A pause in typing after which the list follows. */
const SETTLE_MS = 250;

interface SearchFieldProps {
  readonly label: string;
  /** What the address says; the field follows it, for example when the reader goes back. */
  readonly value: string;
  readonly onSearch: (value: string) => void;
}

/** Filters the list below it. `/` comes here, Esc clears and then leaves. */
export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const input = useRef<HTMLInputElement>(null);
  useShortcut('/', strings.keys.search, () => input.current?.select());

  // The address changed by itself.
  if (sent.current !== value) {
    sent.current = value;
    if (typed.trim() !== value) setTyped(value);
  }

  useEffect(() => {
    const next = typed.trim();
    if (next === sent.current) return;
    const settled = setTimeout(() => send(next), SETTLE_MS);
    return () => clearTimeout(settled);
  });

  function send(next: string): void {
    if (next === sent.current) return;
    sent.current = next;
    onSearch(next);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter') send(typed.trim());
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (typed === '') input.current?.blur();
    else clear();
  }

  function clear(): void {
    setTyped('');
    send('');
    input.current?.focus();
  }

  return (
    <search className="ps-search">
      <SearchIcon />
      <input
        ref={input}
        type="text"
        inputMode="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={label}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {typed === '' ? (
        <span className="ps-key" aria-hidden="true">
          {strings.list.searchKey}
        </span>
      ) : (
        <button type="button" aria-label={strings.list.clear} onClick={clear}>
          <CloseIcon />
        </button>
      )}
    </search>
  );
}
