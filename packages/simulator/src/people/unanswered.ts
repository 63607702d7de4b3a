/** Why a request of a person has no answer. */
export const NO_SERVER = 'no server';
export const SERVER_DIED = 'the server died';

export function isUnanswered(refused: string): boolean {
  return refused === NO_SERVER || refused === SERVER_DIED;
}
