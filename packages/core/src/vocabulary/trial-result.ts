/** What step 3 says of a test. Missing data is never a pass. // SOP P3, decided 6 */
export type TrialResult = 'pass' | 'fail' | 'inconclusive';
