import { ruleOfAward } from '../awards/by-rule.ts'
import type { Effect } from '../effect.ts'
import type { Program } from '../program/program.ts'
import { ladderStateOf } from '../tiers/judge.ts'
import { dayOf, dayText, type LocalTime } from '../time/local.ts'
import { aimsOf } from './aims.ts'
import type { Life } from './live-again.ts'
import { addedUp, addTo, type Sums } from './sums.ts'

/**
 * What lives under one candidate add up to: plain JSON, as large as the program and the months that it ran, however many members
 * there are. Amounts are smallest units, months are those of the program's zone.
 */
export interface Totals {
  members: number
  /** By asset, rule, month and `from>to`: every line of the ledger is in it, so the movement table is, too (FIN-1). */
  moved: Sums
  /** What members have in the end: by asset and account, and how many of them are in debt. */
  closing: Sums
  /** How often a rule gave points or a voucher, by rule and month. */
  gave: Sums
  /** Who stands where in the end, by ladder and level. */
  tiers: Sums
  /** By ladder, month and `from>to`. */
  tierChanges: Sums
  /** Vouchers by reward and how they ended. */
  vouchers: Sums
  /** Requests that were refused, by code. */
  refused: Sums
  /** How often a cap or budget cut what a rule gave, and by how much: by cap and rule. */
  cut: Sums
  /** What was taken of rooms that members share, by room and day. */
  rooms: Sums
  /** By aim, members who came to it (`reached`), and who did not but came within a fifth of it (`near`). */
  aims: Sums
}

export const newTotals = (): Totals => ({
  members: 0,
  moved: {},
  closing: {},
  gave: {},
  tiers: {},
  tierChanges: {},
  vouchers: {},
  refused: {},
  cut: {},
  rooms: {},
  aims: {},
})

/** Of lives that are in one of them each: in which order they are merged, and which are in which, is not to be seen. */
export const mergeTotals = (a: Totals, b: Totals): Totals => ({
  members: a.members + b.members,
  moved: addedUp(a.moved, b.moved),
  closing: addedUp(a.closing, b.closing),
  gave: addedUp(a.gave, b.gave),
  tiers: addedUp(a.tiers, b.tiers),
  tierChanges: addedUp(a.tierChanges, b.tierChanges),
  vouchers: addedUp(a.vouchers, b.vouchers),
  refused: addedUp(a.refused, b.refused),
  cut: addedUp(a.cut, b.cut),
  rooms: addedUp(a.rooms, b.rooms),
  aims: addedUp(a.aims, b.aims),
})

/** Adds a life to totals that the caller owns. */
export function addLife(totals: Totals, life: Life): void {
  totals.members++
  for (const { event, effects } of life.decisions) {
    for (const effect of effects) addEffect(totals, life.program, effect, event.stamp.local)
  }
  for (const effect of life.after) addEffect(totals, life.program, effect, life.until)
  addEnd(totals, life)
  addAims(totals, life)
}

const monthOf = (local: LocalTime): string => dayText(dayOf(local)).slice(0, 7)

function addEffect(totals: Totals, program: Program, effect: Effect, decided: LocalTime): void {
  if (effect.type === 'move') {
    const { asset, rule, effective, from, to, amount } = effect
    const month = monthOf(effective)
    addTo(totals.moved, [asset, rule, month, `${from}>${to}`], amount)
    if (from === 'issued') addTo(totals.gave, [rule, month], 1)
  } else if (effect.type === 'tier') {
    const { ladder, to, standing } = effect
    const from = effect.from ?? lowestOf(program, ladder)
    if (from !== to) addTo(totals.tierChanges, [ladder, monthOf(standing.since), `${from}>${to}`], 1)
  } else if (effect.type === 'refused') {
    addTo(totals.refused, [effect.refusal.code], 1)
  } else if (effect.type === 'capped') {
    addTo(totals.cut, [effect.cap, effect.rule, 'times'], 1)
    addTo(totals.cut, [effect.cap, effect.rule, 'amount'], effect.trimmed)
  } else if (effect.type === 'room') {
    addTo(totals.rooms, [effect.room, dayText(dayOf(decided))], effect.change)
  }
}

/** Where everyone stands who has not stood anywhere yet. */
const lowestOf = ({ ladders }: Program, ladder: string): string =>
  ladders.find(({ id }) => id === ladder)?.levels[0]?.id ?? ''

function addEnd(totals: Totals, { member, program }: Life): void {
  for (const { asset, pending, active, held, debt } of member.assets) {
    for (const [account, amount] of Object.entries({ pending, active, held, debt })) {
      addTo(totals.closing, [asset, account], amount)
    }
    if (debt > 0) addTo(totals.closing, [asset, 'membersInDebt'], 1)
  }
  for (const { id } of program.ladders) {
    addTo(totals.tiers, [id, ladderStateOf(member, id)?.level ?? lowestOf(program, id)], 1)
  }
  for (const { id, reward, status, issued } of [...(member.vouchers ?? []), ...Object.values(member.closed ?? {})]) {
    addTo(totals.vouchers, [reward, status], 1)
    const rule = ruleOfAward(id)
    if (rule !== null) addTo(totals.gave, [rule, monthOf(issued)], 1)
  }
}

/** Of how far an aim is away, in hundredths: who came so near to it might have come to it. */
const nearPercent = 80

function addAims(totals: Totals, { program, furthest }: Life): void {
  for (const { name, of, target } of aimsOf(program)) {
    const far = furthest.get(of)
    addTo(totals.aims, [name, 'reached'], far >= target ? 1 : 0)
    addTo(totals.aims, [name, 'near'], far < target && far * 100 >= target * nearPercent ? 1 : 0)
  }
}
