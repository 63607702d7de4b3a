import { form } from './scalars.ts';

/** As the accounts of the server have them: a person is one login on both sides. */
export const login = form(/^[a-z0-9][a-z0-9._@-]{0,63}$/);
/** Debian policy §5.6.1, and rpm's capitals and underscores; it can never begin like an option of a command. */
export const packageName = form(/^[A-Za-z0-9][A-Za-z0-9_+.-]{0,254}$/);
export const architecture = form(/^[a-z0-9][a-z0-9_-]{0,31}$/);
/** deb-version(7), rpm-version(7) */
export const packageVersion = form(/^[0-9A-Za-z][0-9A-Za-z._+:~^-]{0,254}$/);
/** `vendor/product`, as the inventory calls what is no package: letters, digits and hyphens of any script. */
export const productName = form(/^(?=.{2,255}$)[\p{L}\p{N}-]*\/[\p{L}\p{N}-]+$/u);
/** As its vendor writes it (`15.2(7)E3`, `10.0 SP1`): printable ASCII, no space at an end. */
export const productVersion = form(/^(?=.{1,255}$)[\x21-\x7e]+(?: [\x21-\x7e]+)*$/);
/** `site/path suite/component`, as the inventory names origins. */
export const originId = form(/^[\x21-\x7e]{1,512} [\x21-\x7e]{1,512}$/);
/** systemd.unit(5); a name and never a path. */
export const unitName = form(/^[A-Za-z0-9:_.@\\][A-Za-z0-9:_.@\\-]{0,246}\.(service|socket|timer|target|mount|path)$/);
/** Loopback only: a health check never leaves its host, and can be pointed at nobody. */
export const loopbackUrl = form(/^http:\/\/127\.0\.0\.1:[1-9]\d{0,4}\/[A-Za-z0-9/._~%?=&-]{0,512}$/);
/** An absolute path without detours; it is only looked for. */
export const filePath = form(/^(?:\/(?!\.\.?(?:\/|$))[A-Za-z0-9._+@:%=,~-]{1,128}){1,16}$/);
/** Ids of campaigns, and kinds of evidence. */
export const word = form(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/);
