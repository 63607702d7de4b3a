/**
 * The paragraphs of a database or index of apk: a letter, a colon and a value a line, an empty line between packages.
 * Only the wanted letters are kept; of what a paragraph says twice (files) the first counts.
 */
export function fieldsOf(text: string, letters: string): ReadonlyMap<string, string>[] {
  const paragraphs: Map<string, string>[] = [];
  let fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    if (line === '') {
      if (fields.size > 0) paragraphs.push(fields);
      fields = new Map();
      continue;
    }
    const letter = line.charAt(0);
    if (line.charAt(1) === ':' && letters.includes(letter) && !fields.has(letter)) fields.set(letter, line.slice(2));
  }
  if (fields.size > 0) paragraphs.push(fields);
  return paragraphs;
}
