/** Options of one section of dnf's configuration, each as the text that its last line gives it. // dnf.conf(5) */
export function optionsOf(text: string, section: string): Map<string, string> {
  const options = new Map<string, string>();
  let here = false;
  let last: string | null = null;
  for (const line of text.split('\n')) {
    const head = /^\[(.+)\]\s*$/.exec(line)?.[1];
    if (head !== undefined) {
      here = head === section;
      last = null;
      continue;
    }
    if (!here || /^\s*(?:[#;].*)?$/.test(line)) continue;
    const [, name, value = ''] = /^(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) {
      last = name;
      options.set(name, value);
    } else if (last !== null && /^\s/.test(line)) {
      // A value goes on in lines that are set in.
      options.set(last, `${options.get(last) ?? ''} ${line.trim()}`);
    }
  }
  return options;
}

/** A list in an option: names with commas or spaces between them. */
export function listOf(value: string | undefined): string[] {
  return (value ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
}

/** The text with these lines first in its section `main`, and without what they replace. */
export function withMain(text: string, options: Readonly<Record<string, string>>): string {
  const ours = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  const kept: string[] = [];
  let inMain = false;
  for (const line of text.split('\n')) {
    const head = /^\[(.+)\]\s*$/.exec(line)?.[1];
    if (head !== undefined) inMain = head === 'main';
    const name = /^(\w+)\s*=/.exec(line)?.[1];
    if (head !== 'main' && !(inMain && name !== undefined && name in options)) kept.push(line);
  }
  return ['[main]', ...ours, ...kept].join('\n');
}
