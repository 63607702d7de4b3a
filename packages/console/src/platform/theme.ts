import { useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

// public/theme.js reads the same key before the first paint.
const STORAGE_KEY = 'patchsteward.theme';
const DARK_CLASS = 'pf-v6-theme-dark';
const STILL_CLASS = 'ps-still';

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let chosen: Theme = stored();

systemDark.addEventListener('change', apply);

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
}

export function chooseTheme(theme: Theme): void {
  chosen = theme;
  try {
    if (theme === 'system') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // Storage is forbidden here: the choice holds until the page is left.
  }
  apply();
  for (const listener of listeners) listener();
}

function apply(): void {
  const dark = chosen === 'dark' || (chosen === 'system' && systemDark.matches);
  const { classList } = document.documentElement;
  // Each color would fade on its own time; for a moment half of the page could not be read.
  classList.add(STILL_CLASS);
  classList.toggle(DARK_CLASS, dark);
  requestAnimationFrame(() => requestAnimationFrame(() => classList.remove(STILL_CLASS)));
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(STORAGE_KEY);
    return THEMES.find((theme) => theme === value) ?? 'system';
  } catch {
    return 'system';
  }
}
