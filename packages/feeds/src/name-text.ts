import { z } from 'zod';

/** The longest id, name or version in any archive is below 300 characters. */
const NAME_CHARACTERS_MAX = 1024;

/** An id, name or version as a feed writes it. */
export const NameText = z.string().min(1).max(NAME_CHARACTERS_MAX);
