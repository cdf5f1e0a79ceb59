import type { AwardingRule, MemberEvent, Program } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { dayNumber, line, on, paid, refund, refundOfLine, useVoucher } from '../vectors/history-builder.ts'
import { capOf, days, earning, everyone, program, reward, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live, lotsOf, ofType, permutations, replayed } from '../vectors/reading.ts'

const birthdaySet = reward('birthday-set', { kind: { type: 'product', sku: 'BDAY-26' } })
const awarding = (id: string, parts: Partial<AwardingRule> = {}): AwardingRule => ({
  id,
  audience: everyone,
  when: null,
  lines: null,
  during: null,
  group: null,
  exclusive: false,
  holdout: null,
  awards: [{ type: 'reward', reward: 'birthday-set' }],
  caps: [],
  budget: null,
  ...parts,
})
const points = (id: string, give: number) => earning({ id, give, per: { type: 'occasion' } })
const withAwards = (parts: Partial<Program['awardsOn']>, more: Partial<Program> = {}) =>
  timelineOf(
    program({
      onOrder: [],
      rewards: new Map([[birthdaySet.id, birthdaySet]]),
      awardsOn: { order: [], activity: new Map(), occasion: new Map(), ...parts },
      ...more,
    }),
  )

const occasion = (type: 'member.birthday' | 'member.anniversary' | 'member.joined', at: string): MemberEvent => ({
  type,
  source: 'laurel',
  id: `${type}/${at}`,
  stamp: on(at),
})
const birthday = (at: string) => occasion('member.birthday', at)

describe('EARN-7 a birthday', () => {
  const timeline = withAwards(
    { occasion: new Map([['member.birthday', [awarding('treat')]]]) },
    { onOccasion: new Map([['member.birthday', [points('points', 50)]]]) },
  )

  test('gives points and a voucher', () => {
    const { member } = live(timeline, [birthday('2026-04-12')])
    expect(balanceOf(member).active).toBe(50)
    expect(member.vouchers).toMatchObject([{ id: 'rule/treat/2026', reward: 'birthday-set' }])
  })

  test('its points live as its rule says', () => {
    const shortLived = { ...points('points', 50), expiry: { type: 'life', life: days(30), endOf: null } } as const
    const { member } = live(withAwards({}, { onOccasion: new Map([['member.birthday', [shortLived]]]) }), [
      birthday('2026-04-12'),
    ])
    expect(lotsOf(member)).toMatchObject([{ lastDay: dayNumber('2026-05-12'), amount: 50 }])
  })

  test.each([
    ['twice in one calendar year', ['2026-01-10', '2026-12-20'], 1],
    ['299 days after the last', ['2026-12-01', '2027-09-26'], 1],
    ['300 days after the last', ['2026-12-01', '2027-09-27'], 2],
    ['every year, of 29 February', ['2024-02-29', '2025-02-28', '2026-02-28'], 3],
  ])('%s', (_title, dates, times) => {
    const { member, decisions } = live(timeline, dates.map(birthday))
    expect(balanceOf(member).active).toBe(50 * times)
    expect(member.vouchers).toHaveLength(times)
    const said = decisions.flatMap(({ effects }) => ofType(effects, 'too-soon'))
    expect(said).toHaveLength(dates.length - times)
  })

  test('comes out the same whatever arrived first', () => {
    const days = [birthday('2026-03-01'), birthday('2026-09-01'), birthday('2027-02-01'), birthday('2027-06-01')]
    const tidy = live(timeline, days).member
    for (const arrival of permutations(days)) expect(replayed(timeline, arrival).member).toEqual(tidy)
    expect(tidy.vouchers?.map(({ id }) => id)).toEqual(['rule/treat/2026', 'rule/treat/2027'])
  })

  test('leaves no trace where the program listens to none', () => {
    const { member } = live(timelineOf(program()), [birthday('2026-04-12')])
    expect(member.occasions).toBeUndefined()
  })
})

test('EARN-7 joining brings what it brings once, and nothing to who comes back', () => {
  const timeline = withAwards({ occasion: new Map([['member.joined', [awarding('welcome')]]]) })
  const left: MemberEvent = {
    ...{ type: 'member.left', source: 'shop', id: 'left', stamp: on('2026-02-01') },
    ...{ actor: null, reason: null },
  }
  const events = [occasion('member.joined', '2026-01-01'), left, occasion('member.joined', '2026-03-01')]
  const { member } = live(timeline, events)
  expect(member.vouchers?.map(({ id }) => id)).toEqual(['rule/welcome/once'])
  expect(replayed(timeline, events).member).toEqual(member)
})

describe('EARN-1 a rule that awards on orders', () => {
  const tea = { text: 'tea', test: ({ line: it }: { line: { category: string } | null }) => it?.category === 'tea' }
  const onTea = awarding('tea-time', { lines: tea })
  const timeline = withAwards({ order: [onTea] })
  const basket = [line('1', 1000, { categories: ['tea'] }), line('2', 2000)]
  const order = paid('o1', on('2026-03-01'), basket)
  const id = 'rule/tea-time/shop/o1'

  test('awards once for each order that it holds for', () => {
    const { member } = live(timeline, [order, paid('o2', on('2026-03-02'), 5000), paid('o3', on('2026-03-03'), basket)])
    expect(member.vouchers?.map((voucher) => voucher.id)).toEqual([id, 'rule/tea-time/shop/o3'])
  })

  test('REF-5 a refund after which it no longer holds takes an unused voucher back; undone, it is there again', () => {
    const back = [order, refundOfLine('r1', 'o1', on('2026-03-02'), '1')]
    expect(live(timeline, [order, refundOfLine('r1', 'o1', on('2026-03-02'), '2')]).member.vouchers).toHaveLength(1)
    expect(live(timeline, back).member.closed?.[id]?.status).toBe('revoked')
    const failed: MemberEvent = {
      ...{ type: 'refund.failed', source: 'shop', id: 'x', stamp: on('2026-03-03') },
      ...{ order: 'o1', refund: 'r1' },
    }
    expect(live(timeline, [...back, failed]).member.vouchers).toMatchObject([{ id, status: 'open' }])
  })

  test('REF-5 a used one stays', () => {
    const events = [order, useVoucher('u1', id, on('2026-03-01T10:00')), refund('r1', 'o1', on('2026-03-02'), 3000)]
    const { member } = live(timeline, events)
    expect(member.closed?.[id]?.status).toBe('used')
    expect(member.orders['shop/o1']?.awarded).toMatchObject([{ rule: 'tea-time', given: true }])
  })

  test('EARN-4 its cap counts times, in the period of the order, and a refund gives the room back', () => {
    const cap = capOf('rule:tea-time', 1, {
      counts: 'times',
      span: { type: 'calendar', unit: 'month' },
      edge: 'refuse',
    })
    const capped = withAwards({ order: [{ ...onTea, caps: [0] }] }, { caps: [cap] })
    const two = [order, paid('o2', on('2026-03-05'), basket)]
    expect(live(capped, two).member.vouchers).toHaveLength(1)
    const freed = [order, refund('r1', 'o1', on('2026-03-02'), 3000), paid('o2', on('2026-03-05'), basket)]
    expect(live(capped, freed).member.vouchers?.map((voucher) => voucher.id)).toEqual(['rule/tea-time/shop/o2'])
  })
})

test('EARN-1 an audience can ask for a badge, and leave others out', () => {
  const nobody = everyone.not
  const fans = { ...everyone, badges: ['fan'] }
  const others = { ...everyone, not: { ...nobody, badges: ['fan'] } }
  const timeline = withAwards(
    { occasion: new Map([['member.birthday', [awarding('fan', { awards: [{ type: 'badge', badge: 'fan' }] })]]]) },
    {
      badges: new Map([['fan', { id: 'fan', name: {}, each: 'ever' }]]),
      onOrder: [
        earning({ id: 'for-fans', give: 7, per: { type: 'order' }, audience: fans }),
        earning({ id: 'for-others', give: 3, per: { type: 'order' }, audience: others }),
      ],
    },
  )
  const before = paid('o1', on('2026-03-01'), 1000)
  const events = [before, birthday('2026-04-12'), paid('o2', on('2026-05-01'), 1000)]
  expect(balanceOf(live(timeline, events).member).active).toBe(3 + 7)
  // A refund judges the first order by what it found.
  expect(balanceOf(live(timeline, [...events, refund('r', 'o1', on('2026-05-02'), 1000)]).member).active).toBe(7)
})

test('EARN-1 a day that a rule leaves out is left out, with the hours past its midnight', () => {
  const christmas = on('2026-12-24').local / 86_400_000
  const during = {
    from: null,
    through: null,
    weekdays: null,
    hours: { from: 20 * 3_600_000, to: 2 * 3_600_000 },
    except: new Set([christmas]),
  }
  const timeline = timelineOf(program({ onOrder: [earning({ during })] }))
  const at = (stamp: string) => balanceOf(live(timeline, [paid('o1', on(stamp), 1000)]).member).active
  expect(
    ['2026-12-23T21:00', '2026-12-24T01:00', '2026-12-24T21:00', '2026-12-25T01:00', '2026-12-25T21:00'].map(at),
  ).toEqual([10, 10, 0, 0, 10])
})
