import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';

interface AddressLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** An address of this console, as it stands in the browser. */
  readonly to: string;
}

/** A link to an address that is put together at run time; the router's own links know theirs when they are compiled. */
export function AddressLink({ to, children, ...rest }: AddressLinkProps) {
  const router = useRouter();

  function follow(event: MouseEvent<HTMLAnchorElement>): void {
    // Another window, a copy, a menu: that is the browser's.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void router.navigate({ href: to });
  }

  return (
    <a {...rest} href={to} onClick={follow}>
      {children}
    </a>
  );
}
