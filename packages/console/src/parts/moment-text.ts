/** As a field of the browser has it: `2026-11-23T17:30`, in the reader's own time. */
export function localText(instant: number): string {
  const at = new Date(instant);
  const date = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(twoDigits).join('-');
  return `${date}T${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
}

/** null: an empty field, or no moment at all. */
export function momentOf(text: string): number | null {
  const at = new Date(text).getTime();
  return text === '' || Number.isNaN(at) ? null : at;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
