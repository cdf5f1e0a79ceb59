import type { MemberEvent, TimePassed } from '@laurel/engine'

type Recorded = Exclude<MemberEvent, TimePassed>
type Paid = Extract<Recorded, { type: 'order.paid' }>
type Refund = Extract<Recorded, { type: 'refund.made' }>

/** What both the engine and the plain loop end with, so that they can be held against each other. */
export interface Ending {
  issued: number
  takenBack: number
  expired: number
  active: number
  /** Members by level, from the lowest. */
  levels: number[]
}
export const newEnding = (): Ending => ({ issued: 0, takenBack: 0, expired: 0, active: 0, levels: [0, 0, 0] })

/**
 * The load tests' program written out by hand, as someone would who needs no other: the yardstick of P4. It keeps the same lots,
 * caps and tiers and says the same movements, but knows no version, condition, pending point, debt, or late fact.
 */
export function runPlainly(histories: readonly (readonly Recorded[])[], ending: Ending): number {
  let effects = 0
  for (const events of histories) effects += runMember(events, ending)
  return effects
}

interface Kept {
  readonly event: Paid
  readonly gold: boolean
  readonly teaRoom: number
  readonly basketRoom: number
  readonly month: number
  readonly year: number
  readonly lastDay: number
  given: Given
}
interface Given {
  readonly base: number
  readonly goldShare: number
  readonly tea: number
  readonly basket: number
  readonly status: number
}
interface Move {
  readonly cause: string
  readonly rule: string
  readonly asset: string
  readonly from: string
  readonly to: string
  readonly amount: number
  readonly effective: number
}

interface State {
  lots: { lastDay: number; amount: number }[]
  active: number
  month: number
  tea: number
  baskets: number
  level: number
  graceUntil: number | null
  year: number
  sums: { net: number; highest: number }
  before: { net: number; highest: number }
  readonly records: Map<string, Kept>
}

const DAY_MS = 86_400_000
const reaches = [0, 300, 1000]
const rules = ['base', 'gold-rate', 'tea', 'full-basket'] as const

function runMember(events: readonly Recorded[], ending: Ending): number {
  const state: State = {
    ...{ lots: [], active: 0, month: 0, tea: 0, baskets: 0, level: 0, graceUntil: null, year: 0 },
    ...{ sums: { net: 0, highest: 0 }, before: { net: 0, highest: 0 }, records: new Map() },
  }
  const moves: Move[] = []
  for (const event of events) {
    passTime(state, event.stamp.local, ending, moves)
    if (event.type === 'order.paid') pay(state, event, ending, moves)
    else if (event.type === 'refund.made') refund(state, event, ending, moves)
  }
  ending.active += state.active
  ending.levels[state.level] = (ending.levels[state.level] ?? 0) + 1
  return moves.length
}

const yearOf = (local: number): number => new Date(local).getUTCFullYear()
const monthOf = (local: number): number => {
  const date = new Date(local)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

function passTime(state: State, now: number, ending: Ending, moves: Move[]): void {
  for (let lot = state.lots[0]; lot && (lot.lastDay + 1) * DAY_MS <= now; lot = state.lots[0]) {
    state.lots.shift()
    state.active -= lot.amount
    ending.expired += lot.amount
    moves.push(
      moveOf(`lot/${lot.lastDay}`, 'expire', 'points', 'active', 'expired', lot.amount, (lot.lastDay + 1) * DAY_MS),
    )
  }
  const year = yearOf(now)
  if (state.year === 0) state.year = year
  while (state.year < year || (state.graceUntil !== null && state.graceUntil <= now)) {
    const turn = Date.UTC(state.year + 1, 0, 1)
    if (state.graceUntil !== null && (state.graceUntil <= turn || state.year === year)) {
      state.graceUntil = null
      state.level = Math.min(state.level, supported(state))
      continue
    }
    state.before = state.sums
    state.sums = { net: 0, highest: 0 }
    state.year += 1
    if (supported(state) < state.level) state.graceUntil = turn + 30 * DAY_MS
  }
}

const levelFor = (sum: number): number => (sum >= 1000 ? 2 : sum >= (reaches[1] ?? 0) ? 1 : 0)
const supported = ({ sums, before }: State): number => Math.max(levelFor(sums.highest), levelFor(before.highest))

function pay(state: State, event: Paid, ending: Ending, moves: Move[]): void {
  const { local } = event.stamp
  const month = monthOf(local)
  if (month !== state.month) {
    state.month = month
    state.tea = 0
    state.baskets = 0
  }
  const end = new Date(local)
  const lastDay = Date.UTC(end.getUTCFullYear() + 1, end.getUTCMonth() + 1, 1) / DAY_MS - 1
  const room = { gold: state.level === 2, teaRoom: 200 - state.tea, basketRoom: 3 - state.baskets }
  const given = givenFor(event, room, -1)
  const record = { event, ...room, month, year: state.year, lastDay, given }
  state.records.set(event.order, record)
  const amounts = [given.base, given.goldShare, given.tea, given.basket]
  let sum = 0
  for (const [index, amount] of amounts.entries()) {
    if (amount === 0) continue
    sum += amount
    moves.push(moveOf(event.id, rules[index] ?? '', 'points', 'issued', 'active', amount, local))
  }
  moves.push(moveOf(event.id, 'status', 'status', 'issued', 'active', given.status, local))
  addToLot(state, lastDay, sum)
  ending.issued += sum
  state.tea += given.tea
  if (given.basket > 0) state.baskets += 1
  qualify(state, state.sums, given.status)
}

function givenFor(event: Paid, room: { gold: boolean; teaRoom: number; basketRoom: number }, gone: number): Given {
  let [total, tea, items] = [0, 0, 0]
  for (const [index, line] of event.lines.entries()) {
    if (index === gone) continue
    total += line.total
    items += line.quantity
    if (line.categories[0] === 'tea') tea += line.total
  }
  const base = Math.floor(total / 100)
  return {
    base,
    goldShare: room.gold ? Math.floor((total * 3) / 200) - base : 0,
    tea: Math.min(Math.floor(tea / 200), room.teaRoom),
    basket: (items >= 6 || total >= 8000) && room.basketRoom >= 1 ? 20 : 0,
    status: base,
  }
}

function refund(state: State, event: Refund, ending: Ending, moves: Move[]): void {
  const record = state.records.get(event.order ?? '')
  if (!record) return
  const { local } = event.stamp
  const gone = record.event.lines.findIndex((line) => line.id === event.lines[0]?.line)
  const due = givenFor(record.event, record, gone)
  const was = record.given
  const given = {
    base: Math.min(was.base, due.base),
    goldShare: Math.min(was.goldShare, due.goldShare),
    tea: Math.min(was.tea, due.tea),
    basket: Math.min(was.basket, due.basket),
    status: Math.min(was.status, due.status),
  }
  const takes = [was.base - given.base, was.goldShare - given.goldShare, was.tea - given.tea, was.basket - given.basket]
  let sum = 0
  for (const [index, amount] of takes.entries()) {
    if (amount === 0) continue
    sum += amount
    moves.push(moveOf(event.id, rules[index] ?? '', 'points', 'active', 'issued', amount, local))
  }
  moves.push(moveOf(event.id, 'status', 'status', 'active', 'issued', was.status - given.status, local))
  if (sum > 0) addToLot(state, record.lastDay, -sum)
  ending.takenBack += sum
  record.given = given
  if (record.month === state.month) {
    state.tea -= was.tea - given.tea
    if (was.basket > given.basket) state.baskets -= 1
  }
  const sums = record.year === state.year ? state.sums : record.year === state.year - 1 ? state.before : null
  if (sums) qualify(state, sums, given.status - was.status)
}

function addToLot(state: State, lastDay: number, change: number): void {
  state.active += change
  const at = state.lots.findIndex((lot) => lot.lastDay >= lastDay)
  const lot = state.lots[at]
  if (lot && lot.lastDay === lastDay) {
    lot.amount += change
    if (lot.amount === 0) state.lots.splice(at, 1)
  } else state.lots.splice(at < 0 ? state.lots.length : at, 0, { lastDay, amount: change })
}

function qualify(state: State, sums: State['sums'], change: number): void {
  sums.net += change
  sums.highest = Math.max(sums.highest, sums.net)
  const level = supported(state)
  if (level < state.level) return
  state.level = level
  state.graceUntil = null
}

const moveOf = (
  cause: string,
  rule: string,
  asset: string,
  from: string,
  to: string,
  amount: number,
  effective: number,
): Move => ({ cause, rule, asset, from, to, amount, effective })
