import {
  type AssetState,
  type Belonging,
  boardWindowsOf,
  cardStateOf,
  challengeStateOf,
  type Effect,
  footingOf,
  type LadderState,
  type Member,
  type Position,
  poolWordsAfterReplay,
  receiptOf,
  statusOfReferral,
  voucherOf,
  wordAfterReplay,
} from '@laurel/engine'
import { canonicalText, lotDifferences } from '@laurel/ledger'

/**
 * The effects that lead from one state of a member to another, beside the movements of the ledger, which come from the
 * corrections (LED-5): what the decision of a late fact stores, so that the fold of all stored effects stays the state.
 * `head` comes last and counts as one decision.
 */
export function differenceOf(before: Member, after: Member, replayed: readonly Effect[]): Effect[] {
  return [
    ...lotDifferences(before.assets, after.assets),
    ...lapsedDifferences(before.assets, after.assets),
    ...activityDifferences(before.assets, after.assets),
    ...listDifference(
      before.pending,
      after.pending,
      (entry): Effect => ({ type: 'pending', entry: { ...entry, amount: 0 } }),
      (entry): Effect => ({ type: 'pending', entry }),
    ),
    ...orderDifferences(before, after),
    ...rowsGone(before, after),
    ...historyDifference(before, after),
    ...holdDifferences(before, after),
    ...countDifferences(before, after),
    ...ladderDifferences(before.ladders, after.ladders, replayed),
    ...listDifference(
      before.waiting,
      after.waiting,
      ({ source, id }): Effect => ({ type: 'wait-ended', source, id }),
      (event): Effect => ({ type: 'wait', event }),
    ),
    ...listDifference(
      before.owed,
      after.owed,
      ({ redemption }): Effect => ({ type: 'owe', redemption, owed: null }),
      (owed): Effect => ({ type: 'owe', redemption: owed.redemption, owed }),
    ),
    ...notedDifferences(before, after),
    ...profileDifference(before, after),
    ...statusDifference(before, after),
    ...footingDifference(before, after),
    ...listDifference(
      before.forfeited,
      after.forfeited,
      (part): Effect => ({ type: 'forfeited', part: { ...part, amount: 0 } }),
      (part): Effect => ({ type: 'forfeited', part }),
    ),
    ...voucherDifferences(before, after),
    ...awardDifferences(before, after),
    ...cardDifferences(before, after),
    ...challengeDifferences(before, after),
    ...boardDifferences(before, after),
    ...offerDifferences(before, after),
    ...armDifferences(before, after),
    ...benefitDifferences(before, after),
    ...referralDifferences(before, after),
    ...belongingDifferences(before, after),
    ...listDifference(
      before.paidAhead ?? [],
      after.paidAhead ?? [],
      (ahead): Effect => ({ type: 'paid-ahead', ...ahead, partner: null }),
      (ahead): Effect => ({ type: 'paid-ahead', ...ahead }),
    ),
    ...mergeDifference(before, after),
    headOf(after.head, after),
  ]
}

/** A decision that changes nothing but the number of decisions: a late fact whose consequences stand in a later row. */
export const headOf = (position: Position | null, { firedLocal, firedAt }: Member): Effect => ({
  type: 'head',
  position,
  firedLocal,
  firedAt,
})

/** Lists keep their order: after the part that both share, what stood is removed, and what stands is added. */
function listDifference<Item>(
  before: readonly Item[],
  after: readonly Item[],
  remove: (item: Item) => Effect,
  add: (item: Item) => Effect,
): Effect[] {
  let common = 0
  while (common < before.length && common < after.length && isSame(before[common], after[common])) common += 1
  return [...before.slice(common).map(remove), ...after.slice(common).map(add)]
}

/** Of both states: what a late fact took away altogether is in the one before only. */
const assetsOf = (before: readonly AssetState[], after: readonly AssetState[]): string[] => [
  ...new Set([...before, ...after].map(({ asset }) => asset)),
]

function lapsedDifferences(before: readonly AssetState[], after: readonly AssetState[]): Effect[] {
  return assetsOf(before, after).flatMap((asset) =>
    listDifference(
      stateOf(before, asset)?.lapsed ?? [],
      stateOf(after, asset)?.lapsed ?? [],
      (lot): Effect => ({ type: 'lapsed', asset, lot: { ...lot, amount: 0 } }),
      (lot): Effect => ({ type: 'lapsed', asset, lot }),
    ),
  )
}

function activityDifferences(before: readonly AssetState[], after: readonly AssetState[]): Effect[] {
  return assetsOf(before, after).flatMap((asset): Effect[] => {
    const day = stateOf(after, asset)?.activeOn ?? null
    return day === (stateOf(before, asset)?.activeOn ?? null) ? [] : [{ type: 'activity-moved', asset, day }]
  })
}

const stateOf = (states: readonly AssetState[], asset: string): AssetState | undefined =>
  states.find((state) => state.asset === asset)

function orderDifferences(before: Member, after: Member): Effect[] {
  return Object.entries(after.orders).flatMap(([key, record]): Effect[] =>
    isSame(before.orders[key], record) ? [] : [{ type: 'order', key, record }],
  )
}

/** The day of the last order is not told by records alone. */
function historyDifference({ history: before }: Member, { history }: Member): Effect[] {
  return isSame(before ?? null, history ?? null) ? [] : [{ type: 'history', history: history ?? null }]
}

function holdDifferences(before: Member, after: Member): Effect[] {
  const ended = Object.entries(after.finished).flatMap(([redemption, finished]): Effect[] =>
    isSame(before.finished[redemption], finished) ? [] : [{ type: 'hold-ended', redemption, finished }],
  )
  const changed = after.holds.flatMap((hold): Effect[] =>
    before.holds.some((known) => isSame(known, hold)) ? [] : [{ type: 'hold', hold }],
  )
  return [...ended, ...changed]
}

/** Below every period, so that nothing is dropped by the way. */
const NEVER = Number.MIN_SAFE_INTEGER

function countDifferences(before: Member, after: Member): Effect[] {
  const used = (member: Member, cap: string, period: number): number =>
    member.counts.find((count) => count.cap === cap && count.period === period)?.used ?? 0
  const gone = before.counts.filter(({ cap, period }) => used(after, cap, period) === 0)
  return [...gone, ...after.counts].flatMap(({ cap, period }): Effect[] => {
    const change = used(after, cap, period) - used(before, cap, period)
    return change === 0 ? [] : [{ type: 'count', cap, period, change, dropBefore: NEVER }]
  })
}

function ladderDifferences(
  before: readonly LadderState[],
  after: readonly LadderState[],
  replayed: readonly Effect[],
): Effect[] {
  const gone = before.filter(({ ladder }) => !after.some((state) => state.ladder === ladder))
  const changed = after.flatMap((state): Effect[] => {
    const was = before.find((known) => known.ladder === state.ladder)
    if (isSame(was, state)) return []
    const { ladder, entries, folded, ...standing } = state
    // Why it stands where it stands is what the replay said last about it.
    const said = replayed.findLast((effect) => effect.type === 'tier' && effect.ladder === ladder)
    const reason = said?.type === 'tier' ? said.reason : 'kept'
    return [
      { type: 'tier', ladder, from: was?.level ?? null, to: state.level, reason, standing },
      { type: 'qualified', ladder, removed: was?.entries ?? [], added: entries, folded },
    ]
  })
  return [...gone.map(({ ladder }): Effect => ({ type: 'ladder-gone', ladder })), ...changed]
}

function notedDifferences(before: Member, after: Member): Effect[] {
  const noted = after.noted ?? []
  const gone = (before.noted ?? []).filter(({ name }) => !noted.some((known) => known.name === name))
  const changed = noted.filter(
    (refund) =>
      !isSame(
        before.noted?.find(({ name }) => name === refund.name),
        refund,
      ),
  )
  return [...gone.map((refund) => ({ ...refund, accepted: [], failed: false })), ...changed].map(
    (refund): Effect => ({ type: 'refund-noted', refund }),
  )
}

function profileDifference(before: Member, after: Member): Effect[] {
  const { joinedOn, segments, tags } = after
  const was = { joinedOn: before.joinedOn, segments: before.segments, tags: before.tags }
  return isSame(was, { joinedOn, segments, tags }) ? [] : [{ type: 'profile', joinedOn, segments, tags }]
}

function statusDifference(before: Member, after: Member): Effect[] {
  const { frozen, left } = after
  return isSame({ frozen: before.frozen, left: before.left }, { frozen, left })
    ? []
    : [{ type: 'status', frozen, left }]
}

function footingDifference(before: Member, after: Member): Effect[] {
  const footing = footingOf(after)
  const changed: Effect[] = isSame(footingOf(before), footing) ? [] : [{ type: 'footing', footing }]
  const on = after.ended ?? null
  return on === (before.ended ?? null) ? changed : [...changed, { type: 'ended', on }]
}

function voucherDifferences(before: Member, after: Member): Effect[] {
  const changed = [...(after.vouchers ?? []), ...Object.values(after.closed ?? {})].flatMap((voucher): Effect[] =>
    isSame(voucherOf(before, voucher.id), voucher) ? [] : [{ type: 'voucher', voucher }],
  )
  const orders = new Set([...(before.usedFor ?? []), ...(after.usedFor ?? [])].map(({ order }) => order))
  const usedFor = (member: Member, order: string) =>
    member.usedFor?.find((known) => known.order === order)?.vouchers ?? []
  const awaiting = [...orders].flatMap((order): Effect[] =>
    isSame(usedFor(before, order), usedFor(after, order))
      ? []
      : [{ type: 'used-for', order, vouchers: usedFor(after, order) }],
  )
  return [...changed, ...awaiting]
}

function awardDifferences(before: Member, after: Member): Effect[] {
  const keptOn = ({ occasions = [] }: Member, occasion: string) =>
    occasions.find((kept) => kept.occasion === occasion)?.on ?? null
  const names = new Set([...(before.occasions ?? []), ...(after.occasions ?? [])].map(({ occasion }) => occasion))
  const kept = [...names].flatMap((occasion): Effect[] => {
    const on = keptOn(after, occasion)
    return on === keptOn(before, occasion) ? [] : [{ type: 'occasion', occasion, on }]
  })
  return [
    ...kept,
    ...planDifferences(before, after),
    ...seatDifferences(before, after),
    ...listDifference(
      before.badges ?? [],
      after.badges ?? [],
      (badge): Effect => ({ type: 'badge', badge, held: false }),
      (badge): Effect => ({ type: 'badge', badge, held: true }),
    ),
    ...listDifference(
      before.entered ?? [],
      after.entered ?? [],
      (level): Effect => ({ type: 'entered', level, given: false }),
      (level): Effect => ({ type: 'entered', level, given: true }),
    ),
  ]
}

function cardDifferences(before: Member, after: Member): Effect[] {
  const cards = new Set([...(before.cards ?? []), ...(after.cards ?? [])].map(({ card }) => card))
  return [...cards].flatMap((id): Effect[] => {
    const card = cardStateOf(after, id)
    return isSame(cardStateOf(before, id), card) ? [] : [{ type: 'card', card }]
  })
}

function boardDifferences(before: Member, after: Member): Effect[] {
  const all = [...(before.boards ?? []), ...(after.boards ?? [])]
  return [...new Set(all.map(({ leaderboard }) => leaderboard))].flatMap((leaderboard): Effect[] => {
    const windows = boardWindowsOf(after, leaderboard)
    return isSame(boardWindowsOf(before, leaderboard), windows) ? [] : [{ type: 'leaderboard', leaderboard, windows }]
  })
}

function challengeDifferences(before: Member, after: Member): Effect[] {
  const all = [...(before.challenges ?? []), ...(after.challenges ?? [])]
  return [...new Set(all.map(({ challenge }) => challenge))].flatMap((id): Effect[] => {
    const state = challengeStateOf(after, id)
    const window = state.windows.at(-1)?.from ?? 0
    return isSame(challengeStateOf(before, id), state) ? [] : [{ type: 'challenge', window, state }]
  })
}

/** What was met once stays met. */
const armDifferences = (before: Member, after: Member): Effect[] =>
  (after.arms ?? []).flatMap((arm): Effect[] =>
    before.arms?.some(({ experiment }) => experiment === arm.experiment) ? [] : [{ type: 'exposed', arm }],
  )

function offerDifferences(before: Member, after: Member): Effect[] {
  const ids = new Set([...(before.offers ?? []), ...(after.offers ?? [])].map(({ id }) => id))
  return [...ids].flatMap((id): Effect[] => {
    const receipt = receiptOf(after, id)
    return isSame(receiptOf(before, id), receipt) ? [] : [{ type: 'offer', id, receipt }]
  })
}

/** A late one is more of them; those that a merge has brought go with it. */
function benefitDifferences({ benefitUses: before = [] }: Member, { benefitUses: after = [] }: Member): Effect[] {
  const of = (all: typeof before, { benefit, year }: (typeof before)[number]) =>
    all.find((uses) => uses.benefit === benefit && uses.year === year) ?? { times: 0, worth: 0 }
  const gone = before.filter((uses) => of(after, uses).times === 0)
  return [...gone, ...after].flatMap((uses): Effect[] => {
    const { benefit, year } = uses
    const [was, is] = [of(before, uses), of(after, uses)]
    const more = { times: is.times - was.times, worth: is.worth - was.worth }
    return more.times === 0 ? [] : [{ type: 'benefit-used', benefit, year, ...more }]
  })
}

const seatDifferences = (before: Member, after: Member): Effect[] =>
  listDifference(
    before.keptSeats ?? [],
    after.keptSeats ?? [],
    (seat): Effect => ({ type: 'seat', seat, kept: false }),
    (seat): Effect => ({ type: 'seat', seat, kept: true }),
  )

function planDifferences(before: Member, after: Member): Effect[] {
  const plans = new Set([...(before.plans ?? []), ...(after.plans ?? [])].map(({ plan }) => plan))
  const held = (member: Member, plan: string) => member.plans?.find((known) => known.plan === plan) ?? null
  return [...plans].flatMap((plan): Effect[] =>
    isSame(held(before, plan), held(after, plan)) ? [] : [{ type: 'plan', plan, held: held(after, plan) }],
  )
}

function referralDifferences(before: Member, after: Member): Effect[] {
  const { referral = null } = after
  const status = referral === null ? 'waiting' : statusOfReferral(referral)
  const changed: Effect[] = isSame(before.referral ?? null, referral) ? [] : [{ type: 'referral', status, referral }]
  const word = wordAfterReplay(before, after)
  const friends = listDifference(
    before.friends ?? [],
    after.friends ?? [],
    (friend): Effect => ({ type: 'friend', friend, known: false }),
    (friend): Effect => ({ type: 'friend', friend, known: true }),
  )
  return [...changed, ...(word === null ? [] : [word]), ...friends]
}

function mergeDifference(before: Member, after: Member): Effect[] {
  const of = ({ aliases = [], merged }: Member) => ({ aliases, last: merged ?? null })
  // Movements and vouchers of before look like use to the fold: what can still be undone is said again, after them.
  const isKnown = after.merged === undefined && isSame(of(before), of(after))
  return isKnown ? [] : [{ type: 'merged', ...of(after) }]
}

/** Rows never go, but with the merge that brought them. */
function rowsGone(before: Member, after: Member): Effect[] {
  const orders = Object.keys(before.orders).filter((key) => !(key in after.orders))
  const finished = Object.keys(before.finished).filter((id) => !(id in after.finished))
  const all = [...(before.vouchers ?? []), ...Object.values(before.closed ?? {})]
  const vouchers = all.filter(({ id }) => voucherOf(after, id) === undefined)
  return orders.length + finished.length + vouchers.length === 0
    ? []
    : [{ type: 'rows-gone', orders, finished, vouchers }]
}

/** With what the pools have to be told: a replay sends nothing by itself. */
function belongingDifferences(before: Member, after: Member): Effect[] {
  const [was, is] = [before.belongings ?? [], after.belongings ?? []]
  const gone = was.filter(({ pool, as }) => !is.some((known) => known.pool === pool && known.as === as))
  const changed = is.filter((belonging) => !was.some((known) => isSame(known, belonging)))
  const named = ({ pool, as }: Belonging) => ({
    type: 'belonging' as const,
    pool,
    ...(as === undefined ? null : { as }),
  })
  return [
    ...gone.map((belonging): Effect => ({ ...named(belonging), belonging: null })),
    ...changed.map((belonging): Effect => ({ ...named(belonging), belonging })),
    ...poolWordsAfterReplay(before, after),
  ]
}

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && canonicalText(a) === canonicalText(b))

/** Two states that decide alike: the order in which assets and counts first came up has no meaning. */
export function isSameState(a: Member, b: Member): boolean {
  return canonicalText(comparable(a)) === canonicalText(comparable(b))
}

function comparable(member: Member): object {
  // An asset that was looked at and never moved says nothing.
  const assets = member.assets.filter(
    ({ pending, active, held, debt, lapsed, activeOn }) =>
      pending + active + held + debt > 0 || lapsed.length > 0 || activeOn !== null,
  )
  return {
    ...member,
    seq: 0,
    // Made of ids, and there or not.
    chance: 0,
    // How far time was let pass is no part of what the facts come to.
    firedLocal: null,
    firedAt: null,
    assets: assets.toSorted((a, b) => (a.asset < b.asset ? -1 : 1)),
    counts: member.counts.toSorted((a, b) => (a.cap === b.cap ? a.period - b.period : a.cap < b.cap ? -1 : 1)),
    ladders: member.ladders.toSorted((a, b) => (a.ladder < b.ladder ? -1 : 1)),
  }
}
