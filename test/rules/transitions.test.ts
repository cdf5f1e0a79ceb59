import { decide, type MemberEvent, nextDue, type Program, replay, type Stamp } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import {
  adjusted,
  burn,
  cancel,
  confirm,
  dayNumber,
  on,
  paid,
  redeem,
  refund,
  reserve,
  tick,
} from '../vectors/history-builder.ts'
import {
  anyAmount,
  cardOf,
  days,
  earning,
  level,
  nothingGivenUp,
  points,
  program,
  reward,
  standing,
  timelineOf,
} from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, heldBy, live, lotsOf, ofType, permutations, replayed } from '../vectors/reading.ts'

/** Under the version that rules then. */
const at = (text: string, version = text < '2026-06-01' ? 1 : 2) => on(text, version)

/** Points through May, stars from June on: one star for each ten points, rounded for the member. */
const stars = points({ id: 'stars' })
const starring = earning({ id: 'stars', asset: 'stars' })
const conversion = {
  type: 'convert',
  to: 'stars',
  give: 1,
  per: { numerator: 10, denominator: 1 },
  round: 'ceil',
} as const
const before = (parts: Partial<Program> = {}) => program(parts)
const after = (parts: Partial<Program> = {}) =>
  program({
    version: 2,
    assets: [stars],
    onOrder: [starring],
    rewards: new Map([['any', anyAmount('stars')]]),
    transitions: { ...nothingGivenUp, assets: new Map([['points', conversion]]) },
    ...parts,
  })
const start = at('2026-06-01')
const timeline = timelineOf(before(), [start.at, after()])

const failed = (id: string, stamp: Stamp): MemberEvent => ({
  ...{ type: 'refund.failed', source: 'shop', id: `failed-${id}`, stamp, order: 'o1', refund: id },
})
const order = paid('o1', at('2026-05-01T09:00'), 20_500)
const june = at('2026-06-15T09:00')

describe('TRN-2 an asset that is given up and converted', () => {
  test('becomes the other one at the start of the version, by itself, and the books say so', () => {
    const events = [order, tick(at('2026-06-01'))]
    const { member } = replayed(timeline, events)
    const effects = effectsOf(timeline, events)
    expect([balanceOf(member).active, balanceOf(member, 'stars').active]).toEqual([0, 21])
    expect(member.converted).toEqual([{ asset: 'points', amount: 205 }])
    expect(
      ofType(effects, 'move').map(({ cause, rule, asset, from, to, amount }) => [cause, rule, asset, from, to, amount]),
    ).toEqual([
      ['shop/paid-o1', 'base', 'points', 'issued', 'active', 205],
      ['begin/version/2', 'convert', 'points', 'active', 'adjusted', 205],
      ['begin/version/2', 'convert', 'stars', 'adjusted', 'active', 21],
    ])
    expect(lotsOf(member, 'stars')).toEqual([{ priority: 0, lastDay: 'never', amount: 21 }])
    expect(nextDue(timeline, replayed(timeline, [order]).member).local).toBe(start.local)
    expect(nextDue(timeline, member).local).toBeNull()
  })

  test('TIME-4 does so at its own moment, whoever looks and whenever, and once', () => {
    const later = paid('o2', june, 1_000)
    const asleep = live(timeline, [order, later]).member
    const awake = live(timeline, [order, tick(start), tick(at('2026-06-02')), later]).member
    expect({ ...asleep, seq: 0 }).toEqual({ ...awake, seq: 0 })
    expect(balanceOf(asleep, 'stars').active).toBe(21 + 10)
  })

  test('keeps the ends of its lots, spreads by largest remainder, and gives what goes by inactivity its day', () => {
    const ends = (date: string) =>
      ({ type: 'date', month: Number(date.slice(0, 2)), day: Number(date.slice(3)), leastLife: null }) as const
    const soon = earning({ id: 'soon', expiry: ends('07-31') })
    const late = earning({ id: 'late', expiry: ends('08-31') })
    const two = timelineOf(before({ onOrder: [soon, late] }), [start.at, after()])
    const { member } = replayed(two, [paid('o1', at('2026-05-01'), 10_500), tick(june)])
    expect(lotsOf(member, 'stars')).toEqual([
      { priority: 0, lastDay: dayNumber('2026-07-31'), amount: 11 },
      { priority: 0, lastDay: dayNumber('2026-08-31'), amount: 10 },
    ])
    const idle = points({ expiry: { type: 'inactive', idle: days(100), moves: new Set(['order.paid']) } })
    const slept = replayed(timelineOf(before({ assets: [idle] }), [start.at, after()]), [order, tick(june)]).member
    expect(lotsOf(slept, 'stars')).toEqual([{ priority: 0, lastDay: dayNumber('2026-08-09'), amount: 21 }])
  })

  test('REF-1 takes an old order’s refund from what it has become, at the same rate, down to nothing', () => {
    const refunds = Array.from({ length: 20 }, (_, index) =>
      refund(`r${index}`, 'o1', at(`2026-06-10T0${index % 10}:${10 + index}`), 1_025),
    )
    const { member } = replayed(timeline, [order, ...refunds.slice(0, 10)])
    expect(balanceOf(member, 'stars').active).toBe(Math.ceil((205 - 103) / 10))
    const all = [order, ...refunds]
    const gone = replayed(timeline, all).member
    expect([balanceOf(gone), balanceOf(gone, 'stars')]).toEqual([balanceOf(gone, 'none'), balanceOf(gone, 'none')])
    expect(gone.converted).toBeUndefined()
    expect(heldBy('issued', effectsOf(timeline, all))).toBe(0)
  })

  test('leaves as a debt what was spent meanwhile, and turns an old debt into a new one', () => {
    const spent = [order, ...burn('p', at('2026-06-05'), 21), refund('r', 'o1', june, 20_500)]
    expect(balanceOf(replayed(timeline, spent).member, 'stars').debt).toBe(21)
    const owed = [order, ...burn('p', at('2026-05-05'), 200), refund('r', 'o1', at('2026-05-06'), 20_500)]
    expect(balanceOf(replayed(timeline, owed).member).debt).toBe(200)
    const { member } = replayed(timeline, [...owed, tick(june)])
    expect([balanceOf(member).debt, balanceOf(member, 'stars').debt]).toEqual([0, 20])
    expect(balanceOf(replayed(timeline, [...owed, paid('o2', june, 3_000)]).member, 'stars').active).toBe(10)
  })

  test('converts what was pending when it becomes usable, and a reservation when it ends', () => {
    const waits = timelineOf(before({ assets: [points({ pending: { type: 'period', period: days(14) } })] }), [
      start.at,
      after(),
    ])
    const bought = paid('o1', at('2026-05-25'), 10_000)
    expect(balanceOf(replayed(waits, [bought, tick(at('2026-06-07'))]).member).pending).toBe(100)
    expect(balanceOf(replayed(waits, [bought, tick(at('2026-06-08'))]).member, 'stars').active).toBe(10)
    const held = [order, reserve('h', at('2026-05-31T23:59'), 55, { lastsMs: 7_200_000 })]
    const during = replayed(timeline, [...held, tick(at('2026-06-01T00:30'))]).member
    expect([balanceOf(during).held, balanceOf(during, 'stars').active]).toEqual([55, 15])
    const let_go = replayed(timeline, [...held, cancel('h', at('2026-06-01T00:40'))]).member
    expect(balanceOf(let_go, 'stars').active).toBe(21)
    const taken = replayed(timeline, [...held, confirm('h', at('2026-06-01T00:40'))]).member
    expect([balanceOf(taken), balanceOf(taken, 'stars').active]).toEqual([balanceOf(taken, 'none'), 15])
  })

  test('EVT-2 ends alike in every order of arrival, before its start and after it', () => {
    const events = [
      order,
      paid('o2', at('2026-05-31T23:59:59'), 333),
      paid('o3', start, 700),
      refund('r', 'o1', june, 7_770),
    ]
    const ends = permutations(events).map((each) => {
      const { member } = replayed(timeline, [...each, tick(at('2026-07-01'))])
      return [member.assets, member.converted]
    })
    for (const end of ends) expect(end).toEqual(ends[0])
  })

  test('LOT-5 leaves what is over to lapse: nothing comes of it, whatever gives it back', () => {
    const short = points({ expiry: { type: 'life', life: days(10), endOf: null } })
    const of = timelineOf(before({ assets: [short] }), [start.at, after()])
    const events = [order, refund('r', 'o1', at('2026-06-02'), 20_500), failed('r', at('2026-06-03'))]
    const { member } = replayed(of, events)
    expect([balanceOf(member), balanceOf(member, 'stars')]).toEqual([
      balanceOf(member, 'none'),
      balanceOf(member, 'none'),
    ])
    expect([heldBy('expired', effectsOf(of, events)), member.converted]).toEqual([205, undefined])
  })

  test('takes an act of staff in the old asset, and a gift that was on its way', () => {
    const given = { ...adjusted('a', june, 44), id: 'adjust-a' }
    expect(balanceOf(replayed(timeline, [order, given]).member, 'stars').active).toBe(25)
  })

  test('goes on in later versions, and again where what it became is given up', () => {
    const moons = points({ id: 'moons' })
    const toMoons = { ...conversion, to: 'moons', give: 2, per: { numerator: 1, denominator: 1 } } as const
    const third = after({ version: 3, transitions: nothingGivenUp })
    const fourth = program({
      version: 4,
      assets: [moons],
      onOrder: [],
      rewards: new Map(),
      transitions: { ...nothingGivenUp, assets: new Map([['stars', toMoons]]) },
    })
    const all = timelineOf(before(), [start.at, after()], [at('2026-07-01').at, third], [at('2026-08-01').at, fourth])
    const { member } = replayed(all, [order, refund('r', 'o1', at('2026-08-05', 4), 10_250), tick(at('2026-08-06', 4))])
    expect([balanceOf(member).debt, balanceOf(member, 'stars').active]).toEqual([0, 0])
    expect(balanceOf(member, 'moons').active).toBe(2 * Math.ceil((205 - 103) / 10))
  })
})

describe('TRN-3 an asset that is given up and honoured', () => {
  const honouring = (until: number | null) =>
    timelineOf(before(), [
      start.at,
      after({ transitions: { ...nothingGivenUp, assets: new Map([['points', { type: 'honour', until }]]) } }),
    ])

  test('stays what it is until its day, and lapses then', () => {
    const through = honouring(at('2026-08-01').local)
    const active = (day: string) => balanceOf(replayed(through, [order, tick(at(day))]).member).active
    expect([active('2026-07-31T23:59:59'), active('2026-08-01')]).toEqual([205, 0])
    expect(heldBy('expired', effectsOf(through, [order, tick(at('2026-08-01'))]))).toBe(205)
    const back = replayed(through, [order, refund('r', 'o1', at('2026-08-05'), 20_500)]).member
    expect(balanceOf(back)).toEqual(balanceOf(back, 'none'))
  })

  test('stays for good where it is kept', () => {
    expect(balanceOf(replayed(honouring(null), [order, tick(at('2036-08-01'))]).member).active).toBe(205)
  })

  const idle = (count: number) =>
    points({ expiry: { type: 'inactive', idle: days(count), moves: new Set(['order.paid', 'redemption.confirmed']) } })
  const shortened = (until: number | null) =>
    timelineOf(before({ assets: [idle(365)] }), [
      start.at,
      program({
        version: 2,
        assets: [idle(30)],
        transitions: { ...nothingGivenUp, assets: new Map([['points', { type: 'honour', until }]]) },
      }),
    ])

  test('LOT-2 inactivity takes nothing before the day that is promised', () => {
    const spent = burn('p', at('2026-06-05'), 5)
    const active = (until: string, day: string) =>
      balanceOf(replayed(shortened(at(until).local), [order, ...spent, tick(at(day))]).member).active
    expect([active('2026-06-02', '2026-07-05T23:59'), active('2026-06-02', '2026-07-06')]).toEqual([200, 0])
    expect([active('2026-10-01', '2026-09-30T23:59'), active('2026-10-01', '2026-10-01')]).toEqual([200, 0])
  })

  test('LOT-2 what is kept keeps the day that it had, and what comes later goes by the new rule', () => {
    const { member } = replayed(shortened(null), [order, paid('o2', at('2026-06-05'), 1_000)])
    expect(lotsOf(member)).toEqual([
      { priority: 0, lastDay: dayNumber('2027-05-01'), amount: 205 },
      { priority: 0, lastDay: `idle-${dayNumber('2026-06-05')}`, amount: 10 },
    ])
    const gone = (id: string, amount: number) => refund(`r-${id}`, id, at('2026-06-06'), amount)
    const without = (...events: MemberEvent[]) =>
      lotsOf(replayed(shortened(null), [order, paid('o2', at('2026-06-05'), 1_000), ...events]).member)
    expect(without(gone('o1', 20_500))).toEqual([member.assets[0]?.lots[1]])
    expect(without(gone('o2', 1_000))).toEqual([member.assets[0]?.lots[0]])
    expect(
      balanceOf(replayed(shortened(null), [order, paid('o2', at('2026-06-05'), 1_000), tick(at('2026-07-06'))]).member)
        .active,
    ).toBe(205)
  })
})

describe('TRN-4 a level', () => {
  const levels = (...reaches: number[]) =>
    ['silver', 'gold', 'platinum'].slice(0, reaches.length).map((id, index) => level(id, reaches[index] ?? 0))
  const ladder = (list: ReturnType<typeof levels>) => standing(0, { levels: list })
  const changed = (
    list: ReturnType<typeof levels>,
    transition: [string, Program['transitions']['levels'] extends ReadonlyMap<string, infer T> ? T : never],
  ) =>
    timelineOf(program({ ladders: [ladder(levels(0, 10_000, 50_000))] }), [
      start.at,
      program({
        version: 2,
        ladders: [ladder(list)],
        transitions: { ...nothingGivenUp, levels: new Map([transition]) },
      }),
    ])
  const bought = paid('o1', at('2026-05-01'), 20_000)
  const held = (of: ReturnType<typeof changed>, ...events: MemberEvent[]) =>
    replayed(of, events).member.ladders[0]?.level

  const raised = changed(levels(0, 30_000, 50_000), ['standing/gold', { to: null, until: at('2027-03-01').local }])

  test('that asks for more is kept through the day that was promised, whatever is bought or given back meanwhile', () => {
    expect(held(raised, bought, paid('o2', june, 100))).toBe('gold')
    expect(held(raised, bought, paid('o2', june, 100), refund('r', 'o1', at('2026-06-20'), 15_000))).toBe('gold')
    expect(held(raised, bought, tick(at('2027-02-28T23:59')))).toBe('gold')
    expect(held(raised, bought, tick(at('2027-03-01')))).toBe('silver')
    expect(held(raised, bought, paid('o2', june, 40_000))).toBe('platinum')
  })

  test('that somebody reaches by the new terms is lost by the new terms', () => {
    expect(held(raised, paid('o1', at('2026-06-02'), 20_000))).toBe('silver')
    const { member } = replayed(raised, [paid('o1', at('2026-06-02'), 30_000), tick(at('2027-01-01'))])
    expect(member.ladders[0]?.level).toBe('silver')
  })

  test('that was supported by the new terms too is promised all the same', () => {
    expect(held(raised, paid('o1', at('2026-05-01'), 35_000), tick(at('2027-02-28')))).toBe('gold')
    expect(held(raised, paid('o1', at('2026-05-01'), 35_000), tick(at('2027-03-01')))).toBe('silver')
  })

  test('that is given up becomes the one that is said, until its day, without the gifts of rising', () => {
    const gift = { type: 'amount', asset: 'points', amount: 500 } as const
    const two = [level('silver', 0), level('platinum', 50_000, { entry: [gift] })]
    const dropped = changed(two, [
      'standing/gold',
      { to: { ladder: 'standing', level: 'platinum' }, until: at('2027-03-01').local },
    ])
    const { member } = replayed(dropped, [bought, tick(june)])
    expect(member.ladders[0]).toMatchObject({ level: 'platinum', since: start.local })
    expect(balanceOf(member).active).toBe(200)
    expect(held(dropped, bought, tick(at('2027-03-01')))).toBe('silver')
    expect(held(dropped, paid('o1', at('2026-05-01'), 900), tick(june))).toBe('silver')
    // At the very moment at which the ladder would be looked at.
    const newYear = timelineOf(dropped[0]?.program ?? program(), [
      at('2027-01-01').at,
      dropped[1]?.program ?? program(),
    ])
    expect(held(newYear, bought, tick(at('2027-01-01')))).toBe('platinum')
  })
})

describe('TRN-5 what else is given up', () => {
  const custom = reward('mug', {
    price: { type: 'fixed', asset: 'points', choices: [{ audience: anyAmount().audience, amount: 40 }] },
  })
  const dropping = (parts: Partial<Program['transitions']>, first: Partial<Program>, second: Partial<Program> = {}) =>
    timelineOf(before(first), [
      start.at,
      program({ version: 2, transitions: { ...nothingGivenUp, ...parts }, ...second }),
    ])

  test('RED-5 a voucher is good to its own last day, or through the day that is said', () => {
    const rewards = new Map([['mug', custom]])
    const status = (until: number | null, day: string) =>
      replayed(dropping({ rewards: new Map([['mug', { until }]]) }, { rewards }), [
        order,
        ...redeem('v', 'mug', at('2026-05-02')),
        tick(at(day)),
      ]).member.vouchers?.[0]?.status ?? 'closed'
    expect([
      status(null, '2030-01-01'),
      status(at('2026-09-01').local, '2026-08-31'),
      status(at('2026-09-01').local, '2026-09-01'),
    ]).toEqual(['open', 'open', 'closed'])
  })

  test('STAMP-1 a card goes on through the day that is said, by the terms that it had', () => {
    const card = cardOf('ten', 300, { awards: [{ type: 'reward', reward: 'mug' }] })
    const of = dropping(
      { cards: new Map([['ten', { until: at('2026-07-01').local }]]) },
      { rewards: new Map([['mug', custom]]), cards: new Map([['ten', card]]) },
      { rewards: new Map() },
    )
    const vouchers = (day: string) => replayed(of, [order, paid('o2', at(day), 9_500)]).member.vouchers?.length ?? 0
    expect([vouchers('2026-06-30'), vouchers('2026-07-01')]).toEqual([1, 0])
    const back = replayed(of, [
      order,
      paid('o2', at('2026-06-30'), 9_500),
      refund('r', 'o2', at('2026-07-02'), 9_500),
    ]).member
    expect([back.vouchers ?? [], balanceOf(back).active]).toEqual([[], 205])
  })
})

test('TRN-2 sum before at the rate is sum after, for every sum', () => {
  for (const round of ['floor', 'ceil', 'half-up', 'half-even'] as const) {
    const rounding = { ...conversion, per: { numerator: 3, denominator: 1 }, give: 2, round }
    const of = timelineOf(before(), [
      start.at,
      after({ transitions: { ...nothingGivenUp, assets: new Map([['points', rounding]]) } }),
    ])
    const exact = { floor: Math.floor, ceil: Math.ceil, 'half-up': Math.round, 'half-even': Math.round }[round]
    for (let minor = 100; minor <= 1_500; minor += 100) {
      const { member } = replayed(of, [paid('o1', at('2026-05-01'), minor), tick(june)])
      expect(balanceOf(member, 'stars').active).toBe(exact(((minor / 100) * 2) / 3))
    }
  }
})

const twenty = cardOf('twenty', 20, { asset: 'stars' })

test('STAMP-1 TRN-2 what an asset becomes fills the cards of the other one', () => {
  const of = timelineOf(before(), [start.at, after({ cards: new Map([['twenty', twenty]]) })])
  expect(balanceOf(replayed(of, [order, tick(start)]).member, 'stars').active).toBe(1)
})

test('EVT-3 TRN-2 what was recorded before the version knows nothing of it, also of the voucher that its start brought', () => {
  const mug = reward('mug')
  const full = { ...twenty, awards: [{ type: 'reward', reward: 'mug' }] as const }
  const rewards = new Map([['mug', mug]])
  const of = timelineOf(before({ rewards }), [start.at, after({ rewards, cards: new Map([['twenty', full]]) })])
  // A shop whose clock runs ahead.
  const ahead = paid('o2', on('2026-06-01T00:02', 1), 500)
  const known = live(of.slice(0, 1), [order, ahead])
  const begun = decide(of, known.member, tick(june))
  const told = begun.member
  const again = replay(of, [order, ahead], tick(june), told)
  expect(ofType(begun.effects, 'voucher')).toMatchObject([
    { voucher: { cause: 'begin/version/2', issued: start.local } },
  ])
  expect(again.decisions.map(({ effects }) => effects)).toEqual(known.decisions.map(({ effects }) => effects))
  expect([again.member.vouchers, again.member.assets]).toEqual([told.vouchers, told.assets])
})
