import type { ReactNode } from 'react';
import { CaretDownIcon, CaretRightIcon } from './icons.ts';

interface RowToggleProps {
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}

/** The name of a row that opens: what the keyboard visits in it. */
export function RowToggle({ open, onToggle, children }: RowToggleProps) {
  return (
    <button type="button" className="ps-row-toggle" aria-expanded={open} onClick={onToggle} data-row-main>
      {open ? <CaretDownIcon /> : <CaretRightIcon />}
      <span>{children}</span>
    </button>
  );
}
