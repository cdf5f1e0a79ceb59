import type { LotsExtended, LotsReinstated, MemberEvent, RequestAnswer, Timeline } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { burn, cancel, dayNumber, granted, on, paid, refund, short, tick } from '../vectors/history-builder.ts'
import {
  days,
  earning,
  level,
  nothingGivenUp,
  points,
  program,
  standing,
  timelineOf,
} from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, levelOf, live, lotsOf, ofType, replayed } from '../vectors/reading.ts'

/** Points that live ten days: those of 1 March end on the 11th. */
const tenDays = points({ expiry: { type: 'life', life: days(10), endOf: null } })
const timeline = timelineOf(program({ assets: [tenDays] }))
const earned = paid('o1', on('2026-03-01T09:00'), 5_000)
const by = { source: 'staff', stamp: on('2026-03-05T12:00'), actor: 'staff-1', reason: 'illness' } as const
const idleDays = (length: number) => ({ type: 'inactive' as const, idle: days(length), moves: new Set(['order.paid']) })
const ended = (events: Parameters<typeof live>[1], over: Timeline = timeline) => {
  const { member, decisions } = live(over, events)
  const { answer = null, effects = [] } = decisions.at(-1) ?? {}
  return {
    answer,
    member,
    lots: lotsOf(member),
    refused: ofType(effects, 'refused').map(({ refusal }) => refusal.code),
  }
}

describe('LOT-6 an extension', () => {
  const extended = (lastDay: string, newLastDay: string, answer: RequestAnswer | null = null): LotsExtended => ({
    ...{ ...by, type: 'lots.extended', id: 'x', asset: 'points', answer },
    ...{ lastDay: dayNumber(lastDay), newLastDay: dayNumber(newLastDay) },
  })
  const lot = (lastDay: string, amount: number) => ({ priority: 0, lastDay: dayNumber(lastDay), amount })

  test('answers how much it moved: all that ends on that day and has not been used', () => {
    const other = paid('o2', on('2026-03-02T09:00'), 1_000)
    const { answer, lots } = ended([
      earned,
      other,
      ...burn('r', on('2026-03-03'), 20),
      extended('2026-03-11', '2026-03-31'),
    ])
    expect(answer).toEqual(granted(30))
    expect(lots).toEqual([lot('2026-03-12', 10), lot('2026-03-31', 30)])
  })

  test('to the same day, an earlier one or one that is over is refused, and takes nothing away', () => {
    for (const newLastDay of ['2026-03-11', '2026-03-10', '2026-03-01']) {
      expect(ended([earned, extended('2026-03-11', newLastDay)])).toMatchObject({
        ...{ answer: { granted: false, refusal: { code: 'not-later', shortBy: null } }, refused: ['not-later'] },
        lots: [lot('2026-03-11', 50)],
      })
    }
    expect(ended([earned, extended('2026-03-11', '2026-03-12')]).lots).toEqual([lot('2026-03-12', 50)])
  })

  test('of a day on which nothing ends is refused, first of all: never held, spent or lapsed', () => {
    const late = { ...extended('2026-03-11', '2026-03-31'), stamp: on('2026-03-12') }
    for (const events of [
      [earned, extended('2026-03-10', '2026-03-31')],
      [earned, extended('2026-03-10', '2026-03-01')],
      [earned, ...burn('r', on('2026-03-03'), 50), extended('2026-03-11', '2026-03-31')],
      [earned, late],
    ]) {
      expect(ended(events)).toMatchObject({ answer: { refusal: { code: 'unknown-lot' } }, refused: ['unknown-lot'] })
    }
    const onLastDay = { ...late, stamp: on('2026-03-11T23:59:59.999') }
    expect(ended([earned, onLastDay]).answer).toEqual(granted(50))
  })

  describe('of what is reserved', () => {
    const reserved = (amount: number, until: string, asked = '2026-03-03') => {
      const [event] = burn('r', on(asked), amount)
      if (event?.type !== 'redemption.reserve') throw new Error('a burn begins with its reservation')
      return { ...event, until: on(until) }
    }
    const act = extended('2026-03-11', '2026-03-31')

    test('takes along what an open reservation holds, which comes back to the day that was set', () => {
      const held = [earned, reserved(30, '2026-03-20'), act]
      expect(ended(held)).toMatchObject({ answer: granted(50), lots: [lot('2026-03-31', 20)] })
      const back = ended([...held, tick(on('2026-03-25'))])
      expect(back.lots).toEqual([lot('2026-03-31', 50)])
      expect(balanceOf(back.member)).toMatchObject({ active: 50, held: 0 })
      expect(ended([...held, tick(on('2026-04-01'))]).lots).toEqual([])
    })

    test('is granted where all of it is held, and moves only the part that ends on that day', () => {
      const other = paid('o2', on('2026-03-02T09:00'), 1_000)
      const all = [earned, other, reserved(55, '2026-03-20'), act]
      expect(ended(all).answer).toEqual(granted(50))
      const back = ended([...all, cancel('r', on('2026-03-06'))])
      expect(back.lots).toEqual([lot('2026-03-12', 10), lot('2026-03-31', 50)])
    })

    test('finds nothing of it where its day is over: it comes back for a day (LOT-3)', () => {
      const late = { ...act, stamp: on('2026-03-12T12:00') }
      const held = [earned, reserved(50, '2026-03-20'), late]
      expect(ended(held).refused).toEqual(['unknown-lot'])
      expect(ended([...held, tick(on('2026-03-20'))]).lots).toEqual([lot('2026-03-21', 50)])
    })

    test('EVT-2 is told again with what came late and is held by then', () => {
      const told = { ...act, answer: granted(50) }
      const events = [earned, { ...reserved(30, '2026-03-20'), answer: granted(30) }, told, tick(on('2026-03-25'))]
      expect(lotsOf(replayed(timeline, events).member)).toEqual([lot('2026-03-31', 50)])
    })
  })

  test('TRN-3 beyond the day until which a given-up asset is honoured is refused: it would change nothing', () => {
    const begins = on('2026-03-03')
    const honoured = (until: string) =>
      timelineOf(program({ assets: [tenDays] }), [
        begins.at,
        program({
          ...{ version: 2, assets: [points({ id: 'stars' })], onOrder: [earning({ asset: 'stars' })] },
          transitions: {
            ...nothingGivenUp,
            assets: new Map([['points', { type: 'honour', until: on(until).local }]]),
          },
        }),
      ])
    const asked = (lastDay: string, until: string) => {
      const act = extended(lastDay, '2026-03-31')
      return ended([earned, { ...act, stamp: { ...act.stamp, version: 2 } }], honoured(until)).answer
    }
    expect(asked('2026-03-07', '2026-03-08')).toMatchObject({ refusal: { code: 'not-later' } })
    expect(asked('2026-03-11', '2026-03-21')).toEqual(granted(50))
  })

  test('EVT-2 is told again as it was answered: what came late moves along, what was refused never does anything', () => {
    const early = paid('o0', on('2026-03-01T08:00'), 1_000)
    const act = extended('2026-03-11', '2026-03-31', granted(50))
    const lotsAfter = (...events: Parameters<typeof replayed>[1]) => lotsOf(replayed(timeline, events).member)
    expect(lotsAfter(earned, act, early)).toEqual([lot('2026-03-31', 60)])
    expect(lotsAfter(act, earned, ...burn('r', on('2026-03-04'), 50))).toEqual([])
    const refused: RequestAnswer = { granted: false, refusal: { code: 'unknown-lot', shortBy: null } }
    expect(lotsAfter(extended('2026-03-11', '2026-03-31', refused), earned)).toEqual([lot('2026-03-11', 50)])
  })

  describe('EVT-2 whose lots a late fact has given another end', () => {
    const act = extended('2026-03-11', '2026-06-30', granted(50))
    const shortOf = (events: readonly MemberEvent[]) =>
      ofType(effectsOf(timeline, events), 'less-than-granted').map(({ amount }) => amount)

    test('moves as much as was granted of those that end nearest to the day', () => {
      const idle = timelineOf(program({ assets: [points({ expiry: idleDays(10) })] }))
      const late = paid('o2', on('2026-03-04T09:00'), 200)
      expect(lotsOf(replayed(idle, [earned, late, act]).member)).toEqual([
        lot('2026-06-30', 50),
        { priority: 0, lastDay: `idle-${dayNumber('2026-03-01')}`, amount: 2 },
      ])
      const sooner = { ...earned, stamp: on('2026-02-28T09:00') }
      const others = [paid('o2', on('2026-03-03T09:00'), 1_000), paid('o3', on('2026-02-27T09:00'), 1_000)]
      const { member } = replayed(timeline, [sooner, ...others, act])
      // Of a granted 50 all of the 50 from the 10th; those of the 9th and the 13th stay.
      expect(lotsOf(member)).toEqual([lot('2026-03-09', 10), lot('2026-03-13', 10), lot('2026-06-30', 50)])
    })

    test('what is held of them too, in part where that is enough', () => {
      const sooner = { ...paid('o1', on('2026-02-28T09:00'), 7_000) }
      const [held] = burn('r', on('2026-03-03'), 40)
      if (held?.type !== 'redemption.reserve') throw new Error('a burn begins with its reservation')
      const open = { ...held, until: on('2026-03-20'), answer: granted(40) }
      const { member } = replayed(timeline, [sooner, open, act])
      expect(lotsOf(member)).toEqual([lot('2026-06-30', 30)])
      expect(member.holds[0]?.parts).toEqual([
        { priority: 0, lastDay: dayNumber('2026-06-30'), amount: 20 },
        { priority: 0, lastDay: dayNumber('2026-03-10'), amount: 20 },
      ])
    })

    test('says how much is not there any more, and moves nothing that ends later', () => {
      const longer = { ...paid('o9', on('2026-03-02T09:00'), 1_000) }
      const later = { ...extended('2026-03-12', '2026-09-30', granted(10)), id: 'y', stamp: on('2026-03-05T11:00') }
      const events = [earned, longer, later, ...burn('r', on('2026-03-04'), 45), act]
      expect(lotsOf(replayed(timeline, events).member)).toEqual([lot('2026-06-30', 5), lot('2026-09-30', 10)])
      expect(shortOf(events)).toEqual([45])
    })
  })

  test('REF-2 what was extended is taken back as any other lot', () => {
    const back = refund('f', 'o1', on('2026-03-20'), 5_000)
    const act = extended('2026-03-11', '2026-03-31')
    expect(balanceOf(ended([earned, act, back]).member)).toMatchObject({ active: 0, debt: 0 })
    expect(balanceOf(ended([earned, act, tick(on('2026-04-01'))]).member).active).toBe(0)
  })
})

describe('LOT-6 a reinstatement', () => {
  const reinstated = (newLastDay: string, at = '2026-03-20T12:00'): LotsReinstated => ({
    ...{ ...by, stamp: on(at), type: 'lots.reinstated', id: 'b', asset: 'points', amount: 20, answer: null },
    ...{ lastDay: dayNumber('2026-03-11'), newLastDay: dayNumber(newLastDay) },
  })

  test('to a day that is over is refused, also where nothing has lapsed: they would lapse in the same moment', () => {
    for (const events of [[earned], []]) {
      const { answer, refused, member } = ended([...events, reinstated('2026-03-19')])
      expect(answer).toEqual({ granted: false, refusal: { code: 'already-over', shortBy: null } })
      expect([refused, balanceOf(member).active]).toEqual([['already-over'], 0])
    }
    expect(ended([earned, reinstated('2026-03-19', '2026-03-19T23:59:59.999')]).answer).toEqual(granted(20))
    expect(ended([earned, reinstated('2026-03-19', '2026-03-20')]).answer?.granted).toBe(false)
  })

  test('to this very day is good to its end', () => {
    const today = reinstated('2026-03-20')
    const active = (at: string) => balanceOf(ended([earned, today, tick(on(at))]).member).active
    expect([active('2026-03-20T23:59:59.999'), active('2026-03-21')]).toEqual([20, 0])
  })

  test('of whoever has left is refused for that first', () => {
    const left: MemberEvent = { type: 'member.left', source: 'shop', id: 'l', stamp: on('2026-03-15') }
    expect(ended([earned, left, reinstated('2026-03-19')]).refused).toEqual(['left'])
  })

  describe('EVT-2 whose points a late fact has taken', () => {
    const back = (amount: number, answer: RequestAnswer, lastDay = '2026-03-11') => ({
      ...reinstated('2026-06-30'),
      ...{ amount, answer, lastDay: dayNumber(lastDay) },
    })
    const fifty = back(50, granted(50))
    const after = (events: readonly MemberEvent[], over = timeline) => {
      const { member, decisions } = replayed(over, events)
      const said = ofType(
        decisions.flatMap(({ effects }) => effects),
        'less-than-granted',
      )
      return { ...balanceOf(member), short: said.map(({ act, amount }) => [act, amount]) }
    }
    const lateRefund = refund('late', 'o1', on('2026-03-20T11:00'), 5_000)

    test('gives no points that never lapsed: of what nothing is there for nobody gets any, and that is said', () => {
      expect(after([earned, lateRefund, fifty])).toMatchObject({ active: 0, debt: 0, short: [['staff/b', 50]] })
      const half = refund('late', 'o1', on('2026-03-20T11:00'), 2_000)
      expect(after([earned, half, fifty])).toMatchObject({ active: 30, debt: 0, short: [['staff/b', 20]] })
      expect(after([earned, ...burn('b1', on('2026-03-05T09:00'), 20), fifty])).toMatchObject({ active: 30 })
      expect(after([earned, back(80, short(80))])).toMatchObject({ active: 0, short: [] })
    })

    test('leaves as a debt what was spent of them meanwhile', () => {
      const spent = { ...burn('s', on('2026-03-20T13:00'), 30)[0], answer: granted(30) } as MemberEvent
      const confirmed = { ...burn('s', on('2026-03-20T13:00'), 30)[1], answer: granted(30) } as MemberEvent
      expect(after([earned, lateRefund, fifty, spent, confirmed])).toMatchObject({ active: 0, debt: 30 })
    })

    test('takes what lapsed on another day instead, the nearest first', () => {
      // The same order, sent again as of a day earlier, and one from long before.
      const sooner = { ...earned, id: 'again', stamp: on('2026-02-28T09:00') }
      const older = paid('o0', on('2026-02-20T09:00'), 3_000)
      const events = [older, sooner, { ...earned, id: 'first' }, fifty]
      const { member } = replayed(timeline, events)
      expect(lotsOf(member)).toEqual([{ priority: 0, lastDay: dayNumber('2026-06-30'), amount: 50 }])
      expect(member.assets[0]?.lapsed).toMatchObject([{ lastDay: dayNumber('2026-03-02'), amount: 30 }])
    })

    test('of points that have not lapsed after all, gives those the day that was granted', () => {
      const idle = timelineOf(program({ assets: [points({ expiry: idleDays(10) })] }))
      const late = paid('o2', on('2026-03-10T09:00'), 200)
      const asked = { ...back(50, granted(50)), stamp: on('2026-03-12T12:00') }
      const { member } = replayed(idle, [earned, late, asked])
      expect(lotsOf(member)).toEqual([
        { priority: 0, lastDay: dayNumber('2026-06-30'), amount: 50 },
        { priority: 0, lastDay: `idle-${dayNumber('2026-03-01')}`, amount: 2 },
      ])
      expect(after([earned, late, asked], idle)).toMatchObject({ active: 52, short: [] })
    })
  })
})

describe('TIER-1 an override', () => {
  const ladders = timelineOf(
    program({
      ladders: [standing(0, { levels: [level('green', 0), level('silver', 1_000_000), level('gold', 2_000_000)] })],
    }),
  )
  const overridden = (level: string | null, endsOn: string | null, id = level ?? 'none'): MemberEvent => ({
    ...{ ...by, type: 'tier.overridden', id, ladder: 'standing', level },
    endsOn: endsOn === null ? null : dayNumber(endsOn),
  })

  test('whose end is not in the future is refused, and the one in force stays', () => {
    for (const endsOn of ['2020-01-01', '2026-03-05']) {
      const { refused, member } = ended([overridden('gold', null), overridden('silver', endsOn)], ladders)
      expect([refused, levelOf(member)]).toEqual([['already-over'], 'gold'])
    }
    const tomorrow = ended([overridden('gold', null), overridden('silver', '2026-03-06')], ladders)
    expect([tomorrow.refused, levelOf(tomorrow.member)]).toEqual([[], 'silver'])
    const none = ended([overridden('gold', null), overridden(null, null)], ladders)
    expect([none.refused, levelOf(none.member)]).toEqual([[], 'green'])
  })

  test('EVT-2 is refused again when it is told again', () => {
    const acts = [overridden('gold', null), overridden('silver', '2026-03-05')]
    expect(levelOf(replayed(ladders, [...acts, earned]).member)).toBe('gold')
  })
})
