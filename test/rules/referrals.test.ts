import type {
  Award,
  MemberEvent,
  Program,
  Referral,
  ReferralClaim,
  ReferralTold,
  RequestAnswer,
  Send,
  Timeline,
} from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { challenge, goal, referral } from '../vectors/goal-builder.ts'
import { on, paid, refund, tick, useVoucher } from '../vectors/history-builder.ts'
import { days, earning, points, program, reward, timelineOf } from '../vectors/program-builder.ts'
import { answersOf, balanceOf, live, ofType, permutations, replayed } from '../vectors/reading.ts'

const gives = (amount: number): readonly Award[] => [{ type: 'amount', asset: 'points', amount }]
const terms = (parts: Partial<Referral> = {}): Referral =>
  referral({
    ...{ friend: gives(100), advocate: gives(300) },
    qualifies: goal({ measure: { type: 'order' }, target: 3000 }),
    ...parts,
  })
const referring = (parts: Partial<Referral> = {}, more: Partial<Program> = {}): Timeline =>
  timelineOf(program({ assets: [points()], onOrder: [], referral: terms(parts), ...more }))

const claim = (at: string, parts: Partial<ReferralClaim> = {}): ReferralClaim => ({
  ...{ type: 'referral.claim', source: 'laurel', id: 'claim', stamp: on(at) },
  ...{ advocate: 'ada', signals: [], recent: 1, answer: null, ...parts },
})
const review = (id: string, at: string, approved: boolean): MemberEvent => ({
  ...{ type: 'referral.reviewed', source: 'staff', id, stamp: on(at), actor: 'staff-1', reason: 'seen', approved },
})
const granted: RequestAnswer = { granted: true, asset: 'USD', amount: 0 }

interface Course {
  readonly friend: number
  readonly status: string | null
  readonly sent: readonly string[]
}
/** What the friend has, where the referral is, and what the advocate was told. */
function course(timeline: Timeline, ...events: MemberEvent[]): Course {
  const { member, decisions } = live(timeline, events)
  const effects = decisions.flatMap((decision) => decision.effects)
  return {
    friend: balanceOf(member).active,
    status: ofType(effects, 'referral').at(-1)?.status ?? null,
    sent: ofType(effects, 'send').map(({ event }) => event.type),
  }
}

const [day0, day12, day15] = ['2026-03-01T12:00', '2026-03-13T12:00', '2026-03-16']
const ordered = (at = day0, amount = 4000, order = 'o1') => paid(order, on(at), amount)
const returned = (at: string) => refund('r1', 'o1', on(at), 4000)

describe('RFL-1 MRG-1 a friend who turns out to be two', () => {
  const into = (at: string, ...past: MemberEvent[]): MemberEvent => {
    const merged: MemberEvent = {
      ...{ type: 'member.merged', source: 'laurel', id: 'm1', stamp: on(at), to: 'cem', head: '' },
      ...{ actor: 'staff-1', reason: 'same-person' },
    }
    const events = [...past, merged].filter((event) => event.type !== 'time.passed')
    return {
      ...{ type: 'merge.received', source: 'laurel', id: 'ben/m1', stamp: on(at), merge: 'laurel/m1' },
      ...{ from: 'ben', into: 'cem', brought: { events, told: {} } },
    }
  }
  const friendOf = (...events: MemberEvent[]) => course(referring(), ...events, tick(on('2026-04-01')))

  test('what the one has bought since the other was sent counts, and not what was before', () => {
    expect(friendOf(claim('2026-02-28'), into('2026-03-02', ordered()))).toMatchObject({ status: 'paid' })
    expect(friendOf(claim('2026-03-01T13:00'), into('2026-03-02', ordered()))).toMatchObject({
      status: 'waiting',
    })
  })

  test('and what the other has bought since the one was sent, whose referral goes on', () => {
    const sent = into('2026-03-02', claim('2026-02-28'))
    expect(friendOf(ordered(), sent)).toMatchObject({ friend: 100, status: 'paid' })
  })

  test('returned within the hold it counts no more, as any other order', () => {
    const came = into('2026-03-02', ordered())
    expect(friendOf(claim('2026-02-28'), came, returned(day12))).toEqual({ friend: 0, status: 'waiting', sent: [] })
  })
})

describe('RFL-1 a friend who was sent', () => {
  test('vector 15: returned on day 12 of a hold of 14 + 1 days, nobody is paid', () => {
    const events = [claim('2026-02-28'), ordered(), returned(day12), tick(on('2026-04-01'))]
    expect(course(referring(), ...events)).toEqual({ friend: 0, status: 'waiting', sent: [] })
  })

  test('vector 15: returned at 00:00 of day 15 exactly, after the 14 days of returns, both are paid', () => {
    const shop: Partial<Program> = { refunds: { accept: days(14), shortfall: 'debt', limit: new Map() } }
    const events = [claim('2026-02-28'), ordered(), returned(day15)]
    const { member, decisions } = live(referring({}, shop), events)
    expect(balanceOf(member).active).toBe(100)
    expect(decisions.at(-1)?.effects).toContainEqual(expect.objectContaining({ type: 'queued', reason: 'overdue' }))
    expect(course(referring({}, shop), ...events)).toEqual({
      friend: 100,
      status: 'paid',
      sent: ['referral.qualified'],
    })
  })

  test('and pays back what a refund undoes after the hold, in the millisecond of its end or later', () => {
    const both = ['referral.qualified', 'referral.reversed']
    for (const at of [day15, '2026-05-01']) {
      const events = [claim('2026-02-28'), ordered(), returned(at)]
      expect(course(referring(), ...events)).toEqual({ friend: 0, status: 'reversed', sent: both })
    }
    const failed: MemberEvent = {
      ...{ type: 'refund.failed', source: 'shop', id: 'f1', stamp: on('2026-05-03'), order: 'o1', refund: 'r1' },
    }
    const again = [claim('2026-02-28'), ordered(), returned('2026-05-01'), failed]
    expect(course(referring(), ...again)).toEqual({
      friend: 100,
      status: 'paid',
      sent: [...both, 'referral.qualified'],
    })
  })

  test('is held from the first order that is enough and still stands', () => {
    const small = ordered('2026-03-01', 2999, 'small')
    expect(course(referring(), claim('2026-02-28'), small, tick(on('2026-06-01'))).status).toBe('waiting')
    const second = ordered('2026-03-10', 3000, 'o2')
    const events = [claim('2026-02-28'), small, ordered(day0), second, returned(day12)]
    expect(course(referring(), ...events, tick(on('2026-03-24T23:59')))).toMatchObject({ status: 'held', friend: 0 })
    expect(course(referring(), ...events, tick(on('2026-03-25')))).toMatchObject({ status: 'paid', friend: 100 })
  })

  test('is paid once: no later order stands in for one that was returned', () => {
    const events = [claim('2026-02-28'), ordered(), ordered('2026-03-20', 9000, 'o2'), returned('2026-04-01')]
    expect(course(referring(), ...events, tick(on('2026-07-01')))).toMatchObject({ status: 'reversed', friend: 0 })
  })

  const gone: MemberEvent = { type: 'member.left', source: 'shop', id: 'gone', stamp: on('2026-03-10') }
  test('gives nothing back that they did not get, being away when it was due (END-1)', () => {
    const events = [claim('2026-02-28'), ordered(), gone, tick(on('2026-03-20')), returned('2026-03-21')]
    const { member } = live(referring(), events)
    expect(balanceOf(member)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
  })

  test('keeps what they have enjoyed, and gets it once: also when it stands again (REF-5)', () => {
    const friend: readonly Award[] = [...gives(100), { type: 'reward', reward: 'cup' }]
    const timeline = referring({ friend }, { rewards: new Map([['cup', reward('cup')]]) })
    const drunk = useVoucher('u1', 'referral/friend/2', on('2026-03-17'))
    const failed: MemberEvent = {
      ...{ type: 'refund.failed', source: 'shop', id: 'f1', stamp: on('2026-03-20'), order: 'o1', refund: 'r1' },
    }
    const events = [claim('2026-02-28'), ordered(), drunk, returned('2026-03-19'), failed]
    expect(course(timeline, ...events)).toMatchObject({ friend: 100, status: 'paid' })
  })

  test('counts nothing that was before the claim', () => {
    const late = [claim('2026-03-05', { answer: granted }), ordered(day0)]
    expect(replayed(referring(), late).member.referral).toMatchObject({ counted: [] })
  })

  test.each<[string, Timeline, MemberEvent[], string]>([
    ['where the program has no referral', referring({}, { referral: null }), [], 'no-referral'],
    ['twice', referring(), [claim('2026-02-01', { id: 'first' })], 'already-referred'],
    ['who has bought before', referring(), [ordered('2026-02-01')], 'not-new'],
  ])('is refused %s', (_title, timeline, before, code) => {
    const { decisions } = live(timeline, [...before, claim('2026-02-28')])
    expect(answersOf(decisions).at(-1)).toEqual({ granted: false, refusal: { code, shortBy: null } })
  })
})

describe('RFL-1 LED-9 a friend who is erased', () => {
  const erased = (at: string): MemberEvent => ({
    ...{ type: 'member.erased', source: 'staff', id: 'erased', stamp: on(at), actor: 'staff-1', reason: 'asked' },
  })

  test('before it has qualified leaves it over: nobody is due anything, and nobody waits', () => {
    const events = [claim('2026-02-28'), ordered(), erased(day12)]
    expect(course(referring(), ...events)).toEqual({ friend: 0, status: 'over', sent: [] })
    expect(course(referring(), ...events, tick(on('2026-04-01')))).toEqual({ friend: 0, status: 'over', sent: [] })
    expect(course(referring(), claim('2026-02-28', { signals: ['same-device'] }), erased(day12)).status).toBe('over')
  })

  test('afterwards leaves it as it was', () => {
    const { status, sent } = course(referring(), claim('2026-02-28'), ordered(), erased(day15))
    expect([status, sent]).toEqual(['paid', ['referral.qualified']])
  })
})

describe('RFL-1 review', () => {
  const waits = [ordered(), tick(on('2026-04-01'))]

  test.each<[string, Partial<ReferralClaim>, Partial<Referral['review']>, readonly string[]]>([
    ['the same device', { signals: ['same-device'] }, {}, ['same-device']],
    ['what the program does not look at', { signals: ['same-device'] }, { sameDevice: false }, []],
    ['the same person, always', { signals: ['same-person'] }, {}, ['same-person']],
    ['the tenth friend in the span', { recent: 10 }, {}, []],
    ['one friend more', { recent: 11 }, {}, ['velocity']],
  ])('looks at %s', (_title, parts, policy, signals) => {
    const timeline = referring({ review: { ...terms().review, ...policy } })
    const { member } = live(timeline, [claim('2026-02-28', parts)])
    expect(member.referral?.signals).toEqual(signals)
    const status = signals.length > 0 ? 'review' : 'paid'
    expect(course(timeline, claim('2026-02-28', parts), ...waits)).toMatchObject({ status })
  })

  const suspicious = claim('2026-02-28', { signals: ['same-address'] })

  test('pays at once what a person approves after the hold, and never what one rejects', () => {
    const approved = course(referring(), suspicious, ...waits, review('yes', '2026-04-02', true))
    expect(approved).toEqual({ friend: 100, status: 'paid', sent: ['referral.qualified'] })
    const rejected = [review('no', '2026-03-02', false), tick(on('2026-06-01'))]
    expect(course(referring(), suspicious, ordered(), ...rejected)).toEqual({ friend: 0, status: 'rejected', sent: [] })
  })

  test('rejects what was paid, and the last word counts', () => {
    const paidOut = [claim('2026-02-28'), ...waits, review('no', '2026-04-02', false)]
    expect(course(referring(), ...paidOut)).toMatchObject({ friend: 0, status: 'rejected' })
    const back = course(referring(), ...paidOut, review('yes', '2026-04-03', true))
    expect(back).toMatchObject({ friend: 100, status: 'paid' })
  })

  test('begins when a fingerprint is told later, and not again for what a person has approved', () => {
    const suspected: MemberEvent = {
      ...{ type: 'referral.suspected', source: 'laurel', id: 's1', stamp: on('2026-03-02'), actor: 'laurel' },
      ...{ reason: 'fingerprint', signals: ['same-payment'] },
    }
    expect(course(referring(), claim('2026-02-28'), suspected, ...waits)).toMatchObject({ status: 'review', friend: 0 })
    const seen = [claim('2026-02-28'), review('yes', '2026-03-01', true), suspected]
    expect(course(referring(), ...seen, ...waits)).toMatchObject({ status: 'paid' })
  })
})

describe('RFL-1 an advocate', () => {
  const told = (type: ReferralTold['type'], friend: string, at: string, round: number): ReferralTold => ({
    ...{ type, source: 'laurel', id: `${friend}/${round}`, stamp: on(at), from: friend, terms: 1, round },
  })
  const qualified = (friend: string, at: string, round = 2) => told('referral.qualified', friend, at, round)
  const reversed = (friend: string, at: string, round = 3) => told('referral.reversed', friend, at, round)
  const active = (timeline: Timeline, ...events: MemberEvent[]) => balanceOf(live(timeline, events).member).active

  test('is paid for each friend once, and pays back for one whose order is returned', () => {
    const two = [qualified('ben', '2026-03-16'), qualified('cleo', '2026-03-17')]
    expect(active(referring(), ...two)).toBe(600)
    expect(active(referring(), ...two, reversed('ben', '2026-04-01'))).toBe(300)
    expect(active(referring(), ...two, reversed('ben', '2026-04-01'), qualified('ben', '2026-04-02', 4))).toBe(600)
  })

  test('hears nothing of an older word that comes after a newer one', () => {
    const overtaken = [reversed('ben', '2026-04-01'), qualified('ben', '2026-04-02')]
    expect(active(referring(), ...overtaken)).toBe(0)
  })

  test('is thanked as often as the cap allows, and a reversal gives room back', () => {
    const cap = { id: 'referral', counts: 'times', most: 1, of: 'member', edge: 'refuse' } as const
    const timeline = referring({ cap: { ...cap, span: { type: 'calendar', unit: 'year' } } })
    const two = [qualified('ben', '2026-03-16'), qualified('cleo', '2026-03-17')]
    expect(active(timeline, ...two)).toBe(300)
    expect(active(timeline, ...two, reversed('ben', '2026-04-01'), qualified('dirk', '2026-04-02'))).toBe(300)
    expect(active(timeline, ...two, qualified('dirk', '2027-01-01'))).toBe(600)
  })

  test('keeps what was enjoyed, and is not paid twice for a friend who qualifies again (REF-5)', () => {
    const advocate: readonly Award[] = [...gives(300), { type: 'reward', reward: 'cup' }]
    const timeline = referring({ advocate }, { rewards: new Map([['cup', reward('cup')]]) })
    const drunk = useVoucher('u1', 'referral/ben/2', on('2026-03-17'))
    const again = [reversed('ben', '2026-04-01'), qualified('ben', '2026-04-02', 4)]
    expect(active(timeline, qualified('ben', '2026-03-16'), drunk, ...again)).toBe(300)
  })

  test('gets nothing while away, and nothing is taken for it later', () => {
    const frozen: MemberEvent = {
      ...{ type: 'member.frozen', source: 'staff', id: 'ice', stamp: on('2026-03-01'), frozen: true },
      ...{ actor: null, reason: 'looked at' },
    }
    expect(active(referring(), frozen, qualified('ben', '2026-03-16'), reversed('ben', '2026-04-01'))).toBe(0)
  })

  test('rises by the measure of referrals, and falls when one is reversed', () => {
    const levels = [
      { id: 'friend', reach: 0 },
      { id: 'star', reach: 2 },
    ].map((level) => ({ ...level, name: {}, benefits: [], entry: [], hidden: false, invitation: false }))
    const ladder: Program['ladders'][number] = {
      ...{ id: 'word', measure: { type: 'referrals' }, window: { type: 'lifetime' }, rise: 'at-once', fall: 'earned' },
      ...{ grace: null, warn: [], afterRefund: 'revoke', keptThrough: false, rollover: false, levels },
    } as unknown as Program['ladders'][number]
    const timeline = referring({}, { ladders: [ladder] })
    const two = [qualified('ben', '2026-03-16'), qualified('cleo', '2026-03-17')]
    expect(live(timeline, two).member.ladders[0]).toMatchObject({ level: 'star' })
    expect(live(timeline, [...two, reversed('ben', '2026-04-01')]).member.ladders[0]).toMatchObject({ level: 'friend' })
  })

  test('meets a challenge that counts referrals, and steps back with one', () => {
    const word = challenge('word', {
      ...{ window: { type: 'calendar', unit: 'year' }, awards: gives(7), afterRefund: 'revoke' },
      goal: goal({ measure: { type: 'referrals' }, target: 2 }),
    })
    const timeline = referring({}, { challenges: new Map([['word', word]]) })
    const two = [qualified('ben', '2026-03-16'), qualified('cleo', '2026-03-17')]
    expect(active(timeline, ...two)).toBe(607)
    expect(active(timeline, ...two, reversed('ben', '2026-04-01'))).toBe(300)
  })

  test('forgets friends when no refund can reach them any more, and what was paid stays (REF-7)', () => {
    const shop: Partial<Program> = { refunds: { accept: days(30), shortfall: 'debt', limit: new Map() } }
    const events = [qualified('ben', '2026-03-16'), qualified('cleo', '2026-06-01'), reversed('ben', '2026-06-02')]
    expect(active(referring({}, shop), ...events)).toBe(600)
  })
})

describe('EVT-2 what is told late', () => {
  const timeline = referring({}, { onOrder: [earning()] })

  test('of the same facts, whatever order they come in, the friend ends the same', () => {
    const facts = [ordered(), ordered('2026-03-10', 5000, 'o2'), returned(day12)]
    const ends = permutations(facts).map((order) => {
      const upTo = tick(on('2026-04-01'))
      const { member } = replayed(timeline, [claim('2026-02-28', { answer: granted }), ...order, upTo])
      return { active: balanceOf(member).active, referral: member.referral }
    })
    for (const end of ends) expect(end).toEqual(ends[0])
    expect(ends[0]).toMatchObject({ active: 150, referral: { stands: true } })
  })
})

/** Every word that a friend sends has a number of its own, above all before it. */
test('RFL-1 words to the advocate are numbered in their order', () => {
  const events = [claim('2026-02-28'), ordered(), returned('2026-05-01')]
  const sent: Send[] = live(referring(), events).decisions.flatMap(({ effects }) => ofType(effects, 'send'))
  const rounds = sent.map(({ event }) => ('round' in event ? event.round : 0))
  expect(rounds).toEqual(rounds.toSorted((a, b) => a - b))
  expect(new Set(sent.map(({ id }) => id)).size).toBe(2)
})
