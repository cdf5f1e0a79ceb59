import { type Ladder, type MemberEvent, noticesDue, progressOf, type Timeline, versionAt } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { dayNumber, on, paid, refund, tick } from '../vectors/history-builder.ts'
import { days, earning, level, months, points, program, standing, timelineOf } from '../vectors/program-builder.ts'
import { levelOf, live, replayed } from '../vectors/reading.ts'

const three = [level('bronze', 0), level('silver', 30_000), level('gold', 50_000)]
const goldInMarch = paid('o1', on('2026-03-01T09:00'), 60_000)
const levelsOn = (timeline: ReturnType<typeof timelineOf>, dates: readonly string[]) =>
  dates.map((date) => levelOf(replayed(timeline, [goldInMarch, tick(on(date))]).member))

describe('TIER-4', () => {
  test('what time takes falls to what is earned, at the first moment of the new period', () => {
    const timeline = timelineOf(program({ ladders: [standing(0, { levels: three })] }))
    expect(levelsOn(timeline, ['2026-12-31T23:59:59.999', '2027-01-01'])).toEqual(['gold', 'bronze'])
  })

  test('after a grace that is used up once', () => {
    const fall = { to: 'earned', grace: days(30), warn: [] } as const
    const timeline = timelineOf(program({ ladders: [standing(0, { levels: three, fall })] }))
    expect(levelsOn(timeline, ['2027-01-01', '2027-01-30T23:59:59.999', '2027-01-31'])).toEqual([
      'gold',
      'gold',
      'bronze',
    ])
    // Earned again within the grace, it is as if nothing had been.
    const again = paid('o2', on('2027-01-10T09:00'), 60_000)
    expect(levelOf(replayed(timeline, [goldInMarch, again, tick(on('2027-06-01'))]).member)).toBe('gold')
  })

  test('one step at a time, each to the end of a period', () => {
    const fall = { to: 'one-step', grace: null, warn: [] } as const
    const timeline = timelineOf(program({ ladders: [standing(0, { levels: three, fall })] }))
    expect(levelsOn(timeline, ['2027-01-01', '2027-12-31T23:59', '2028-01-01'])).toEqual(['silver', 'silver', 'bronze'])
  })

  test('also where an award comes at the moment of the review, before it', () => {
    const status = points({ id: 'status', kind: 'qualifying' })
    const entry = [{ type: 'amount', asset: 'status', amount: 10 }] as const
    const ladders = [
      standing(1, {
        id: 'a',
        measure: { type: 'orders' },
        rise: 'period-end',
        levels: [level('low', 0), level('high', 1, { entry })],
      }),
      standing(60, {
        id: 'b',
        measure: { type: 'earned', asset: 'status' },
        fall: { to: 'earned', grace: days(30), warn: [] },
      }),
    ]
    const timeline = timelineOf(
      program({
        assets: [points(), status],
        onOrder: [earning({ asset: 'status', give: 1, per: { type: 'spend', minor: 1000 } })],
        ladders,
      }),
    )
    const held = (date: string) => {
      const { member } = replayed(timeline, [goldInMarch, tick(on(date))])
      return [levelOf(member, 'a'), levelOf(member, 'b'), member.assets[0]?.active]
    }
    expect(['2026-12-31', '2027-01-01', '2027-01-30T23:59', '2027-01-31'].map(held)).toEqual([
      ['low', 'gold', 60],
      ['high', 'gold', 70],
      ['high', 'gold', 70],
      ['high', 'silver', 70],
    ])
  })

  test('never, but a full refund still takes what it bought', () => {
    const fall = { to: 'never', grace: null, warn: [] } as const
    const timeline = timelineOf(program({ ladders: [standing(0, { levels: three, fall })] }))
    expect(levelsOn(timeline, ['2027-01-01', '2031-01-01'])).toEqual(['gold', 'gold'])
    const back = refund('back', 'o1', on('2026-03-05T09:00'), 60_000)
    expect(levelOf(replayed(timeline, [goldInMarch, back]).member)).toBe('bronze')
  })

  test('a rise that waits for the end of the period comes with it and holds through the next', () => {
    const timeline = timelineOf(program({ ladders: [standing(0, { levels: three, rise: 'period-end' })] }))
    const dates = ['2026-12-31T23:59', '2027-01-01', '2027-12-31T23:59', '2028-01-01']
    expect(levelsOn(timeline, dates)).toEqual(['bronze', 'gold', 'gold', 'bronze'])
  })

  test('in a rolling window the level goes with the day that leaves it', () => {
    const window = { type: 'rolling', length: months(12) } as const
    const timeline = timelineOf(program({ ladders: [standing(0, { levels: three, window })] }))
    expect(levelsOn(timeline, ['2027-02-28T23:59:59.999', '2027-03-01'])).toEqual(['gold', 'bronze'])
  })
})

describe('TIER-5', () => {
  const fall = { to: 'earned', grace: null, warn: [days(60), days(7)] } as const
  const window = { type: 'calendar', unit: 'year', keptThrough: true } as const
  const timeline = timelineOf(program({ ladders: [standing(0, { levels: three, fall, window })] }))

  test('progress says what is missing to rise and to stay, and until when', () => {
    const silver = paid('o1', on('2026-03-01T09:00'), 35_000)
    const { member } = replayed(timeline, [silver, tick(on('2027-02-01'))])
    expect(progressOf(timeline, member, on('2027-02-01').local)).toMatchObject([
      {
        level: 'silver',
        sum: 0,
        toRise: { level: 'gold', missing: 50_000, until: on('2028-01-01').local },
        toStay: { missing: 30_000, until: on('2028-01-01').local },
        atRisk: false,
        heldBy: 'facts',
      },
    ])
  })

  test('a fall is announced by the stated stretches, and not at all once enough is earned', () => {
    const warnings = (events: Parameters<typeof replayed>[1], date: string) => {
      const { member } = replayed(timeline, [...events, tick(on(date))])
      return noticesDue(timeline, member, on(date).local).map((notice) => notice.key)
    }
    const key = `tier-will-fall/standing/gold/${dayNumber('2028-01-01')}`
    expect(warnings([goldInMarch], '2027-10-01')).toEqual([])
    expect(warnings([goldInMarch], '2027-11-02')).toEqual([`${key}/0m60d`])
    expect(warnings([goldInMarch], '2027-12-26')).toEqual([`${key}/0m60d`, `${key}/0m7d`])
    expect(warnings([goldInMarch, paid('o2', on('2027-05-01T09:00'), 50_000)], '2027-12-26')).toEqual([])
  })

  describe('where there is a grace', () => {
    const warned = { to: 'earned', grace: days(5), warn: [days(3)] } as const
    const ruled = (part: Partial<Ladder>) => timelineOf(program({ ladders: [standing(0, { levels: three, ...part })] }))
    const told = (over: Timeline, events: readonly MemberEvent[], date: string) => {
      const { member } = live(over, [...events, tick(on(date))])
      const [progress] = progressOf(over, member, on(date).local)
      return { level: levelOf(member), toStay: progress?.toStay, notices: noticesDue(over, member, on(date).local) }
    }
    const rolling = ruled({ window: { type: 'rolling', length: days(30) }, fall: warned })
    const yearly = ruled({ window, fall: warned })
    const october = paid('o1', on('2026-10-20T09:00'), 52_000)

    test('the day that is told is that of the fall, in a rolling window, and what is missing counts until then', () => {
      const until = on('2026-11-24').local
      const toStay = { missing: 50_000, until, countsUntil: until }
      const notice = { kind: 'tier-will-fall', on: dayNumber('2026-11-24'), missing: 50_000, countsUntil: until }
      expect(told(rolling, [october], '2026-11-20')).toMatchObject({ level: 'gold', toStay, notices: [] })
      expect(told(rolling, [october], '2026-11-21').notices).toMatchObject([notice])
      expect(told(rolling, [october], '2026-11-23T23:59')).toMatchObject({ level: 'gold', toStay })
      expect(told(rolling, [october], '2026-11-24').level).toBe('bronze')
      const inGrace = paid('o2', on('2026-11-23T22:00'), 50_000)
      expect(told(rolling, [october, inGrace], '2026-11-24').level).toBe('gold')
    })

    test('what is missing is enough whenever it comes, though more leaves the window in the grace', () => {
      const second = paid('o2', on('2026-10-23T09:00'), 10_000)
      const { toStay } = told(rolling, [october, second], '2026-11-18')
      expect(toStay).toMatchObject({ missing: 50_000, until: on('2026-11-24').local })
      for (const date of ['2026-11-18T10:00', '2026-11-23T10:00']) {
        expect(told(rolling, [october, second, paid('o3', on(date), 50_000)], '2026-11-24').level).toBe('gold')
      }
    })

    test('in a period it is when the grace is over, and what is missing counts to the end of the period', () => {
      const events = [goldInMarch, paid('o2', on('2027-05-01T09:00'), 20_000)]
      const [end, falls] = [on('2028-01-01').local, on('2028-01-06').local]
      const notice = { kind: 'tier-will-fall', on: dayNumber('2028-01-06'), countsUntil: end }
      expect(told(yearly, events, '2027-12-31')).toMatchObject({
        ...{ toStay: { missing: 30_000, until: falls, countsUntil: end }, notices: [] },
      })
      // In the grace only what the new period brings counts.
      const graced = told(yearly, events, '2028-01-03')
      expect(graced).toMatchObject({ level: 'gold', toStay: { missing: 50_000, until: falls, countsUntil: falls } })
      expect(graced.notices).toMatchObject([{ ...notice, countsUntil: falls }])
      expect(told(yearly, events, '2028-01-05T23:59').level).toBe('gold')
      expect(told(yearly, events, '2028-01-06').level).toBe('bronze')
      const more = (date: string, amount: number) => [...events, paid('o3', on(date), amount)]
      expect(told(yearly, more('2027-12-31T23:00', 30_000), '2028-01-06').level).toBe('gold')
      expect(told(yearly, more('2028-01-01', 30_000), '2028-01-06').level).toBe('silver')
      expect(told(yearly, more('2028-01-05T09:00', 50_000), '2028-01-06').level).toBe('gold')
    })

    test('nobody is warned of the end of a period through which the policy keeps the level (TIER-6)', () => {
      const back = refund('f', 'o1', on('2026-04-01T09:00'), 20_000)
      const kept = told(yearly, [goldInMarch, back], '2026-12-31')
      expect(kept).toMatchObject({ toStay: { missing: 0, until: on('2027-01-01').local }, notices: [] })
      expect(told(yearly, [goldInMarch, back], '2027-12-31').level).toBe('gold')
    })
  })
})

describe('LOT-7', () => {
  const asset = points({ expiry: { type: 'life', life: days(30), endOf: null }, warn: [days(10)] })
  const timeline = timelineOf(program({ assets: [asset] }))
  const orders = [paid('o1', on('2026-03-01T09:00'), 1000), paid('o2', on('2026-03-05T09:00'), 2000)]

  test('a warning lists every lot that will lapse with its date and amount, and that is what lapses', () => {
    const at = on('2026-03-28T12:00')
    const { member } = replayed(timeline, [...orders, tick(at)])
    const notices = noticesDue(timeline, member, at.local)
    expect(notices).toEqual([
      {
        kind: 'points-will-lapse',
        key: `points-will-lapse/points/${dayNumber('2026-03-31')}/0m10d`,
        asset: 'points',
        lots: [
          { lastDay: dayNumber('2026-03-31'), amount: 10 },
          { lastDay: dayNumber('2026-04-04'), amount: 20 },
        ],
      },
    ])
    const later = replayed(timeline, [...orders, tick(on('2026-04-05'))]).member
    expect(later.assets[0]?.lapsed.map(({ lastDay, amount }) => ({ lastDay, amount }))).toEqual(
      notices[0]?.kind === 'points-will-lapse' ? notices[0].lots : null,
    )
  })

  test('asking changes nothing, and no lot is warned of before its time', () => {
    const at = on('2026-03-20T12:00')
    const { member } = replayed(timeline, [...orders, tick(at)])
    const before = JSON.stringify(member)
    expect(noticesDue(timeline, member, at.local)).toEqual([])
    expect(JSON.stringify(member)).toBe(before)
  })
})

test('LOT-8 a late order lives from its own activation and may be over on arrival', () => {
  const asset = points({ expiry: { type: 'life', life: days(10), endOf: null } })
  const timeline = timelineOf(program({ assets: [asset] }))
  const late = paid('late', on('2026-03-01T09:00'), 1000)
  const { member } = replayed(timeline, [paid('o1', on('2026-04-01T09:00'), 500), late])
  expect(member.assets[0]).toMatchObject({ active: 5, lapsed: [{ lastDay: dayNumber('2026-03-11'), amount: 10 }] })
})

test('EVT-3 the last published version whose start is not after the event judges it, as far as it is published when it is decided', () => {
  const at = (date: string) => on(date).at
  const first = program()
  const second = program({ version: 2, onOrder: [earning({ give: 2 })] })
  const third = program({ version: 3, onOrder: [earning({ give: 3 })] })
  const timeline = timelineOf(first, [at('2026-05-01'), second])
  const backdated = [
    ...timeline,
    {
      program: third,
      fromAt: at('2026-03-01'),
      fromLocal: at('2026-03-01'),
      publishedAt: at('2026-06-01'),
      publishedLocal: at('2026-06-01'),
    },
  ]
  const judging = (event: string, decided: string) =>
    versionAt(backdated, at(event), at(decided))?.program.version ?? null
  expect(judging('2026-04-01', '2026-04-01')).toBe(1)
  expect(judging('2026-04-01', '2026-05-15')).toBe(1)
  expect(judging('2026-05-01', '2026-05-15')).toBe(2)
  expect(judging('2026-04-01', '2026-06-01')).toBe(3)
  expect(judging('2026-02-01', '2026-07-01')).toBe(1)
  const later = [
    {
      ...timeline[0],
      program: first,
      fromAt: at('2026-01-01'),
      fromLocal: at('2026-01-01'),
      publishedAt: 0,
      publishedLocal: 0,
    },
  ]
  expect(versionAt(later, at('2025-12-31'), at('2026-07-01'))).toBe(null)
})

test('TIME-4 EVT-3 a tier is reviewed by the version of its due moment, however far time is let pass at once', () => {
  const at = (date: string) => on(date).at
  const ladder = (to: 'never' | 'earned') => standing(0, { levels: three, fall: { to, grace: null, warn: [] } })
  const kept = program({ ladders: [ladder('never')] })
  const earned = program({ version: 2, ladders: [ladder('earned')] })
  const timeline = timelineOf(kept, [at('2027-02-01'), earned])
  const step = levelOf(replayed(timeline, [goldInMarch, tick(on('2027-03-01'))]).member)
  const later = paid('o2', on('2027-03-01T09:00'), 100)
  expect(levelOf(live(timeline, [goldInMarch, tick(on('2027-01-01')), later]).member)).toBe('gold')
  expect(levelOf(live(timeline, [goldInMarch, later]).member)).toBe('gold')
  expect(step).toBe('gold')
  // What the first version promised for good stays; what is reached under the second falls by the second.
  const silver = paid('o3', on('2027-03-01T09:00'), 35_000)
  expect(levelOf(live(timeline, [silver, tick(on('2028-01-01'))]).member)).toBe('bronze')
})

describe('TIER-4 beneath an override', () => {
  const matched = (level: string | null, at: string, endsOn: string | null): MemberEvent => ({
    type: 'tier.overridden',
    source: 'laurel',
    id: `match-${at}`,
    stamp: on(at),
    actor: 'staff-1',
    reason: 'status-match',
    ladder: 'standing',
    level,
    endsOn: endsOn === null ? null : dayNumber(endsOn),
  })
  const four = [...three, level('platinum', 90_000)]
  const ladder = (to: 'never' | 'earned', parts: Partial<Ladder> = {}) =>
    timelineOf(program({ ladders: [standing(0, { levels: four, fall: { to, grace: null, warn: [] }, ...parts })] }))
  const levels = (timeline: Timeline, events: readonly MemberEvent[], dates: readonly string[]) =>
    dates.map((date) => {
      const known = events.filter(({ stamp }) => stamp.at <= on(date).at)
      return levelOf(replayed(timeline, [...known, tick(on(date))]).member)
    })
  const match = matched('platinum', '2026-06-01T09:00', '2027-06-01')

  test('when a match ends the level is what the facts then hold up', () => {
    const dates = ['2026-05-31', '2026-06-02', '2027-05-31T23:59', '2027-06-01']
    const timeline = ladder('earned')
    expect(levels(timeline, [goldInMarch, match], dates)).toEqual(['gold', 'platinum', 'platinum', 'bronze'])
    const again = paid('o2', on('2027-02-01T09:00'), 35_000)
    expect(levels(timeline, [goldInMarch, match, again], dates)).toEqual(['gold', 'platinum', 'platinum', 'silver'])
  })

  test('grace goes on beneath a level given for a while, and is there when it ends', () => {
    const timeline = ladder('earned', { fall: { to: 'earned', grace: days(30), warn: [] } })
    const goodwill = matched('platinum', '2026-12-20T09:00', '2027-01-10')
    const dates = ['2027-01-09', '2027-01-10', '2027-01-30T23:59', '2027-01-31']
    expect(levels(timeline, [goldInMarch], dates)).toEqual(['gold', 'gold', 'gold', 'bronze'])
    expect(levels(timeline, [goldInMarch, goodwill], dates)).toEqual(['platinum', 'gold', 'gold', 'bronze'])
    // Staff ends it before its day.
    const ended = matched(null, '2027-01-05T09:00', null)
    expect(levels(timeline, [goldInMarch, goodwill, ended], ['2027-01-06', '2027-01-31'])).toEqual(['gold', 'bronze'])
  })

  test('so do steps', () => {
    const timeline = ladder('earned', { fall: { to: 'one-step', grace: null, warn: [] } })
    const dates = ['2027-06-01', '2028-01-01', '2029-01-01']
    expect(levels(timeline, [goldInMarch], dates)).toEqual(['silver', 'bronze', 'bronze'])
    expect(levels(timeline, [goldInMarch, match], dates)).toEqual(['silver', 'bronze', 'bronze'])
    const long = matched('platinum', '2026-06-01T09:00', '2028-06-01')
    expect(levels(timeline, [goldInMarch, long], ['2028-05-31', '2028-06-01'])).toEqual(['platinum', 'bronze'])
  })

  test('TIER-5 its end is told, with what is missing by then, and warned of', () => {
    const timeline = ladder('earned', { fall: { to: 'earned', grace: null, warn: [days(60)] } })
    const { member } = replayed(timeline, [goldInMarch, matched('platinum', '2026-12-20T09:00', '2027-01-10')])
    const now = on('2026-12-21').local
    const [progress] = progressOf(timeline, member, now)
    expect(progress).toMatchObject({ heldBy: 'override', toStay: { missing: 90_000, until: on('2027-01-10').local } })
    expect(noticesDue(timeline, member, now)).toEqual([
      expect.objectContaining({ kind: 'tier-will-fall', level: 'platinum', on: dayNumber('2027-01-10') }),
    ])
    const forGood = replayed(timeline, [goldInMarch, matched('platinum', '2026-12-20T09:00', null)]).member
    expect(progressOf(timeline, forGood, now)).toMatchObject([{ toStay: null }])
  })

  test('TIER-5 while it holds, nothing is said to be missing for another level: what is earned lifts nobody then', () => {
    const timeline = ladder('earned')
    const lower = [goldInMarch, matched('bronze', '2026-06-01T09:00', '2027-06-01')]
    const later = paid('o2', on('2026-08-01T09:00'), 90_000)
    for (const events of [lower, [...lower, later]]) {
      const { member } = replayed(timeline, [...events, tick(on('2026-09-01'))])
      const [progress] = progressOf(timeline, member, on('2026-09-01').local)
      expect(progress).toMatchObject({ level: 'bronze', heldBy: 'override', toRise: null })
    }
  })

  test('where nobody falls, what was earned before it and during it is there when it ends', () => {
    const dates = ['2027-05-31T23:59', '2027-06-01', '2031-01-01']
    expect(levels(ladder('never'), [goldInMarch, match], dates)).toEqual(['platinum', 'gold', 'gold'])
    const during = paid('o2', on('2026-08-01T09:00'), 60_000)
    expect(levels(ladder('never'), [match, during], dates)).toEqual(['platinum', 'gold', 'gold'])
    // A match bought nothing: who earned nothing falls to nothing.
    expect(levels(ladder('never'), [paid('o1', on('2026-03-01T09:00'), 100), match], dates)).toEqual([
      'platinum',
      'bronze',
      'bronze',
    ])
  })

  test('also where it ends with the window, or a day leaves a rolling one, or staff ends it', () => {
    const toNewYear = matched('platinum', '2026-06-01T09:00', '2027-01-01')
    expect(levels(ladder('never'), [goldInMarch, toNewYear], ['2026-12-31', '2027-01-01'])).toEqual([
      'platinum',
      'gold',
    ])
    const rolling = ladder('never', { window: { type: 'rolling', length: months(6) } })
    expect(levels(rolling, [goldInMarch, match], ['2026-12-31', '2027-06-01'])).toEqual(['platinum', 'gold'])
    const ended = matched(null, '2027-02-01T09:00', null)
    expect(levels(ladder('never'), [goldInMarch, match, ended], ['2027-01-31', '2027-02-02'])).toEqual([
      'platinum',
      'gold',
    ])
  })

  test('also where the day of joining becomes known during it, and begins another year', () => {
    const joined: MemberEvent = { type: 'member.joined', source: 'shop', id: 'joined', stamp: on('2026-09-01T09:00') }
    const timeline = ladder('never', { window: { type: 'anniversary', keptThrough: false } })
    const dates = ['2026-09-01T10:00', '2027-06-01', '2031-01-01']
    expect(levels(timeline, [goldInMarch, match, joined], dates)).toEqual(['platinum', 'gold', 'gold'])
  })

  test('a full refund takes what its order bought, beneath an override too', () => {
    const back = refund('back', 'o1', on('2026-07-01T09:00'), 60_000)
    expect(levels(ladder('never'), [goldInMarch, match, back], ['2027-05-31', '2027-06-01'])).toEqual([
      'platinum',
      'bronze',
    ])
  })
})
