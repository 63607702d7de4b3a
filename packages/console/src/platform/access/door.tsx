import type { ReactNode } from 'react';
import { Mark } from '../mark.tsx';
import { strings } from '../strings.ts';
import { useTitle } from '../title.ts';

/** The frame of the two screens before the door. */
export function Door({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useTitle(title);
  return (
    <main className="ps-door">
      <p className="ps-home">
        <Mark />
        {strings.product}
      </p>
      <h1>{title}</h1>
      {children}
    </main>
  );
}
