import { dirname, join } from 'node:path';

export const CLONE = dirname(dirname(import.meta.dirname));
export const GUIDE = join(CLONE, 'docs/guides/first-hour.md');
