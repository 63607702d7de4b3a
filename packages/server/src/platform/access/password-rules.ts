import { PASSWORD_CHARACTERS_MIN } from '@patchsteward/contract';

/** What people put into a password to reach its length. Each is taken out before the rest is counted. */
const WORN_OUT = [
  'patchsteward',
  'administrator',
  'password',
  'passwort',
  'passw0rd',
  'welcome',
  'letmein',
  'changeme',
  'iloveyou',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'qwerty',
  'qwertz',
  'azerty',
  'dragon',
  'monkey',
  'summer',
  'winter',
  'spring',
  'autumn',
  'secret',
  'default',
  'server',
  'admin',
  'login',
  'master',
  'patch',
  'root',
  'test',
  'user',
  'pass',
];
const SEQUENCES = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  '98765432109876543210',
  'zyxwvutsrqponmlkjihgfedcba',
];
const SEQUENCE_CHARACTERS_MIN = 4;
/** Characters that must be left once the worn-out parts are gone, and how many different ones. */
const REST_CHARACTERS_MIN = 6;
const DISTINCT_CHARACTERS_MIN = 5;

/** Why a password is too weak, as a sentence; undefined where it will do. // NIST SP 800-63B-4 §3.1.1.2 */
export function weaknessOf(password: string, context: readonly string[]): string | undefined {
  const characters = Array.from(password.normalize('NFKC').toLowerCase());
  if (characters.length < PASSWORD_CHARACTERS_MIN) {
    return `The password has ${characters.length} characters; ${PASSWORD_CHARACTERS_MIN} are needed.`;
  }
  if (new Set(characters).size < DISTINCT_CHARACTERS_MIN) return 'The password repeats too few characters.';
  const rest = withoutRepetition(withoutWornOut(characters.join(''), context));
  if (Array.from(rest).length < REST_CHARACTERS_MIN) {
    return 'The password is made of common words, of repetitions, or of the login and the name.';
  }
  return undefined;
}

function withoutWornOut(password: string, context: readonly string[]): string {
  const own = context.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2);
  let rest = password.replaceAll(/[^\p{L}\p{N}]+/gu, '');
  for (const word of [...own.sort((a, b) => b.length - a.length), ...WORN_OUT]) rest = rest.replaceAll(word, '');
  return withoutSequences(rest);
}

/** `1234` and `abcd`, forward and backward. */
function withoutSequences(text: string): string {
  let rest = '';
  for (let index = 0; index < text.length; ) {
    const length = sequenceAt(text, index);
    if (length < SEQUENCE_CHARACTERS_MIN) rest += text.charAt(index);
    index += length < SEQUENCE_CHARACTERS_MIN ? 1 : length;
  }
  return rest;
}

function sequenceAt(text: string, start: number): number {
  let longest = 1;
  for (const sequence of SEQUENCES) {
    let length = 1;
    while (start + length < text.length && sequence.includes(text.slice(start, start + length + 1))) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}

/** `horsehorsehorse` is `horse`. */
function withoutRepetition(text: string): string {
  const doubled = (text + text).indexOf(text, 1);
  return doubled > 0 && doubled < text.length ? text.slice(0, doubled) : text;
}
