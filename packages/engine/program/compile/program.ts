import { checkProgram } from '../check/check.ts'
import type { DocumentText } from '../document/document.ts'
import type { RewardText } from '../document/rewards.ts'
import type { LadderText } from '../document/tiers.ts'
import type { Finding } from '../finding.ts'
import type { Asset, Ladder, Level, Price, Program, Reward, RewardKind } from '../program.ts'
import { readDocument } from '../read.ts'
import type { Reading } from '../shape.ts'
import { type ConditionCompiler, conditionCompiler } from './condition.ts'
import { compileEarning } from './earning.ts'
import { audienceOf, duringOf, expiryOf } from './parts.ts'

export interface Compiled {
  /** Null where a finding is an error. */
  readonly program: Program | null
  /** In the order of the document. */
  readonly findings: readonly Finding[]
}

/**
 * Compiles a document, YAML or JSON. `published` is what publishing gives it: a version from 1 and the SHA-256 of its
 * canonical text; a draft has version 0 and the hash ''. Nothing is thrown for whatever text is given.
 */
export function compileProgram(text: string, published: { version: number; hash: string }): Compiled {
  const { document, reading } = readDocument(text)
  const { findings } = reading
  let program: Program | null = null
  if (document !== null) {
    const conditions = conditionCompiler(reading)
    program = programOf(document, published, conditions, reading)
    checkProgram(document, reading)
  }
  findings.sort((a, b) => a.line - b.line || a.column - b.column)
  const wrong = findings.some((finding) => finding.severity === 'error')
  return { program: wrong ? null : program, findings: findings.slice(0, FINDINGS_MAX) }
}

// Nobody mends more at once; a broken machine could otherwise make an answer larger than its document.
const FINDINGS_MAX = 500

const LATE_ACCEPT = { months: 0, days: 30, ms: 0 } // EVT-4
const REFUNDS_ACCEPT = { months: 0, days: 180, ms: 0 } // REF-7
const FORFEIT_AFTER = { months: 0, days: 30, ms: 0 } // END-1: who leaves by mistake loses nothing
const RESERVATIONS_LAST_MS = 15 * 60_000 // long enough to pay, short enough not to be missed elsewhere

/** Compiles what could be read, also of a document with errors: conditions are checked on the way. */
function programOf(
  document: DocumentText,
  published: { version: number; hash: string },
  conditions: ConditionCompiler,
  reading: Reading,
): Program | null {
  const earning = compileEarning(document, conditions, reading.names)
  const rewards = new Map(
    (document.rewards ?? []).map(({ id, value }) => [id, rewardOf(id, value, conditions, document)]),
  )
  const { id, name, zone, currency, refunds, assets } = document
  if (id === null || name === null || zone === null || currency === null || refunds === null || assets === null)
    return null
  const from = document.inForce?.from
  return {
    id,
    version: published.version,
    hash: published.hash,
    name,
    zone,
    currency,
    inForceFrom: from === undefined ? null : from === 'always' ? 'always' : from.local,
    late: { accept: document.late?.accept ?? LATE_ACCEPT },
    refunds: {
      accept: refunds.accept ?? REFUNDS_ACCEPT,
      shortfall: refunds.shortfall,
      limit: new Map((refunds.limit ?? []).map((limit) => [limit.asset, limit.units])),
    },
    reservationsLastMs: document.reservations?.last ?? RESERVATIONS_LAST_MS,
    leaving: { forfeitAfter: document.leaving?.forfeitAfter ?? FORFEIT_AFTER },
    assets: assets.map(({ id: assetId, value }): Asset => {
      const { kind, pending, lapsedReturns, worth } = value
      return {
        id: assetId,
        kind,
        scale: value.smallest?.scale ?? 0,
        name: value.name ?? {},
        shown: true,
        pending: pending ?? { type: 'none' },
        expiry: expiryOf(value.expires),
        burnOrder: value.burn ?? [],
        lapsedReturns: { member: lapsedReturns?.member?.period ?? null, shop: lapsedReturns?.shop?.period ?? null },
        warn: value.warn ?? [],
        worth: worth === null ? null : { amount: worth.units, minor: worth.minor },
        gifting: null,
      }
    }),
    ...earning,
    ladders: (document.tiers ?? []).map(ladderOf),
    rewards: new Map(
      [...rewards].flatMap(([rewardId, reward]) => (reward === null ? [] : [[rewardId, reward] as const])),
    ),
    places: new Map(
      (document.places ?? []).map((place) => [place.id, { zone: place.value.zone ?? zone, name: {}, partner: null }]),
    ),
    activities: reading.names.activities,
    unknownMembers: document.unknownMembers ?? 'refuse',
    terms: null,
    minimumAge: null,
    staffEarn: false,
    closing: null,
    benefits: new Map(),
    badges: new Map(),
    cards: new Map(),
    challenges: new Map(),
    leaderboards: new Map(),
    draws: new Map(),
    offers: new Map(),
    referral: null,
    memberships: new Map(),
    pools: new Map(),
    partners: new Map(),
    charities: new Map(),
    segments: new Map(),
    messagesHoldout: null,
  }
}

function ladderOf(ladder: LadderText): Ladder {
  return {
    id: ladder.ladder,
    measure: measureOf(ladder),
    window: ladder.window,
    rise: ladder.rise ?? 'at-once',
    fall: { to: ladder.fall.to, grace: ladder.fall.grace, warn: ladder.fall.warn ?? [] },
    afterRefund: ladder.afterRefund ?? 'keep-to-window-end',
    levels: ladder.levels.map(
      (level): Level => ({
        id: level.id,
        reach: reachOf(level.reach),
        name: level.name ?? {},
        expiry: new Map((level.expires ?? []).map(({ id, value }) => [id, expiryOf(value)])),
        benefits: [],
        entry: [],
        hidden: false,
        invitation: false,
      }),
    ),
  }
}

function measureOf({ measure }: LadderText): Ladder['measure'] {
  switch (measure.type) {
    case 'earned':
      return { type: 'earned', asset: measure.of }
    case 'activities':
      return { type: 'activities', name: measure.of }
    case 'spend':
    case 'orders':
    case 'visits':
      return { type: measure.type }
  }
}

function reachOf(reach: LadderText['levels'][number]['reach']): number {
  switch (reach.type) {
    case 'amount':
      return reach.units
    case 'money':
      return reach.minor
    case 'count':
      return reach.count
  }
}

function rewardOf(
  id: string,
  reward: RewardText,
  conditions: ConditionCompiler,
  document: DocumentText,
): Reward | null {
  const when = reward.when === null ? null : conditions.compile(reward.when, 'member')
  const price = priceOf(reward, document)
  return price === null
    ? null
    : {
        id,
        name: reward.name ?? {},
        audience: audienceOf(reward.for, null, null),
        when,
        during: duringOf(reward.during),
        kind: rewardKindOf(reward),
        price,
        stock: null,
        cap: null,
        expiry: { type: 'never' },
        codes: 'made',
        basket: null,
        together: false,
        instead: null,
      }
}

function rewardKindOf(reward: RewardText): RewardKind {
  switch (reward.type) {
    case 'money-off':
      return { type: 'money-off', minor: reward.value.minor }
    case 'percent-off':
      return { type: 'percent-off', percent: reward.value, most: null }
    case 'product':
      return { type: 'product', sku: reward.sku }
    case 'free-shipping':
    case 'pay-with-points':
    case 'custom':
      return { type: reward.type }
  }
}

function priceOf(reward: RewardText, document: DocumentText): Price | null {
  if (reward.type !== 'pay-with-points') {
    const others = (reward.priceFor ?? []).map((choice) => ({
      audience: audienceOf(choice.for, null, null),
      amount: choice.price.units,
    }))
    const choices = [...others, { audience: audienceOf(null, null, null), amount: reward.price.units }]
    return { type: 'fixed', asset: reward.price.asset, choices }
  }
  const { asset, units } = reward.least
  const worth = reward.worth ?? document.assets?.find((each) => each.id === asset)?.value.worth ?? null
  if (worth === null) return null // reported by the checks
  return {
    type: 'chosen',
    asset,
    least: units,
    most: reward.most?.units ?? null,
    step: reward.step.units,
    worth: { amount: worth.units, minor: worth.minor },
  }
}
