import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes } from 'react';

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** The tabs of a screen differ in the search part alone, by which the router cannot tell which one is shown. */
  readonly current: boolean;
}

function Anchor({ current, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  );
}

/** A tab is a link: it has an address, and opens in a window of its own like any other. */
export const TabAnchor = createLink(Anchor);
