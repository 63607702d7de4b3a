import { useEffect, useRef, useState } from 'react';

interface Shown {
  readonly text: string;
  readonly target: Element;
}

/** The pointer may travel from the word to its hint without losing it. // WCAG 2.2 SC 1.4.13 */
const HIDE_AFTER_MS = 120;
const GAP_PX = 6;
const MARGIN_PX = 8;

/**
 * One hint for the whole page: whatever carries `data-hint` shows it under pointer and focus. A thousand times in a
 * list cost nothing that way. The same words are always also in the page for those who hear it.
 */
export function HintLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let hiding: ReturnType<typeof setTimeout> | undefined;
    const show = (event: Event): void => {
      const target = event.target instanceof Element ? event.target.closest('[data-hint]') : null;
      const text = target?.getAttribute('data-hint') ?? '';
      if (target === null || text === '') {
        if (event.target !== box.current) hide();
        return;
      }
      clearTimeout(hiding);
      setShown({ text, target });
    };
    const keep = (): void => clearTimeout(hiding);
    const hide = (): void => {
      clearTimeout(hiding);
      hiding = setTimeout(() => setShown(null), HIDE_AFTER_MS);
    };
    const hideOnEscape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setShown(null);
    };
    const element = box.current;
    document.addEventListener('pointerover', show);
    document.addEventListener('focusin', show);
    document.addEventListener('focusout', hide);
    document.addEventListener('keydown', hideOnEscape);
    document.addEventListener('scroll', hide, { passive: true });
    element?.addEventListener('pointerenter', keep);
    return () => {
      clearTimeout(hiding);
      document.removeEventListener('pointerover', show);
      document.removeEventListener('focusin', show);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('keydown', hideOnEscape);
      document.removeEventListener('scroll', hide);
      element?.removeEventListener('pointerenter', keep);
    };
  }, []);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.togglePopover(shown !== null);
    if (shown !== null) place(element, shown.target);
  }, [shown]);

  return (
    <div ref={box} className="ps-hint" popover="manual" role="tooltip">
      {shown?.text}
    </div>
  );
}

/** Above the word where there is room, else below; never beyond the edge of the window. */
function place(box: HTMLElement, target: Element): void {
  const word = target.getBoundingClientRect();
  const own = box.getBoundingClientRect();
  const left = Math.min(Math.max(MARGIN_PX, word.left), document.documentElement.clientWidth - own.width - MARGIN_PX);
  const above = word.top - own.height - GAP_PX;
  box.style.left = `${left}px`;
  box.style.top = `${above < MARGIN_PX ? word.bottom + GAP_PX : above}px`;
}
