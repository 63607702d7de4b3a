import type { Component } from '@patchsteward/core/1-identification';
import type { PackageList } from '@patchsteward/standards/bill-of-materials';

/** Reads /lib/apk/db/installed: a paragraph per package, a letter per field. // apk-tools: P name, V version, A, o origin */
export function readApkDatabase(text: string, release: string | null): PackageList | string {
  if (!text.endsWith('\n')) return 'it ends within a line, so it was cut off';
  const components: Component[] = [];
  for (const paragraph of text.split(/\n\n+/)) {
    const name = fieldOf(paragraph, 'P');
    if (name === null) continue;
    const version = fieldOf(paragraph, 'V');
    const origin = fieldOf(paragraph, 'o');
    components.push({
      type: 'apk',
      name,
      version,
      architecture: fieldOf(paragraph, 'A'),
      source: origin === null || version === null ? null : { name: origin, version },
      release,
      module: null,
      owner: null,
    });
  }
  return components.length === 0 ? 'it lists no package' : { components, refused: [] };
}

function fieldOf(paragraph: string, letter: string): string | null {
  return new RegExp(`^${letter}:(\\S+)`, 'm').exec(paragraph)?.[1] ?? null;
}
