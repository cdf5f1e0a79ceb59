import {
  Allowance,
  callingsOff,
  decide,
  type Effect,
  type Grant,
  type Member,
  type MemberEvent,
  newMember,
  type Offer,
  type Program,
  type Reward,
  replay,
  type SeatCalledOff,
  type SeatOffered,
  type Timeline,
  type TimePassed,
  takenBy,
  toldBy,
} from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { chosen } from '../generators/basket.ts'
import type { Coverage } from '../generators/coverage.ts'
import { startWithin } from '../generators/endings.ts'
import { steps, tell } from '../generators/history.ts'
import { timelines } from '../generators/program.ts'
import { livesOfDays } from '../generators/scale.ts'
import { localOf } from '../generators/stamp.ts'
import type { Step, StepKind } from '../generators/told.ts'
import { days } from '../vectors/program-builder.ts'
import { inTidyOrder } from './cases.ts'
import { stateOf } from './living.ts'

/**
 * EARN-5 RED-3: what members share, with whoever keeps it told by nothing but what is taken. Beside it stands a count of heads: who
 * holds a piece or a seat, and who was given what a budget pays for.
 */
const members = ['ada', 'ben', 'cleo'] as const
const sessions = ['evening', 'matinee'] as const
const calledOff = 'evening'
const whole = new Map<string, number>([
  ['stock/off', 2],
  ['stock/item', 1],
  ['stock/gift', 1],
  ...sessions.map((id) => [`seats/entry/${id}`, 1] as const),
  ['budget:offer:come-back/ever', 1],
  ['budget:offer:this-week/ever', 2],
])

/** Now and then one more of it comes, for whichever card has waited. */
const gifts = 'stock/gift'
const ordersAnew = 9

const scarce = (reward: Reward, nth: number): Reward => {
  const stock = whole.get(`stock/${reward.id}`) ?? null
  if (reward.id !== 'entry') return { ...reward, stock }
  const startOf = (id: string) => Number.MAX_SAFE_INTEGER - (id === calledOff ? nth : 0)
  const all = sessions.map((id) => ({
    id,
    starts: startOf(id),
    place: null,
    seats: whole.get(`seats/entry/${id}`) ?? 0,
  }))
  return {
    ...reward,
    during: null,
    kind: { type: 'experience', sessions: all, cancelBefore: days(0), waitingAccept: days(1) },
  }
}

function funded(offer: Offer): Offer {
  const times = whole.get(`budget:offer:${offer.id}/ever`)
  if (offer.type.type !== 'goal' || times === undefined) return offer
  const budget = { id: `offer:${offer.id}`, most: { type: 'times', times }, edge: 'refuse' } as const
  return { ...offer, type: { ...offer.type, budget } }
}

const shared = (program: Program, nth: number): Program => ({
  ...program,
  transitions: {
    ...program.transitions,
    sessions: new Map(nth === 0 ? [] : [[`entry/${calledOff}`, 'called-off']]),
  },
  rewards: new Map([...program.rewards].map(([id, reward]) => [id, scarce(reward, nth)])),
  offers: new Map([...program.offers].map(([id, offer]) => [id, funded(offer)])),
})

interface Happening {
  readonly who: (typeof members)[number]
  readonly event: MemberEvent
}

interface Drawn {
  readonly timeline: Timeline
  readonly happenings: readonly Happening[]
}

const shops = (most: number): fc.Arbitrary<Drawn> =>
  timelines(livesOfDays)
    .chain((timeline) =>
      fc.record({
        published: fc.constant(timeline.map((entry) => ({ ...entry, program: shared(entry.program, 0) }))),
        start: fc.nat(livesOfDays.startsAt.length - 1),
        movedAfterDays: fc.constantFrom(2, 5, 9),
        histories: fc.tuple(...members.map(() => steps(livesOfDays, most, 5))),
      }),
    )
    .map(({ published, start, movedAfterDays, histories }) => {
      const begin = startWithin(published, livesOfDays, start)
      const timeline = movingEvening(published, begin, movedAfterDays)
      const happenings = members.flatMap((who, index) =>
        inTidyOrder(tell(timeline, livesOfDays, begin, crowded(histories[index] ?? []))).map((event) => ({
          who,
          event: withSession(event),
        })),
      )
      // Of one member in the order in which it was told; between members as time goes.
      return { timeline, happenings: happenings.sort((a, b) => a.event.stamp.at - b.event.stamp.at) }
    })

/** In the midst of what happens a version begins that calls the evening off by moving it. */
function movingEvening(timeline: Timeline, start: number, afterDays: number): Timeline {
  const at = Date.parse(livesOfDays.startsAt[start] ?? '') + afterDays * 86_400_000
  const before = timeline.filter(({ fromAt, publishedAt }) => Math.max(fromAt, publishedAt) < at)
  const last = before.at(-1)
  if (last === undefined) return timeline
  const program = { ...shared(last.program, 1), version: last.program.version + 1 }
  const local = localOf(at, program.zone)
  return [...before, { ...last, program, fromAt: at, fromLocal: local, publishedAt: at, publishedLocal: local }]
}

/** Every other thing that happens is about what there is little of. */
const crowded = (history: readonly Step[]): Step[] =>
  history.map((step, i) => (i % 2 === 0 ? { ...step, kind: chosen(asking, step.pick + i) ?? step.kind } : step))
const asking: readonly StepKind[] = ['redeem', 'send-offer', 'redeem', 'order', 'give-back', 'redeem', 'offer-and-back']

/** All want the same few things, at one of two sessions. */
function withSession(event: MemberEvent): MemberEvent {
  if (event.type !== 'redemption.reserve' || event.reward === 'any') return event
  const nth = event.stamp.at + event.redemption.length
  const reward = chosen(['entry', 'off', 'entry', 'item'], nth) ?? 'entry'
  return reward === 'entry'
    ? { ...event, reward, session: chosen(sessions, Math.floor(nth / 2)) ?? null }
    : { ...event, reward }
}

/** Lives what happens to all of them; whoever finds a session full waits, and a seat that is free is kept for the first. */
function live({ timeline, happenings }: Drawn, coverage: Coverage): ReadonlyMap<string, Life> {
  const [left, all] = [new Map(whole), new Map(whole)]
  const lives = new Map(members.map((who): [string, Life] => [who, { member: newMember(), events: [], effects: [] }]))
  const lines = new Map<string, (typeof members)[number][]>()
  const told: Effect[] = []
  const happen = ({ who, event }: Happening): void => {
    const { member, events, ...before } = lives.get(who) ?? { member: newMember(), events: [], effects: [] }
    const wanted = takenBy(decide(timeline, member, event).effects)
    const grants = wanted.map(({ room, amount }): Grant => ({ room, amount: Math.min(amount, left.get(room) ?? 0) }))
    const asked = event.type === 'time.passed' ? event : { ...event, grants }
    const { effects, answer, member: after } = decide(timeline, member, asked)
    const stored = asked.type === 'time.passed' ? [] : ['answer' in asked ? { ...asked, answer } : asked]
    const now = { member: after, events: [...events, ...(stored as Recorded[])] }
    before.effects.push(...effects)
    lives.set(who, { ...now, ...before })
    told.push(...effects.filter(({ type }) => type === 'offer-told'))
    for (const effect of effects) {
      if (effect.type === 'room') left.set(effect.room, (left.get(effect.room) ?? 0) - effect.change)
      noteIn(coverage, effect)
    }
    const everybody = [...lives.values()].map((life) => life.member)
    const wrong = [...all].flatMap(([room, most]): [string, number, number][] => {
      const [rest, heads] = [left.get(room) ?? 0, headsIn(room, everybody, told)]
      return rest >= 0 && most - rest === heads ? [] : [[room, rest, heads]]
    })
    expect(wrong).toEqual([])
    if (event.type !== 'redemption.reserve' || !event.session || !isSoldOut(effects)) return
    lines.set(event.session, [...(lines.get(event.session) ?? []), who])
  }
  for (const [index, happening] of happenings.entries()) {
    if (index % ordersAnew === 0) for (const room of [left, all]) room.set(gifts, (room.get(gifts) ?? 0) + 1)
    happen(happening)
    // A millisecond later, where nothing else happens by then.
    const next = happenings[index + 1]?.event.stamp.at ?? Number.POSITIVE_INFINITY
    if (next <= happening.event.stamp.at + 1) continue
    for (const who of members) {
      const { member = newMember() } = lives.get(who) ?? {}
      for (const event of seatsCalledOff(member, happening.event, timeline)) happen({ who, event })
    }
    for (const [session, [first, ...others]] of lines) {
      if (first === undefined || (left.get(`seats/entry/${session}`) ?? 0) < 1) continue
      lines.set(session, others)
      happen({ who: first, event: seatFor(session, happening.event, timeline) })
    }
  }
  return lives
}

interface Life {
  readonly member: Member
  readonly events: readonly Recorded[]
  /** All of them, one after the other. */
  readonly effects: Effect[]
}
type Recorded = Exclude<MemberEvent, TimePassed>

/** What has to come up, or the heads are counted in empty rooms. */
export const seen = [
  'sold out',
  'seat kept',
  'seat let go',
  'seat called off',
  'given back',
  'offer paid for',
  'offer not paid for',
  'card waits',
  'card waits no longer',
] as const

function noteIn(coverage: Coverage, effect: Effect): void {
  const note = (what: (typeof seen)[number]) => coverage.note(what)
  if (isSoldOut([effect])) note('sold out')
  if (effect.type === 'seat') note(effect.kept ? 'seat kept' : 'seat let go')
  if (effect.type === 'called-off' && effect.seat.back !== null) note('seat called off')
  if (effect.type === 'room' && effect.change < 0) note('given back')
  if (effect.type === 'room' && effect.change > 0 && effect.room.startsWith('budget:')) note('offer paid for')
  if (effect.type === 'card-waiting') note('card waits')
  if (effect.type === 'missed' && !effect.stands) note('card waits no longer')
  if (effect.type === 'capped' && effect.cap.startsWith('budget:offer:')) note('offer not paid for')
}

const isSoldOut = (effects: readonly Effect[]): boolean =>
  effects.some((effect) => effect.type === 'refused' && effect.refusal.code === 'sold-out')

function seatFor(session: string, { stamp: last }: MemberEvent, timeline: Timeline): SeatOffered {
  const stamp = { ...last, at: last.at + 1, local: last.local + 1, placeLocal: last.local + 1 }
  const until = { at: stamp.at + 86_400_000, local: stamp.local + 86_400_000 }
  const version = stamp.version ?? timeline[0]?.program.version ?? null
  const id = `${session}/${stamp.at}`
  return { type: 'seat.offered', source: 'laurel', id, stamp: { ...stamp, version }, reward: 'entry', session, until }
}

/** What was booked, or is reserved, in the evening of a version before. */
function seatsCalledOff(
  { holds, vouchers = [] }: Member,
  { stamp: last }: MemberEvent,
  timeline: Timeline,
): readonly SeatCalledOff[] {
  const stamp = { ...last, at: last.at + 1, local: last.local + 1, placeLocal: last.local + 1 }
  const booked = [...vouchers.map(({ id, ...rest }) => ({ ...rest, redemption: id })), ...holds]
  return booked.flatMap(({ redemption, reward, session, version }): SeatCalledOff[] => {
    const isCalledOff = callingsOff(timeline).some(
      (each) =>
        each.reward === reward && each.session === session && each.version > version && each.begins <= stamp.local,
    )
    if (!isCalledOff || session == null) return []
    const named = { source: 'laurel', id: `called-off/${redemption}`, stamp }
    return [{ ...named, type: 'seat.called-off', redemption, reward, session }]
  })
}

/** Counted by head: reservations, what was bought or awarded and did not go back unused, seats kept, and offers that were paid for. */
function headsIn(room: string, all: readonly Member[], told: readonly Effect[]): number {
  const [kind = '', reward = '', session] = room.split('/')
  if (kind.startsWith('budget:')) {
    const offer = kind.slice('budget:offer:'.length)
    const words = told.flatMap((effect) =>
      effect.type === 'offer-told' && effect.offer === offer ? [effect.what] : [],
    )
    return words.filter((what) => what === 'completed').length - words.filter((what) => what === 'undone').length
  }
  const isHere = (of: { readonly reward: string; readonly session?: string | null }): boolean =>
    of.reward === reward && (session === undefined || of.session === session)
  return all.reduce((heads, { holds, vouchers = [], closed = {}, keptSeats = [] }) => {
    const bought = [...vouchers, ...Object.values(closed)].filter(
      ({ status, uses }) => uses.length > 0 || (status !== 'returned' && status !== 'revoked'),
    )
    const seats = session === undefined ? [] : keptSeats.filter(isHere)
    return heads + holds.filter(isHere).length + bought.filter(isHere).length + seats.length
  }, 0)
}

/** However many ask, no room overruns, what is gone of it is with somebody, and what was granted is never judged again. */
export const sharesWithoutOverrun = (most: number, coverage: Coverage) =>
  fc.property(shops(most), (drawn) => {
    for (const { member, events, effects } of live(drawn, coverage).values()) {
      const last = drawn.happenings.at(-1)?.event.stamp
      if (last === undefined) return
      const upTo = { type: 'time.passed', stamp: last } as const
      const allowance = new Allowance([])
      const again = replay(drawn.timeline, events, upTo, toldBy(effects), { allowance }).member
      expect(stateOf(again)).toEqual(stateOf(decide(drawn.timeline, member, { ...upTo, grants: [] }).member))
    }
  })
