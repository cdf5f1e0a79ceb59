import type { CalendarUnit } from '../../time/local.ts'
import { checkProgram } from '../check/check.ts'
import { checkSessionClocks, type WallClock } from '../check/session-clocks.ts'
import type { AssetText } from '../document/assets.ts'
import type { Finding } from '../finding.ts'
import type { Asset, Currency, PluralCategory, Program } from '../program.ts'
import { type ReadDocument, readDocument } from '../read.ts'
import { conditionCompiler } from './condition.ts'
import { compileEarning } from './earning.ts'
import { cardOf, challengeOf, drawOf, leaderboardOf, offerOf, referralOf } from './goals.ts'
import { ladderOf } from './ladders.ts'
import { badgeOf, charityOf, closingOf, membershipOf, partnerOf, placeOf, poolOf, segmentOf } from './parties.ts'
import { byId, type Compiling, expiryOf } from './parts.ts'
import { benefitOf, rewardOf } from './rewards.ts'
import { transitionsOf } from './transitions.ts'

interface Published {
  readonly version: number
  readonly hash: string
}

export interface Compiled {
  /** Null where a finding is an error. */
  readonly program: Program | null
  /** In the order of the document. */
  readonly findings: readonly Finding[]
}

/**
 * Compiles a document, YAML or JSON. `published` is what publishing gives it: a version from 1 and the SHA-256 of its
 * canonical text; a draft has version 0 and the hash ''. With a clock, times that no clock shows are told, too. Nothing is thrown for whatever text is given.
 */
export const compileProgram = (text: string, published: Published, clock: WallClock | null = null): Compiled =>
  compiledOf(readDocument(text), published, clock)

/**
 * Compiles a document that was accepted before, such as a version that is published. It is what it was accepted as: what the checks
 * have come to refuse since is refused of the next version, and no history stands still for it. Null where it cannot be read.
 */
export function compileAccepted(text: string, published: Published): Pick<Compiled, 'program'> {
  const { document, reading } = readDocument(text)
  if (document === null) return { program: null }
  const program = programOf({ document, reading, conditions: conditionCompiler(reading) }, published)
  return { program: isWrong(reading.findings) ? null : program }
}

/** Of what was read, for whoever asks more of it than that. */
export function compiledOf(
  { document, reading }: ReadDocument,
  published: Published,
  clock: WallClock | null = null,
): Compiled {
  const { findings } = reading
  let program: Program | null = null
  if (document !== null) {
    program = programOf({ document, reading, conditions: conditionCompiler(reading) }, published)
    checkProgram(document, reading)
    if (clock !== null) checkSessionClocks(document, clock, reading)
  }
  findings.sort((a, b) => a.line - b.line || a.column - b.column)
  return { program: isWrong(findings) ? null : program, findings: findings.slice(0, FINDINGS_MAX) }
}

const isWrong = (findings: readonly Finding[]): boolean => findings.some(({ severity }) => severity === 'error')

// Nobody mends more at once; a broken machine could otherwise make an answer larger than its document.
const FINDINGS_MAX = 500

const LATE_ACCEPT = { months: 0, days: 30, ms: 0 } // EVT-4
const REFUNDS_ACCEPT = { months: 0, days: 180, ms: 0 } // REF-7
const FORFEIT_AFTER = { months: 0, days: 30, ms: 0 } // END-1: who leaves by mistake loses nothing
const RESERVATIONS_LAST_MS = 15 * 60_000 // long enough to pay, short enough not to be missed elsewhere

/** Compiles what could be read, also of a document with errors: conditions are checked on the way. */
function programOf(compiling: Compiling, published: Published): Program | null {
  const { document, reading } = compiling
  const sections = {
    ...compileEarning(compiling),
    ladders: (document.tiers ?? []).map(ladderOf),
    benefits: byId(document.benefits, (id, text) => benefitOf(compiling, id, text)),
    badges: byId(document.badges, badgeOf),
    rewards: byId(document.rewards, (id, text) => rewardOf(compiling, id, text)),
    cards: byId(document.cards, cardOf),
    challenges: byId(document.challenges, (id, text) => challengeOf(compiling, id, text)),
    leaderboards: byId(document.leaderboards, leaderboardOf),
    draws: byId(document.draws, drawOf),
    offers: byId(document.offers, (id, text) => offerOf(compiling, id, text)),
    referral: document.referral === null ? null : referralOf(compiling, document.referral),
    memberships: byId(document.memberships, membershipOf),
    pools: byId(document.pools, poolOf),
    partners: byId(document.partners, partnerOf),
    charities: byId(document.charities, charityOf),
    segments: byId(document.segments, (id, text) => segmentOf(compiling, id, text)),
  }
  const { id, name, zone, currency, refunds } = document
  if (id === null || name === null || zone === null || currency === null || refunds === null) return null
  const { inForce, minimumAge, terms } = document
  return {
    id,
    version: published.version,
    hash: published.hash,
    name,
    zone,
    currency,
    inForceFrom: inForce === null ? null : inForce.from === 'always' ? 'always' : inForce.from.local,
    late: {
      accept: document.late?.accept ?? LATE_ACCEPT,
      historyFrom: document.late?.historyFrom?.local ?? null,
      debt: document.late?.debt ?? 'owe',
    },
    refunds: {
      accept: refunds.accept ?? REFUNDS_ACCEPT,
      shortfall: refunds.shortfall,
      limit: new Map((refunds.limit ?? []).map((limit) => [limit.asset, limit.units])),
    },
    reservationsLastMs: document.reservations?.last ?? RESERVATIONS_LAST_MS,
    leaving: { forfeitAfter: document.leaving?.forfeitAfter ?? FORFEIT_AFTER },
    unknownMembers: document.unknownMembers ?? 'refuse',
    terms: terms === null ? null : { current: terms.current, for: new Set(terms.neededFor) },
    minimumAge: minimumAge === null ? null : { years: minimumAge.least, for: new Set(minimumAge.neededFor) },
    staffEarn: document.staff?.earn === 'yes',
    publishingNeedsApproval: document.publishing?.approval === 'second-person',
    closing: document.closing === null ? null : closingOf(document.closing),
    transitions: transitionsOf(document.transitions),
    assets: (document.assets ?? []).map((asset) => assetOf(asset.id, asset.value, currency)),
    ...sections,
    places: new Map((document.places ?? []).map((place) => [place.id, placeOf(place.value, zone)])),
    activities: reading.names.activities,
    asksPast: compiling.conditions.asksPast(),
    messagesHoldout: document.holdout?.messages ?? null,
  }
}

function assetOf(id: string, asset: AssetText, currency: Currency): Asset {
  const { kind, pending, lapsedReturns, worth, gifting } = asset
  const isMoney = kind === 'money'
  return {
    id,
    kind,
    scale: asset.smallest?.scale ?? (isMoney ? currency.exponent : 0),
    name: Object.fromEntries((asset.name ?? []).map((named) => [named.id, named.value.other])),
    counted: Object.fromEntries((asset.name ?? []).map((named) => [named.id, formsOf(named.value)])),
    shown: asset.shown !== 'no',
    pending: pending ?? { type: 'none' },
    expiry: expiryOf(asset.expires),
    burnOrder: asset.burnOrder ?? [],
    lapsedReturns: { member: lapsedReturns?.member?.period ?? null, shop: lapsedReturns?.shop?.period ?? null },
    warn: asset.warn ?? [],
    worth: isMoney ? { amount: 1, minor: 1 } : worth === null ? null : { amount: worth.units, minor: worth.minor },
    gifting:
      gifting === null
        ? null
        : { least: gifting.least?.units ?? 1, most: gifting.most.units, each: unitOf(gifting.each) },
  }
}

/** The forms beside the name that serves every other number. */
function formsOf(name: Readonly<Partial<Record<PluralCategory, string | null>>>): Asset['counted'][string] {
  const forms: Partial<Record<PluralCategory, string>> = {}
  for (const category of ['zero', 'one', 'two', 'few', 'many'] as const) {
    const text = name[category]
    if (text !== undefined && text !== null) forms[category] = text
  }
  return forms
}

function unitOf(each: NonNullable<AssetText['gifting']>['each']): CalendarUnit {
  switch (each) {
    case 'calendar-day':
      return 'day'
    case 'calendar-week':
      return 'week'
    case 'calendar-month':
      return 'month'
    case 'calendar-quarter':
      return 'quarter'
    case 'calendar-year':
      return 'year'
  }
}
