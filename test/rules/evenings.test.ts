import {
  callingsOff,
  type KeptOrNot,
  type MemberEvent,
  noticesDue,
  type Program,
  reviewTransitions,
  type SeatCalledOff,
  type SeatOffered,
  type Session,
  type Stamp,
} from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { confirm, on, paid, reserve, returnVoucher, revokeVoucher } from '../vectors/history-builder.ts'
import { anyAmount, days, nothingGivenUp, program, timelineOf } from '../vectors/program-builder.ts'
import { answersOf, balanceOf, live, ofType } from '../vectors/reading.ts'

/** One evening in May, of ten seats, and what a later version makes of it from April on. */
const may: Session = { id: 'may', starts: on('2026-05-22T18:00').local, place: null, seats: 10 }
const at = (text: string, version = text < '2026-04-01' ? 1 : 2): Stamp => on(text, version)
const start = at('2026-04-01')

function evening(sessions: readonly Session[], parts: Partial<Program> = {}, cancelBefore: number | null = 7): Program {
  const kind = {
    type: 'experience' as const,
    sessions,
    cancelBefore: cancelBefore === null ? null : days(cancelBefore),
    waitingAccept: days(1),
  }
  return program({ rewards: new Map([['any', { ...anyAmount(), kind }]]), ...parts })
}
const saying = (becomes: KeptOrNot | null): Partial<Program> => ({
  version: 2,
  transitions: { ...nothingGivenUp, sessions: new Map(becomes === null ? [] : [['any/may', becomes]]) },
})
const then = (sessions: readonly Session[], becomes: KeptOrNot | null, cancelBefore: number | null = 7) =>
  timelineOf(evening([may]), [start.at, evening(sessions, saying(becomes), cancelBefore)])

const order = paid('o1', at('2026-03-02'), 10_000)
const asked = { ...reserve('r1', at('2026-03-03'), 10), session: 'may' }
const booked = [order, asked, confirm('r1', at('2026-03-03T00:01'))]
const later = (date: string): Session => ({ ...may, starts: on(date).local })
const calledOff = (redemption: string, stamp: Stamp): SeatCalledOff => ({
  ...{ type: 'seat.called-off', source: 'laurel', id: `called-off/${redemption}`, stamp, redemption },
  ...{ reward: 'any', session: 'may' },
})

describe('TRN-6 a session that may be booked', () => {
  const review = (after: Program, before = evening([may]), begins = start) =>
    reviewTransitions(timelineOf(before), after, begins.local)
  const asks = (after: Program, before?: Program, begins?: Stamp) =>
    review(after, before, begins).missing.map(({ id, loss, answers }) => [id, loss.split(':')[0], ...answers])

  test('is answered for where it is given up, moved, or has fewer seats', () => {
    const answers = ['keep', 'called-off']
    expect(asks(evening([], { version: 2 }))).toEqual([['any/may', '`any/may` is given up', ...answers]])
    expect(asks(evening([later('2026-06-05T18:00')]))).toEqual([['any/may', '`any/may` is moved', ...answers]])
    expect(asks(evening([{ ...may, place: 'abroad' }]))).toEqual([['any/may', '`any/may` is moved', ...answers]])
    expect(asks(evening([{ ...may, seats: 9 }]))).toEqual([
      ['any/may', '`any/may` has fewer seats than could be booked', ...answers],
    ])
  })

  test('asks for nothing where it stays, grows, has begun, or goes with its reward, which is answered for itself', () => {
    expect(asks(evening([{ ...may, seats: 11 }]))).toEqual([])
    expect(asks(evening([]), evening([may]), on('2026-05-22T18:00', 2))).toEqual([])
    expect(asks(evening([]), evening([may]), on('2026-05-22T17:59', 2))).toHaveLength(1)
    // By the clock of its place it may be to come still.
    const abroad = evening([{ ...may, place: 'abroad' }])
    expect(asks(evening([]), abroad, on('2026-05-23T19:59', 2))).toHaveLength(1)
    expect(asks(evening([]), abroad, on('2026-05-23T20:00', 2))).toEqual([])
    expect(review(program({ rewards: new Map() })).missing.map(({ section }) => section)).toEqual(['rewards'])
  })

  test('is not answered for in vain, and may be called off when it was kept first', () => {
    expect(review(evening([may], saying('keep'))).unasked).toEqual([{ section: 'sessions', id: 'any/may' }])
    const kept = timelineOf(evening([may]), [start.at, evening([], saying('keep'))])
    const third = evening([], { ...saying('called-off'), version: 3 })
    expect(reviewTransitions(kept, third, on('2026-04-10').local).unasked).toEqual([])
    const all = timelineOf(evening([may]), [start.at, evening([], saying('keep'))], [on('2026-04-10').at, third])
    expect(callingsOff(all)).toMatchObject([{ reward: 'any', session: 'may', version: 3 }])
  })

  test('is called off once by a version that repeats it, and again by one that moves it, too', () => {
    const moved = evening([later('2026-06-05T18:00')], saying('called-off'))
    const timeline = (next: readonly Session[]) =>
      timelineOf(
        evening([may]),
        [start.at, moved],
        [on('2026-04-10').at, evening(next, { ...saying('called-off'), version: 3 })],
      )
    expect(callingsOff(timeline([later('2026-06-05T18:00')])).map(({ version }) => version)).toEqual([2])
    expect(callingsOff(timeline([later('2026-07-05T18:00')])).map(({ version }) => version)).toEqual([2, 3])
  })
})

describe('TRN-6 a session that is called off', () => {
  const timeline = then([], 'called-off')

  test('gives a seat back with its price, whatever the policy says, and tells its holder', () => {
    const { member, decisions } = live(timeline, [...booked, calledOff('r1', at('2026-05-20'))])
    expect(balanceOf(member).active).toBe(100)
    expect([member.vouchers, member.closed?.['r1']?.status]).toEqual([undefined, 'returned'])
    expect(ofType(decisions.at(-1)?.effects ?? [], 'room')).toEqual([
      { type: 'room', room: 'seats/any/may', change: -1 },
    ])
    const notices = (day: string) =>
      noticesDue(timeline, member, on(day).local).filter(({ kind }) => kind !== 'seat-kept')
    expect(notices('2026-05-21')).toMatchObject([
      { kind: 'session-called-off', reward: 'any', session: 'may', back: { asset: 'points', amount: 10 } },
    ])
    expect(notices('2026-06-20')).toEqual([])
  })

  test('lets a reservation go, and tells whoever waits, for whom nothing was paid', () => {
    const held = live(timeline, [
      order,
      { ...asked, until: { at: at('2026-05-30').at, local: at('2026-05-30').local } },
      calledOff('r1', at('2026-04-02')),
    ]).member
    expect([balanceOf(held).active, balanceOf(held).held, held.calledOff?.[0]?.back]).toEqual([
      100,
      0,
      { asset: 'points', amount: 10 },
    ])
    expect(live(timeline, [order, calledOff('w1', at('2026-04-02'))]).member.calledOff).toMatchObject([{ back: null }])
  })

  test('lets go what was kept for who moved up, where it is there no more', () => {
    const kept: SeatOffered = {
      ...{ type: 'seat.offered', source: 'laurel', id: 'seat', stamp: at('2026-03-31'), reward: 'any', session: 'may' },
      until: at('2026-04-05'),
    }
    const seatsOf = (sessions: readonly Session[]) =>
      live(then(sessions, 'called-off'), [order, kept, calledOff('w1', at('2026-04-02'))]).member.keptSeats
    expect(seatsOf([])).toBeUndefined()
    expect(seatsOf([later('2026-06-05T18:00')])).toHaveLength(1)
  })

  test('takes no seat that was booked for the new date, none that went back before, and none by a version that keeps it', () => {
    const anew = then([later('2026-06-05T18:00')], 'called-off')
    const again = { ...reserve('r2', at('2026-04-03'), 10), session: 'may' }
    const ends = (timeline: ReturnType<typeof then>, ...events: MemberEvent[]) =>
      live(timeline, [order, ...events]).member
    const fresh = ends(anew, again, confirm('r2', at('2026-04-03T00:01')), calledOff('r2', at('2026-04-04')))
    expect([fresh.vouchers?.length, fresh.calledOff]).toEqual([1, undefined])
    const gone = ends(
      timeline,
      ...booked.slice(1),
      returnVoucher('b', 'r1', at('2026-03-05')),
      calledOff('r1', at('2026-04-04')),
    )
    expect([balanceOf(gone).active, gone.calledOff]).toEqual([100, undefined])
    expect(ends(then([], 'keep'), ...booked.slice(1), calledOff('r1', at('2026-04-04'))).vouchers).toHaveLength(1)
  })
})

describe('TRN-6 a seat in a session that was moved or given up, and kept', () => {
  const refusalOf = (timeline: ReturnType<typeof then>, stamp: Stamp) => {
    const answer = answersOf(live(timeline, [...booked, returnVoucher('back', 'r1', stamp)]).decisions).at(-1)
    return answer?.granted === false ? answer.refusal.code : null
  }

  test('goes back by the later of the dates and the milder of the policies, told and of now', () => {
    const postponed = then([later('2026-08-22T18:00')], 'keep')
    expect(refusalOf(postponed, at('2026-08-15T17:59'))).toBeNull()
    expect(refusalOf(postponed, at('2026-08-15T18:00'))).toBe('too-late-to-cancel')
    const milder = then([later('2026-08-22T18:00')], 'keep', 2)
    expect([refusalOf(milder, at('2026-08-20T17:59')), refusalOf(milder, at('2026-08-20T18:00'))]).toEqual([
      null,
      'too-late-to-cancel',
    ])
    expect(refusalOf(then([later('2026-08-22T18:00')], 'keep', null), at('2026-08-15T17:59'))).toBeNull()
  })

  test('goes back as it was told where it is moved forward, and not once it has begun', () => {
    const sooner = then([later('2026-05-10T18:00')], 'keep')
    expect(refusalOf(sooner, at('2026-05-10T17:59'))).toBeNull()
    expect(refusalOf(sooner, at('2026-05-10T18:00'))).toBe('too-late-to-cancel')
  })

  test('goes by what was told last where it is gone', () => {
    const gone = then([], 'keep')
    expect([refusalOf(gone, at('2026-05-15T17:59')), refusalOf(gone, at('2026-05-15T18:00'))]).toEqual([
      null,
      'too-late-to-cancel',
    ])
  })

  test('LOT-7 its holder is told of each move until it begins', () => {
    const moved = timelineOf(
      evening([may]),
      [start.at, evening([later('2026-08-22T18:00')], saying('keep'))],
      [on('2026-04-10').at, evening([may], { ...saying('keep'), version: 3 })],
    )
    const told = (day: string) =>
      noticesDue(moved, live(moved, booked).member, on(day).local).map((notice) =>
        notice.kind === 'session-moved' ? [notice.key, notice.starts === may.starts] : [],
      )
    expect([told('2026-03-31'), told('2026-04-02'), told('2026-04-11'), told('2026-05-22T18:00')]).toEqual([
      [],
      [['session-moved/any/may/1', false]],
      [['session-moved/any/may/2', true]],
      [],
    ])
  })
})

describe('TRN-6 staff can give the price of a booked seat back', () => {
  const timeline = timelineOf(evening([may]))
  const priceBack = (stamp: Stamp): MemberEvent => ({ ...revokeVoucher('gone', 'r1', stamp), priceBack: true })
  const answered = (...events: MemberEvent[]) => {
    const { decisions, member } = live(timeline, events)
    return [answersOf(decisions).at(-1), balanceOf(member).active]
  }

  test('whatever its policy, once, and the answer says how much', () => {
    const late = on('2026-05-22T17:00')
    expect(answered(...booked, priceBack(late))).toEqual([{ granted: true, asset: 'points', amount: 10 }, 100])
    expect(answered(...booked, revokeVoucher('gone', 'r1', late))).toEqual([
      { granted: true, asset: 'USD', amount: 0 },
      90,
    ])
    const twice = [priceBack(late), { ...priceBack(on('2026-05-22T17:01')), id: 'again' }]
    expect(answered(...booked, ...twice)).toEqual([
      { granted: false, refusal: { code: 'revoked', shortBy: null } },
      100,
    ])
  })
})
