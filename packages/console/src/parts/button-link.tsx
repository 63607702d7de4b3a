import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes } from 'react';

/** A link that looks like a button: it goes somewhere, it does nothing. */
function Anchor({ children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a {...rest} className="pf-v6-c-button pf-m-primary">
      <span className="pf-v6-c-button__text">{children}</span>
    </a>
  );
}

export const ButtonLink = createLink(Anchor);
