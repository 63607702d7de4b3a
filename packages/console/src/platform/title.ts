import { useEffect } from 'react';
import { strings } from './strings.ts';

/** Names the window after the screen, so that tabs and history can be told apart. */
export function useTitle(screen: string): void {
  useEffect(() => {
    document.title = strings.shell.titleOf(screen);
  }, [screen]);
}
