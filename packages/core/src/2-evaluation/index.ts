export { assess } from './assess.ts';
export { assessTogether, joinAssessments } from './assess-together.ts';
export type { Assessment } from './assessment.ts';
export { byUrgency } from './assessment.ts';
export type { BelievedSeverity, RatingPlace } from './believed.ts';
export { believedSeverity, placedRatings } from './believed.ts';
export type { BodAssessment } from './bod.ts';
export type { Counting } from './counting.ts';
export { countingAfter, isRaised } from './counting.ts';
export type { EvaluationFacts } from './decide.ts';
export { decide } from './decide.ts';
export type { FindingFacts, VulnerabilityFacts } from './facts.ts';
export { UNKNOWN_INTELLIGENCE } from './facts.ts';
export { predictedLikelihood } from './likelihood.ts';
export { hasBegun, platformFacts } from './platform.ts';
export type { Rating, RatingProblem, RatingScale, WrittenRating } from './rating.ts';
export { ratingOf } from './rating.ts';
export { levelOfWord } from './rating-words.ts';
export type { FallCause, Pause, RiskAnswer } from './risk-answer.ts';
export type { AssetAnswers, Fallen, RiskCover } from './risk-cover.ts';
export { standingAnswer, withAnswers } from './risk-cover.ts';
export { type FallenFinding, fallenOf, unsaidLane } from './risk-fallen.ts';
export { assessUnder } from './risk-preview.ts';
export type {
  ResponseBasis,
  ResponseEvent,
  ResponseRefusalCause,
  ResponseState,
  ResponseTerms,
} from './risk-response.ts';
export { RESPONSE_KINDS, RESPONSE_STATES } from './risk-response.ts';
export { isRaise, responseRule, strictestLane } from './risk-response-rule.ts';
export { stepResponse } from './risk-response-step.ts';
export { differs, type SaidSeverity, withSaid } from './said-severity.ts';
export type { SsvcPoint } from './ssvc-point.ts';
export { newestPoint } from './ssvc-point.ts';
export type { TellingKind, TellingPerson, TellingWay } from './telling.ts';
export { hearersOf, messageDueAt, TELLING_KINDS, TELLING_WAYS, wayOf } from './telling.ts';
export type { GroupTimes, Wait } from './waits.ts';
export { stoppedMsOf, WAIT_KINDS, waitsOf } from './waits.ts';
