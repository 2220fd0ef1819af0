/** Identifiers are branded so that one cannot stand in for another by accident. They are integers given by the database. */
type Branded<Name extends string> = number & { readonly __brand: Name };

export type ProjectId = Branded<'ProjectId'>;
export type PromptId = Branded<'PromptId'>;
export type PromptVersionId = Branded<'PromptVersionId'>;
export type EvalSetId = Branded<'EvalSetId'>;
export type EvalSetVersionId = Branded<'EvalSetVersionId'>;
/** One stored row of a case; a changed case is a new row with the same stable `key`. */
export type CaseId = Branded<'CaseId'>;
export type RunId = Branded<'RunId'>;
export type BatchId = Branded<'BatchId'>;
export type ResultId = Branded<'ResultId'>;
export type ScoringId = Branded<'ScoringId'>;
export type ReleaseId = Branded<'ReleaseId'>;
export type ObservationId = Branded<'ObservationId'>;
export type UnobservedCallId = Branded<'UnobservedCallId'>;
export type CommentId = Branded<'CommentId'>;
export type AlertRuleId = Branded<'AlertRuleId'>;
export type AlertRuleChangeId = Branded<'AlertRuleChangeId'>;
export type AlertEventId = Branded<'AlertEventId'>;
export type AlertDeliveryId = Branded<'AlertDeliveryId'>;
export type CategoryChangeId = Branded<'CategoryChangeId'>;
export type PersonId = Branded<'PersonId'>;
export type ReleaseRequestId = Branded<'ReleaseRequestId'>;
export type ScopeId = Branded<'ScopeId'>;
export type OnlineScoringId = Branded<'OnlineScoringId'>;
export type DraftingId = Branded<'DraftingId'>;
export type CaseDraftId = Branded<'CaseDraftId'>;
