import type { Leaderboard, MemberChanged, MemberErased, MemberEvent, Program, Stamp } from '@laurel/engine'
import { footingOf, mayWin, newMember, scoreOf } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { burn, confirm, granted, on, paid, refund, reserve, tick } from '../vectors/history-builder.ts'
import { capOf, cardOf, earning, everyone, program, reward, standing, timelineOf } from '../vectors/program-builder.ts'
import { answersOf, balanceOf, levelOf, live, ofType, permutations, replayed } from '../vectors/reading.ts'

const told = (stamp: Stamp, parts: Partial<Pick<MemberChanged, 'mark' | 'ageAtLeast' | 'terms'>>): MemberChanged => ({
  type: 'member.changed',
  source: 'shop',
  id: `told-${stamp.at}`,
  stamp,
  segments: null,
  tags: null,
  ...parts,
})
const both: ReadonlySet<'earn' | 'redeem'> = new Set(['earn', 'redeem'])
const asking = (parts: Partial<Program>) => timelineOf(program(parts))
const terms = (current = '2026-03', of = both) => ({ current, for: of })
const age = (years = 18, of = both) => ({ years, for: of })
const no = (code: string) => ({ granted: false, refusal: { code, shortBy: null } })
const order = (id: string, at: string, version = 1) => paid(id, on(at, version), 10_000)

describe('END-2 terms and age', () => {
  test('bar earning until they are told, as being frozen does: no cap, no ladder, and an order stays so', () => {
    const asks = asking({
      terms: terms(),
      caps: [capOf('cap', 150)],
      onOrder: [earning({ caps: [0] })],
      ladders: [standing(10_000)],
    })
    const early = [order('o1', '2026-03-01')]
    const before = replayed(asks, early)
    expect([balanceOf(before.member).active, before.member.counts, levelOf(before.member)]).toEqual([0, [], undefined])
    expect(ofType(before.decisions[0]?.effects ?? [], 'not-earning')).toEqual([
      { type: 'not-earning', because: 'terms-not-accepted' },
    ])
    const accepted = [...early, told(on('2026-03-01T09:00'), { terms: '2026-03' }), order('o2', '2026-03-01T10:00')]
    expect(balanceOf(replayed(asks, accepted).member).active).toBe(100)
    const edited = { ...paid('o1', on('2026-03-01T11:00'), 30_000), id: 'edit', type: 'order.edited' } as const
    expect(balanceOf(replayed(asks, [...accepted, edited]).member).active).toBe(100)
    expect(balanceOf(replayed(asks, [...accepted, refund('r1', 'o1', on('2026-03-02'), 5_000)]).member).active).toBe(
      100,
    )
  })

  test('bar redeeming, terms before age and both before the reward, and what was granted is confirmed', () => {
    const asks = asking({ terms: terms('2026-03', new Set(['redeem'])), minimumAge: age(16, new Set(['redeem'])) })
    const { decisions } = live(asks, [
      order('o1', '2026-03-01'),
      { ...reserve('r1', on('2026-03-02T01:00'), 10), reward: 'unheard-of' },
      told(on('2026-03-02T02:00'), { terms: '2026-03', ageAtLeast: 15 }),
      reserve('r2', on('2026-03-02T03:00'), 10),
      told(on('2026-03-02T04:00'), { ageAtLeast: 16 }),
      reserve('r3', on('2026-03-02T05:00'), 10),
      told(on('2026-03-02T05:01'), { ageAtLeast: 0 }),
      confirm('r3', on('2026-03-02T05:02')),
      reserve('r4', on('2026-03-02T05:03'), 10),
    ])
    const answers = [no('terms-not-accepted'), no('too-young'), granted(10), granted(10), no('too-young')]
    expect(answersOf(decisions)).toEqual(answers)
  })

  test('are those of the version that judges: others ask anew, and a late order goes by the older ones', () => {
    const [next, from] = [program({ version: 2, terms: terms('2026-09') }), on('2026-06-01').at]
    const asks = timelineOf(program({ terms: terms() }), [from, next])
    const events = [
      told(on('2026-03-01'), { terms: '2026-03' }),
      order('o1', '2026-06-02', 2),
      told(on('2026-06-03', 2), { terms: '2026-09' }),
      order('o2', '2026-06-04', 2),
      order('o3', '2026-05-01', 1),
      order('o4', '2026-06-05', 1),
    ]
    // The one that is judged by the older version finds the older terms accepted as well.
    expect(balanceOf(replayed(asks, events).member).active).toBe(300)
    expect(footingOf(replayed(asks, events).member).terms).toEqual(['2026-03', '2026-09'])
  })

  test('EVT-2 are facts: whatever comes first, the end is the same', () => {
    const asks = asking({ terms: terms(), minimumAge: age() })
    const events = [
      told(on('2026-03-01'), { terms: '2026-03' }),
      order('o1', '2026-03-02'),
      told(on('2026-03-03'), { ageAtLeast: 18 }),
      order('o2', '2026-03-04'),
    ]
    const stand = (list: readonly MemberEvent[]) => ({ ...replayed(asks, list).member, seq: 0 })
    const [first, ...others] = permutations(events).map(stand)
    expect(first && balanceOf({ ...first }).active).toBe(100)
    for (const other of others) expect(other).toEqual(first)
  })

  test('keep a card waiting until it may be had', () => {
    const bottle = reward('bottle')
    const card = cardOf('ten', 100, { awards: [{ type: 'reward', reward: 'bottle' }] })
    const asks = asking({
      minimumAge: age(18, new Set(['redeem'])),
      cards: new Map([['ten', card]]),
      rewards: new Map([['bottle', bottle]]),
    })
    const young = [order('o1', '2026-03-01')]
    expect(replayed(asks, young).member.vouchers).toBeUndefined()
    const grown = replayed(asks, [...young, told(on('2026-03-02'), { ageAtLeast: 18 })]).member
    expect([grown.vouchers?.length, balanceOf(grown).active]).toEqual([1, 0])
  })

  test.each([
    ['too-young', { minimumAge: age(18, new Set(['redeem'])) }],
    ['terms-not-accepted', { terms: terms('2026-03', new Set(['redeem'])) }],
  ] as const)('STAMP-1 a full card says that it waits, to whoever brings something of it: %s', (because, parts) => {
    const card = {
      ...{ id: 'ten', name: { en: 'Ten' }, asset: 'points', full: 150, repeat: true, audience: everyone },
      awards: [{ type: 'reward', reward: 'bottle' }],
    } as const
    const asks = asking({
      ...parts,
      cards: new Map([['ten', card]]),
      rewards: new Map([['bottle', reward('bottle')]]),
    })
    const events = [
      order('o1', '2026-03-01'),
      order('o2', '2026-03-02'),
      told(on('2026-03-03'), {}),
      order('o3', '2026-03-04'),
      told(on('2026-03-05'), { ageAtLeast: 18, terms: '2026-03' }),
    ]
    const said = live(asks, events).decisions.map(({ effects }) => ofType(effects, 'card-waiting'))
    const waits = [{ type: 'card-waiting', card: 'ten', because }]
    expect(said).toEqual([[], waits, [], waits, []])
  })
})

describe('END-3 staff and tests', () => {
  const staff = told(on('2026-03-01'), { mark: 'staff' })

  test.each(['staff', 'test'] as const)(
    'marked %s earn nothing unless the program says so, and redeem what they have',
    (mark) => {
      const events = [
        order('o1', '2026-02-01'),
        told(on('2026-03-01'), { mark }),
        order('o2', '2026-03-02'),
        ...burn('r1', on('2026-03-03'), 30),
      ]
      expect(balanceOf(replayed(asking({}), events).member).active).toBe(70)
      expect(balanceOf(replayed(asking({ staffEarn: true }), events).member).active).toBe(170)
      const over = [...events, told(on('2026-03-04'), { mark: 'none' }), order('o3', '2026-03-05')]
      expect(balanceOf(replayed(asking({}), over).member).active).toBe(170)
    },
  )

  test('are on no leaderboard and in no draw, also where they earn', () => {
    const board: Leaderboard = {
      ...{ id: 'sprint', name: { en: 'Sprint' }, top: 10, ranks: [], audience: everyone },
      measure: { type: 'spend' },
      window: { type: 'calendar', unit: 'year' },
      ties: 'share',
    }
    const draw = {
      ...{ id: 'bicycle', name: { en: 'Bicycle' }, asset: 'points', winners: 1, awards: [], audience: everyone },
      opens: 0,
      closes: on('2026-12-31').local,
    }
    const plays = program({ staffEarn: true, leaderboards: new Map([['sprint', board]]) })
    const standsOf = (events: readonly MemberEvent[]) => {
      const { member } = replayed(timelineOf(plays), events)
      return [scoreOf(member, board, on('2026-01-01').local)?.score ?? null, mayWin(plays, draw, member)]
    }
    const bought = order('o1', '2026-02-01')
    expect(standsOf([bought])).toEqual([10_000, true])
    expect(standsOf([bought, staff])).toEqual([null, false])
    expect(standsOf([staff, order('o2', '2026-03-02')])).toEqual([null, false])
  })

  test('EXP-1 tell nothing: nobody of them is held out, and none is counted among the treated', () => {
    const half = { numerator: 1, denominator: 2 }
    const measured = timelineOf(program({ staffEarn: true, onOrder: [earning({ holdout: half })] }))
    const armsOf = (chance: number, events: readonly MemberEvent[]) => {
      const { member } = replayed(measured, [...events, tick(on('2026-04-01'))], { ...newMember(), chance })
      return [member.arms?.length ?? 0, balanceOf(member).active]
    }
    const chances = Array.from({ length: 16 }, (_, index) => index * 0x0fff_ffff)
    const customers = chances.map((chance) => armsOf(chance, [order('o1', '2026-03-02')]))
    expect(customers.map(([arms]) => arms)).toEqual(chances.map(() => 1))
    expect(new Set(customers.map(([, active]) => active))).toEqual(new Set([0, 100]))
    const firm = chances.map((chance) => armsOf(chance, [staff, order('o1', '2026-03-02')]))
    expect(firm).toEqual(chances.map(() => [0, 100]))
  })
})

test('LED-9 END-2 erased: what was told of age and terms is gone, the mark is left for reports', () => {
  const erased: MemberErased = {
    type: 'member.erased',
    ...{ source: 'staff', id: 'erased', actor: 'staff-1', reason: 'asked', stamp: on('2026-03-05') },
  }
  const events = [told(on('2026-03-01'), { mark: 'test', ageAtLeast: 18, terms: '2026-03' }), erased]
  const { member } = replayed(asking({}), events)
  expect(member.footing).toEqual({ mark: 'test', ageAtLeast: 0, terms: [] })
})
