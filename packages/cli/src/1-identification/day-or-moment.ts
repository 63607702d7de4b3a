import { InvalidArgumentError } from 'commander';

/** For commander: a day, or a moment in UTC, as the server takes them. */
export function dayOrMoment(text: string): string {
  const isWritten = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z)?$/.test(text);
  const moment = Date.parse(text);
  // February 30th is read as March 2nd.
  if (isWritten && !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text.slice(0, 10))) return text;
  throw new InvalidArgumentError('It must be a day, as 2026-05-01, or a moment, as 2026-05-01T12:00:00Z.');
}
