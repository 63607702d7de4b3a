const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const ARCHIVE = 'http://deb.debian.org';

function source(archive: string, suite: string): string {
  return `deb [signed-by=${KEYRING}] ${ARCHIVE}/${archive} ${suite} main`;
}

const MAIN = source('debian', 'bookworm');
const UPDATES = source('debian', 'bookworm-updates');
const SECURITY = source('debian-security', 'bookworm-security');

/** Where the base system comes from: the release without its security updates, so that it lacks genuine fixes. */
export const BASE_SOURCES = [MAIN, UPDATES];
/** What the hosts know, word for word what Debian's installer writes. */
export const HOST_SOURCES = [MAIN, UPDATES, SECURITY];
