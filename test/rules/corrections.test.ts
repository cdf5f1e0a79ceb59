import {
  type Activity,
  type CorrectedFact,
  decide,
  factsToCorrect,
  type MemberEvent,
  type PoolAsked,
  type PoolPlan,
  type Program,
  type Referral,
  type ReferralClaim,
  replay,
  toBear,
  toClaim,
  type VersionCorrected,
} from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare } from '../auditor/compare.ts'
import { wronglyJudged } from '../auditor/corrections.ts'
import { answered } from '../properties/living.ts'
import { adjusted, burn, on, paid, refund } from '../vectors/history-builder.ts'
import { anyAmount, days, earning, points, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf } from '../vectors/reading.ts'

type Recorded = Exclude<MemberEvent, { type: 'time.passed' }>

const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
const policy = (shortfall: 'debt' | 'waive', limit: number | null = null): Program['refunds'] => ({
  ...program().refunds,
  shortfall,
  limit: new Map(limit === null ? [] : [['points', limit]]),
})
const base = { assets: [points()], rewards: new Map([['any', anyAmount()]]) }
const wrong = program({ ...base, onOrder: [earning({ give: 3 })] })
/** One point for each, and not three, from 1 March, though it was published on 20 March. */
const corrected = (parts: Partial<Program> = {}) => {
  const [first, second] = timelineOf(wrong, [
    at('2026-03-20'),
    program({ ...base, version: 2, onOrder: [earning()], ...parts }),
  ])
  if (first === undefined || second === undefined) throw new Error('there are two versions')
  return [first, { ...second, fromAt: at('2026-03-01'), fromLocal: at('2026-03-01') }]
}
const timeline = corrected()
const asked = { version: 2, fromAt: at('2026-03-01') }

const correction = (
  facts: readonly (string | CorrectedFact)[],
  parts: Partial<Omit<VersionCorrected, 'from'>> & { readonly from?: VersionCorrected['from'] } = {},
): VersionCorrected => ({
  ...{ type: 'version.corrected', source: 'laurel', id: 'correct/1', stamp: on('2026-03-21'), version: 2 },
  ...{ actor: 'staff-1', reason: 'wrong-rate', from: { at: at('2026-03-01'), local: at('2026-03-01') }, ...parts },
  facts: facts.map((fact) => (typeof fact === 'string' ? { fact } : fact)),
})

/** As it stands, and what the second book says otherwise. */
function toldAgain(events: readonly Recorded[], versions = timeline) {
  const { member } = replay(versions, events)
  expect(compare(audit(versions, events), member)).toEqual([])
  return balanceOf(member)
}

const march = paid('march', on('2026-03-10'), 2_000)
const spent = answered(timeline, [march, ...burn('mug', on('2026-03-11'), 50)]).filter(
  (event) => event.type !== 'time.passed',
)

describe('COR-1 what is corrected', () => {
  const february = paid('february', on('2026-02-28'), 1_000)
  const late = paid('late', on('2026-03-25', 2), 1_000)

  test('facts from the date on that another version has judged, and no others', () => {
    const events = [february, march, late, adjusted('gift', on('2026-03-12'), 5)]
    const names = factsToCorrect(timeline, asked, events).facts.map(({ id }) => id)
    expect(names).toEqual(['paid-march'])
    expect(factsToCorrect(timeline, asked, [...events, correction(['shop/paid-march'])]).facts).toEqual([])
  })

  test('a fact of which the version knows nothing stays with the one that judged it', () => {
    const review = (facts: Activity['facts']): Activity => ({
      ...{ type: 'activity', name: 'review', source: 'shop', id: 'r', stamp: on('2026-03-12') },
      ...{ place: null, channel: null, facts },
    })
    const declaring = corrected({ activities: new Map([['review', new Map([['words', 'number' as const]])]]) })
    const of = (versions: typeof timeline, facts: Activity['facts']) => {
      const { facts: found, unknown } = factsToCorrect(versions, asked, [review(facts)])
      return [found.length, unknown]
    }
    expect(of(timeline, { words: 3 })).toEqual([0, 1])
    expect(of(declaring, { words: 3 })).toEqual([1, 0])
    expect(of(declaring, { words: 'three' })).toEqual([0, 1])
    expect(of(declaring, {})).toEqual([0, 1])
  })

  test('PIL-5 a fact that a version on trial has judged stays with it, and one of whoever has fallen back does not', () => {
    const [first, second] = corrected()
    if (first === undefined || second === undefined) throw new Error('there are two versions')
    const { fromAt, fromLocal } = second
    const pilot = { begun: 3, share: { numerator: 1, denominator: 2 }, fromAt, fromLocal }
    const tried = { ...second, program: { ...wrong, version: 3 }, pilot }
    const fallen = { ...tried, program: { ...wrong, version: 4 }, pilot: { ...pilot, fallsBack: true as const } }
    const versions = [first, tried, fallen, second]
    const judgedBy = (version: number) => ({ ...march, stamp: { ...march.stamp, version } })
    const count = (version: number) => {
      const { facts, onTrial } = factsToCorrect(versions, asked, [judgedBy(version)])
      expect(wronglyJudged(versions, asked, [judgedBy(version)])).toHaveLength(facts.length)
      return [facts.length, onTrial]
    }
    expect([1, 3, 4, 2].map(count)).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
      [0, 0],
    ])
  })

  test('RFL-1 a referral stays as it was promised, and is counted where the version would pay otherwise', () => {
    const referral = (amount: number): Referral => ({
      ...{ friend: [{ type: 'amount', asset: 'points', amount }], advocate: [], cap: null, hold: days(1) },
      qualifies: {
        ...{ measure: { type: 'orders' }, comparison: 'atLeast', target: 1, when: null, lines: null },
        ...{ places: [], channels: [], distinct: null },
      },
      review: { sameDevice: false, sameAddress: false, samePayment: false, velocity: { most: 9, within: days(1) } },
    })
    const claimed = (granted: boolean): ReferralClaim => ({
      ...{ type: 'referral.claim', source: 'laurel', id: 'claim', stamp: on('2026-03-05'), advocate: 'ada' },
      ...{ signals: [], recent: 1, answer: granted ? { granted, asset: '', amount: 0 } : null },
    })
    const left = (right: number, granted: boolean) => {
      const [first, second] = corrected({ referral: referral(right) })
      if (first === undefined || second === undefined) throw new Error('there are two versions')
      const versions = [{ ...first, program: { ...wrong, referral: referral(5) } }, second]
      const { facts, referrals } = factsToCorrect(versions, asked, [claimed(granted)])
      return [facts.length, referrals]
    }
    expect([left(50, true), left(5, true), left(50, false)]).toEqual([
      [0, 1],
      [0, 0],
      [0, 0],
    ])
  })

  test('what an order earned, and what its refunds take, goes by the version that holds', () => {
    expect(toldAgain([february, march])).toMatchObject({ active: 90 })
    const done = correction(['shop/paid-march'])
    expect(toldAgain([february, march, done])).toMatchObject({ active: 50 })
    const half = refund('half', 'march', on('2026-03-22', 2), 1_000)
    expect(toldAgain([february, march, done, half])).toMatchObject({ active: 40 })
  })

  test('of several corrections the last one holds, in whatever order they are told', () => {
    const back = correction(['shop/paid-march'], { id: 'correct/2', version: 1, stamp: on('2026-03-22') })
    const events = [march, correction(['shop/paid-march']), back]
    expect(toldAgain(events)).toMatchObject({ active: 60 })
    expect(toldAgain(events.toReversed())).toMatchObject({ active: 60 })
  })

  test('a fact is on the clock of its place as the version has it', () => {
    const { local } = on('2026-03-10T12:30')
    const events = [march, correction([{ fact: 'shop/paid-march', placeLocal: local }])]
    expect(replay(timeline, events).decisions[0]?.event.stamp).toEqual({
      ...march.stamp,
      version: 2,
      placeLocal: local,
    })
  })

  test('the act itself gives nothing, whatever the version that rules then would give', () => {
    const { decisions } = replay(timeline, [march, correction([])])
    expect(decisions.at(-1)?.effects.map(({ type }) => type)).toEqual(['head'])
  })
})

const family: PoolPlan = {
  ...{ id: 'family', name: {}, asset: 'points', burn: 'everyone', membersMax: 2, leaving: 'take-share' },
  share: { numerator: 1, denominator: 1 },
}
const asksPool = (type: 'enter' | 'put', at: string): PoolAsked => ({
  ...{ type: 'pool.asked', source: 'laurel', id: type, stamp: on(at), pool: 'home', answer: null },
  asks: type === 'enter' ? { type, plan: family.id, asset: 'points' } : { type },
})

describe('COR-3 what was spent in good faith', () => {
  const done = correction(['shop/paid-march'])

  test('stays spent, and is owed', () => {
    expect(toldAgain(spent)).toMatchObject({ active: 10, debt: 0 })
    expect(toldAgain([...spent, done])).toMatchObject({ active: 0, debt: 30 })
  })

  test.each([
    ['debt', null, 0],
    ['debt', 12, 18],
    ['debt', 40, 0],
    ['waive', null, 30],
  ] as const)('is borne as `refunds` says: %s up to %s, %i', (shortfall, limit, amount) => {
    const versions = corrected({ refunds: policy(shortfall, limit) })
    const [before, after] = [replay(versions, spent).member, replay(versions, [...spent, done]).member]
    const [, { program: ruling } = { program: wrong }] = versions
    const borne = toBear(ruling, before, after)
    expect(borne).toEqual(amount === 0 ? [] : [{ asset: 'points', amount }])
    expect(toldAgain([...spent, { ...done, borne }], versions)).toMatchObject({ active: 0, debt: 30 - amount })
  })

  test('POOL-1 comes out of the pool that it went to, before anything is owed or borne, and is given back where it was not to go', () => {
    const pooled: Partial<Program> = { pools: new Map([[family.id, family]]) }
    const [first, second] = corrected({ ...pooled, refunds: policy('waive') })
    if (first === undefined || second === undefined) throw new Error('there are two versions')
    const versions = [{ ...first, program: { ...first.program, ...pooled } }, second]
    const [enter, put] = [asksPool('enter', '2026-03-01T01:00'), asksPool('put', '2026-03-11')]
    const lived = answered(versions, [enter, march, put]).filter((event) => event.type !== 'time.passed')
    const before = replay(versions, lived).member
    expect(before.belongings).toMatchObject([{ put: 60, claimed: 0 }])
    const after = replay(versions, [...lived, done]).member
    expect(balanceOf(after)).toMatchObject({ active: 0, debt: 40 })
    const claimed = [{ asset: 'points', amount: 40 }]
    expect([toClaim(before, after), toBear(second.program, before, after)]).toEqual([claimed, []])
    const told = (...more: readonly Recorded[]) => replay(versions, [...lived, { ...done, claimed }, ...more]).member
    expect(balanceOf(told())).toMatchObject({ active: 0, debt: 0 })
    expect(told().belongings).toMatchObject([{ due: 60, put: 60, claimed: 40 }])
    // A full refund takes the rest, and what is earned next is shared as ever.
    expect(told(refund('all', 'march', on('2026-03-22', 2), 2_000)).belongings).toMatchObject([{ claimed: 60 }])
    const next = decide(versions, told(), paid('next', on('2026-03-22', 2), 500))
    expect(next.effects).toContainEqual(expect.objectContaining({ type: 'send', id: expect.stringContaining('share') }))
    // Never more than is owed when a later replay comes to it.
    expect(told(paid('late', on('2026-03-12', 2), 1_500)).belongings).toMatchObject([{ claimed: 25 }])
  })

  test('POOL-1 out of the pool goes back what was not its share, though the member has enough to pay with', () => {
    const half = { ...family, share: { numerator: 1, denominator: 2 } }
    const pooled: Partial<Program> = { pools: new Map([[half.id, half]]) }
    const [first, second] = corrected({ ...pooled, refunds: policy('waive') })
    if (first === undefined || second === undefined) throw new Error('there are two versions')
    const versions = [{ ...first, program: { ...first.program, ...pooled } }, second]
    const [enter, put] = [asksPool('enter', '2026-03-01T01:00'), asksPool('put', '2026-03-11')]
    const lived = answered(versions, [enter, march, put]).filter((event) => event.type !== 'time.passed')
    const [before, after] = [replay(versions, lived).member, replay(versions, [...lived, done]).member]
    expect([balanceOf(before), balanceOf(after)]).toMatchObject([{ active: 30 }, { active: 0, debt: 10 }])
    const claimed = [{ asset: 'points', amount: 20, own: 10 }]
    expect([toClaim(before, after), toBear(second.program, before, after)]).toEqual([claimed, []])
    const told = (...more: readonly Recorded[]) => replay(versions, [...lived, { ...done, claimed }, ...more]).member
    // Ten and ten, as if the right version had been there.
    expect(balanceOf(told())).toMatchObject({ active: 10, debt: 0 })
    expect(told().belongings).toMatchObject([{ due: 30, put: 30, claimed: 20 }])
    // A full refund next takes its own lots, and the rest out of the pool.
    const all = told(refund('all', 'march', on('2026-03-22', 2), 2_000))
    expect([balanceOf(all), all.belongings]).toMatchObject([{ active: 0, debt: 0 }, [{ claimed: 30 }]])
  })

  test('nothing is borne that was owed before, or that a late fact has settled', () => {
    const borne = [{ asset: 'points', amount: 30 }]
    const before = replay(timeline, [...spent, done]).member
    expect(toBear({ ...wrong, refunds: policy('waive') }, before, before)).toEqual([])
    const late = paid('late', on('2026-03-12', 2), 2_000)
    expect(toldAgain([...spent, late, { ...done, borne }])).toMatchObject({ active: 0, debt: 0 })
    const later = paid('later', on('2026-03-12', 2), 2_500)
    expect(toldAgain([...spent, later, late, { ...done, borne }])).toMatchObject({ active: 15, debt: 0 })
  })
})
