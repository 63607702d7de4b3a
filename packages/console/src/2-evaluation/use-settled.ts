import { useEffect, useState } from 'react';

/** A pause in typing after which what follows from it is looked up. */
const SETTLE_MS = 300;

/** The value as it was when it last stayed the same for a moment; `same` says whether it still is that one. */
export function useSettled<Value>(value: Value): { readonly settled: Value; readonly same: boolean } {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (value === settled) return;
    const timer = setTimeout(() => setSettled(value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [value, settled]);
  return { settled, same: value === settled };
}
