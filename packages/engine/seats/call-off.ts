import { type Draft, emit } from '../draft.ts'
import type { Timeline } from '../program/program.ts'
import { nameOfSession, sessionNamed } from '../program/session.ts'
import { strandedSessions } from '../program/stranded.ts'
import { programOf, reignsOf } from '../program/timeline.ts'
import { release } from '../rewards/redemption.ts'
import type { LocalTime } from '../time/local.ts'
import { giveBackPrice, priceOfVoucher } from '../vouchers/return.ts'
import { openVoucher } from '../vouchers/voucher.ts'
import type { CalledOffSeat } from './called-off.ts'
import type { SeatCalledOff } from './events.ts'
import { letSeatGo } from './keep.ts'
import { keptSeat } from './kept.ts'

/** A version that calls a session off, for whoever has booked it or waits for it by an earlier one (TRN-6). */
export interface CallingOff {
  readonly reward: string
  readonly session: string
  readonly version: number
  readonly begins: LocalTime
  /** The instant of `begins`. */
  readonly beginsAt: number
}

const callingsByTimeline = new WeakMap<Timeline, readonly CallingOff[]>()

/** In their order. One that repeats what was said calls off once more only what it moves, too. */
export function callingsOff(timeline: Timeline): readonly CallingOff[] {
  const known = callingsByTimeline.get(timeline)
  if (known) return known
  const reigns = reignsOf(timeline)
  const callings = reigns.flatMap(({ program, from: begins, fromAt: beginsAt }, index): CallingOff[] => {
    const before = reigns[index - 1]?.program
    if (before === undefined) return []
    return [...program.transitions.sessions].flatMap(([id, becomes]) => {
      const isNew =
        before.transitions.sessions.get(id) !== 'called-off' ||
        strandedSessions(before, program, begins).some((each) => each.id === id)
      if (becomes !== 'called-off' || !isNew) return []
      const [reward = '', session = ''] = id.split('/')
      return [{ reward, session, version: program.version, begins, beginsAt }]
    })
  })
  callingsByTimeline.set(timeline, callings)
  return callings
}

/** Gives back what was booked by an earlier version with its price, or ends a place in the line; the member is told (LOT-7). */
export function callOff(draft: Draft, event: SeatCalledOff): void {
  const { redemption, reward, session, stamp } = event
  if (stamp.version === null || draft.member.left?.erased) return
  const voucher = openVoucher(draft.member, redemption)
  const hold = draft.member.holds.find((each) => each.redemption === redemption)
  const booked = voucher ?? hold
  if (booked !== undefined) {
    const isCalledOff = callingsOff(draft.timeline).some(
      (each) =>
        each.reward === reward &&
        each.session === session &&
        each.version > booked.version &&
        each.begins <= stamp.local,
    )
    if (!isCalledOff || booked.reward !== reward || booked.session !== session) return
    const price = voucher ? priceOfVoucher(draft, voucher) : hold
    if (voucher) giveBackPrice(draft, voucher, 'returned', 'shop')
    else if (hold) release(draft, hold, 'cancelled')
    tell(draft, event, price ? { asset: price.asset, amount: price.amount } : null)
    return
  }
  // It went back before, by whomever.
  if (draft.member.finished[redemption] !== undefined) return
  const kept = keptSeat(draft.member, reward, session)
  const isThere = sessionNamed(programOf(draft.timeline, stamp.version), nameOfSession(reward, session)) !== undefined
  if (kept && !isThere) letSeatGo(draft, kept)
  tell(draft, event, null)
}

function tell(draft: Draft, { redemption, reward, session }: SeatCalledOff, back: CalledOffSeat['back']): void {
  emit(draft, {
    seat: { redemption, reward, session, on: draft.effective, back },
    stands: true,
    type: 'called-off',
  })
}
