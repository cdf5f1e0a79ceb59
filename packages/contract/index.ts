export type { ActAnswer, OverdueFact, QueuedRefund } from './act-schemas.ts'
export {
  type BacktestAnswer,
  type BacktestReport,
  backtest,
  backtestReport,
  backtestReportSchema,
  type CandidateReport,
  type Reproduction,
} from './backtest-schemas.ts'
export { blockedPortWords, isBlockedPort } from './blocked-ports.ts'
export { type BrandColours, brandColoursOf, contrastLeast, contrastOf, logoBytesMax, logoPixels } from './brand.ts'
export type { Catalogue } from './catalogue-routes.ts'
export { addressOf, type Client, type ClientOptions, createClient, RequestProblem } from './client.ts'
export { compiled } from './compiled.ts'
export {
  type CorrectedMember,
  type CorrectionAnswer,
  type CorrectionSummary,
  correction,
} from './correction-schemas.ts'
export { type CsvCell, csvText } from './csv-text.ts'
export { currencyCodes, currencyExponentOf } from './currencies.ts'
export { type DraftAnswer, type DraftStepAnswer, type DraftSummary, draftId } from './draft-schemas.ts'
export type { DrawAnswer, DrawRecordAnswer, EntrantAnswer } from './draw-schemas.ts'
export type { EventAnswer, NoteType } from './event-answers.ts'
export { type EventInput, type EventToSend, type ParsedEvent, parseEvent, parseEventText } from './events.ts'
export { type FieldError, fieldErrorsMax, fieldErrorsOf, pointerOf } from './field-errors.ts'
export { label, wrongInSource } from './fields.ts'
export type { FiguresAnswer } from './figure-schemas.ts'
export type { Founded, ReadyProgramAnswer, ToFound } from './first-run-routes.ts'
export type { GiftAnswer } from './gift-schemas.ts'
export {
  type InsightRunAnswer,
  type MemberScoresAnswer,
  type ReportAnswer,
  type ReportFigure,
  type ReportName,
  type ReportTable,
  type ReportUnit,
  reportNames,
} from './insight-schemas.ts'
export type { ApiKey, KeyMade } from './key-schemas.ts'
export type { LeaderboardAnswer, ShownAnswer } from './leaderboard-schemas.ts'
export type { CameOrWent, Erased } from './leaving-schemas.ts'
export type { Balance, Lots, MemberAnswer, NoticeAnswer, Profile, StatementLine, Tier } from './member-schemas.ts'
export type { MergeAnswer } from './merge-schemas.ts'
export type { SendingAnswer } from './offer-schemas.ts'
export { describeInterface } from './openapi.ts'
export { exactRate, type OrderInput } from './order-content.ts'
export { type OwnDeed, type OwnId, ownDeedIn, ownIdentity, ownSource } from './own-ids.ts'
export { parseJson } from './parse-json.ts'
export type { PilotAnswer, PilotBegun, PilotMembers, PilotMoved } from './pilot-schemas.ts'
export type { PoolAnswer, PoolDescription } from './pool-schemas.ts'
export { bodyOf, Problem, type ProblemBody } from './problem.ts'
export { type ProblemCode, problems } from './problems.ts'
export type { HistoryAnswer, VersionAnswer, Vocabulary } from './program-schemas.ts'
export type { BadgesAnswer, ProgressAnswer } from './progress-schemas.ts'
export type { Redemption, RedemptionAnswer } from './redemption-schemas.ts'
export type {
  Fingerprints,
  ReferralAnswer,
  ReferralClaimed,
  ReferralCode,
  ReferralsAnswer,
} from './referral-schemas.ts'
export type { RejectionCode } from './rejections.ts'
export { type RoleName, roleNames, roles } from './roles.ts'
export {
  problemsOf,
  type Route,
  type RouteAnswer,
  type RouteInput,
  type RouteRequest,
  type RouteScope,
  type Scope,
  scopes,
} from './route.ts'
export { type RouteName, type Routes, routes } from './routes.ts'
export { type AdvanceAnswer, advanceDaysMax, clockEnd, type SandboxAnswer } from './sandbox-schemas.ts'
export type { Seats } from './seat-schemas.ts'
export type { StaffLimit, WaitingAct } from './second-person-routes.ts'
export {
  type LineKind,
  type LineOccasion,
  languages,
  type OwnCard,
  type OwnLine,
  type OwnReward,
  type OwnSession,
  type OwnVocabulary,
  type OwnVoucher,
  type RedeemedAnswer,
  type WhyAnswer,
} from './self-schemas.ts'
export type { Brand, ShopSettings } from './settings-routes.ts'
export type { CharityAnswer, ImpactAnswer, SettlementAnswer } from './settlement-schemas.ts'
export {
  type AuditEntry,
  emailAddress,
  type Invitation,
  type InvitationMade,
  type Me,
  type OwnWays,
  type SecondStepBegun,
  type StaffSession,
  type TeamMember,
} from './team-schemas.ts'
export {
  type CopyOfVoucher,
  copyOfVoucher,
  type OutboxEntry,
  outboxEntry,
  type Signed,
  type TillAlarm,
} from './till-outbox-schemas.ts'
export type {
  CashierAnswer,
  DoneAct,
  Guest,
  GuestReward,
  RedeemedAtTill,
  RewardToRedeem,
  SaleMade,
  SaleToMake,
  TillAnswer,
  TillCode,
  TillItem,
  TillState,
  UsedAtTill,
  VoucherToUseAtTill,
} from './till-schemas.ts'
export type { Entitlements, VoucherAnswer, VoucherRequestAnswer } from './voucher-schemas.ts'
export { createWording } from './wording.ts'
