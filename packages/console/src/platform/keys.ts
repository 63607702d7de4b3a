import { useEffect, useRef } from 'react';

export interface Shortcut {
  /** A key as KeyboardEvent.key names it, or two in a row: `g a`. */
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
}

/** The second key of a pair must follow within this time, or the first is forgotten. */
const PAIR_MS = 1_500;
const STORAGE_KEY = 'patchsteward.single-keys';

const shortcuts: Shortcut[] = [];
let first: { readonly key: string; readonly at: number } | null = null;

/** Registers a shortcut while the component is there. Of two with the same keys the younger one runs. */
export function useShortcut(keys: string, label: string, run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const shortcut: Shortcut = { keys, label, run: () => latest.current() };
    shortcuts.push(shortcut);
    return () => {
      shortcuts.splice(shortcuts.indexOf(shortcut), 1);
    };
  }, [keys, label]);
}

/** What can be pressed now, each key once. */
export function shortcutsNow(): readonly Shortcut[] {
  return [...new Map(shortcuts.map((shortcut) => [shortcut.keys, shortcut])).values()];
}

/** What a key means after what was pressed before: a shortcut to run, or the beginning of a pair. */
export function meaningOf(
  known: readonly Shortcut[],
  pressedBefore: string | null,
  key: string,
): { readonly kind: 'run'; readonly shortcut: Shortcut } | { readonly kind: 'begin' } | { readonly kind: 'nothing' } {
  const keys = pressedBefore === null ? key : `${pressedBefore} ${key}`;
  const shortcut = known.findLast((candidate) => candidate.keys === keys);
  if (shortcut !== undefined) return { kind: 'run', shortcut };
  if (pressedBefore === null && known.some((candidate) => candidate.keys.startsWith(`${key} `))) {
    return { kind: 'begin' };
  }
  return { kind: 'nothing' };
}

/** Listens to the keyboard of the whole page; the answer takes it away again. */
export function installKeys(): () => void {
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || document.querySelector('[aria-modal="true"]') !== null) return;
  if (event.key.length === 1 && !singleKeysOn()) return;
  const before = first !== null && event.timeStamp - first.at < PAIR_MS ? first.key : null;
  first = null;

  const meaning = meaningOf(shortcuts, before, event.key);
  if (meaning.kind === 'begin') first = { key: event.key, at: event.timeStamp };
  if (meaning.kind !== 'run') return;
  event.preventDefault();
  meaning.shortcut.run();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** Shortcuts of one letter can be turned off: they get in the way of speech input. // WCAG 2.2 SC 2.1.4 */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off';
  } catch {
    return true;
  }
}

export function turnSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, 'off');
  } catch {
    // Storage is forbidden here: the shortcuts stay on.
  }
}
