export function numberText(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 entry`, `1,204 entries`. */
export function counted(one: string, many: string): (count: number) => string {
  return (count) => `${numberText(count)} ${count === 1 ? one : many}`;
}
