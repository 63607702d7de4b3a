/** Why an assertion is not the signature that it should be. */
export type AssertionFault =
  | 'key-unusable'
  | 'assertion-unreadable'
  | 'client-data-unreadable'
  | 'other-ceremony'
  | 'other-challenge'
  | 'other-origin'
  | 'cross-origin'
  | 'authenticator-data-unreadable'
  | 'other-site'
  | 'user-not-present'
  | 'user-not-verified'
  | 'signature-wrong';
