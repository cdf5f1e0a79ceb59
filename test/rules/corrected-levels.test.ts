import {
  decide,
  isPutRight,
  isToldAgain,
  type Member,
  type MemberEvent,
  ownTimeline,
  type Program,
  pinsOf,
  progressOf,
  reignsOf,
  replay,
  type Timeline,
  toKeep,
  type VersionCorrected,
} from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare } from '../auditor/compare.ts'
import { adjusted, mergeOf, on, paid, refund } from '../vectors/history-builder.ts'
import {
  cardOf,
  earning,
  everyone,
  level,
  multiplier,
  nothingGivenUp,
  points,
  program,
  reward,
  standing,
  timelineOf,
} from '../vectors/program-builder.ts'
import { balanceOf, levelOf, vouchersOf } from '../vectors/reading.ts'

type Recorded = Exclude<MemberEvent, { type: 'time.passed' }>

const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
const gold = { ladder: 'standing', level: 'gold' }
const twice = multiplier('twice', 2, 1, { audience: { ...everyone, tiers: [gold] } })
const welcome = { type: 'amount', asset: 'points', amount: 7 } as const

/** Gold for so many minor units spent in the year: welcomed with seven points, and earning twice. */
const goldAt = (reach: number, parts: Partial<Program> = {}): Program =>
  program({
    assets: [points()],
    onOrder: [earning({ multipliers: [twice] })],
    ladders: [standing(0, { levels: [level('silver', 0), level('gold', reach, { entry: [welcome] })] })],
    ...parts,
  })

/** What is right from 1 March, published on the 20th. */
const corrected = (wrong: Program, right: Program): Timeline => {
  const [first, second] = timelineOf(wrong, [at('2026-03-20'), { ...right, version: 2 }])
  if (first === undefined || second === undefined) throw new Error('there are two versions')
  return [first, { ...second, fromAt: at('2026-03-01'), fromLocal: at('2026-03-01') }]
}

const correction = (facts: readonly Recorded[], parts: Partial<VersionCorrected> = {}): VersionCorrected => ({
  ...{ type: 'version.corrected', source: 'laurel', id: 'correct/1', stamp: on('2026-03-21', 2), version: 2 },
  ...{ actor: 'staff-1', reason: 'typed-wrong', from: { at: at('2026-03-01'), local: at('2026-03-01') } },
  facts: facts.map(({ source, id }) => ({ fact: `${source}/${id}` })),
  ...parts,
})

function told(versions: Timeline, events: readonly Recorded[]): Member {
  const { member } = replay(versions, events)
  expect(compare(audit(versions, events), member)).toEqual([])
  return member
}

/** A member at the moment of a correction: as it stands, as the facts hold it up by what was asked at the time, and as the act alone leaves it. */
const atAct = (versions: Timeline, events: readonly Recorded[], act: VersionCorrected) => {
  const passed = { type: 'time.passed', stamp: act.stamp } as const
  const judged = { pins: { ...pinsOf([act]), putRight: [] } }
  return {
    actual: replay(versions, events, passed).member,
    judged: replay(versions, events, passed, null, judged).member,
    after: replay(versions, [...events, act]).member,
  }
}
const keptBy = (versions: Timeline, events: readonly Recorded[], act: VersionCorrected) => {
  const { program: right } = versions.find(({ program: { version } }) => version === act.version) ?? raise()
  return toKeep(right, atAct(versions, events, act), act.stamp.local)
}
function raise(): never {
  throw new Error('a correction names a version')
}

const february = paid('february', on('2026-02-10'), 300)
const march = paid('march', on('2026-03-05'), 300)
const later = paid('later', on('2026-03-10'), 1_000)

describe('COR-1 a threshold that asked too much', () => {
  const versions = corrected(goldAt(5_000), goldAt(500))
  const act = correction([march, later])

  test('gold is reached when enough was there, with what rising gives, and earns so since', () => {
    expect(balanceOf(told(versions, [february, march, later])).active).toBe(3 + 3 + 10)
    const member = told(versions, [february, march, later, act])
    expect([levelOf(member), balanceOf(member).active]).toEqual(['gold', 3 + 3 + 7 + 20])
    expect(member.entered).toMatchObject([{ level: 'gold', on: march.stamp.local, version: 2 }])
  })

  test('what comes late or is refunded afterwards finds it so, whichever is told first', () => {
    const late = paid('late', on('2026-03-07', 2), 1_000)
    const back = refund('back', 'later', on('2026-03-22', 2), 1_000)
    const events = [february, march, later, act, late, back]
    expect(balanceOf(told(versions, events)).active).toBe(3 + 3 + 7 + 20)
    expect(told(versions, events.toReversed())).toEqual(told(versions, events))
  })

  test('whoever lives on finds the same versions as a replay', () => {
    const before = told(versions, [february, march, later, act])
    const next = paid('next', on('2026-03-25', 2), 1_000)
    const { member } = decide(versions, before, next)
    expect(member).toEqual({ ...replay(versions, [february, march, later, act, next]).member, seq: member.seq })
  })

  test('nothing was judged otherwise before the date', () => {
    const early = paid('early', on('2026-02-10'), 600)
    expect(balanceOf(told(versions, [early, correction([])])).active).toBe(6)
    expect(levelOf(told(versions, [early, correction([])]))).toBe('silver')
  })

  test('of a past that a merge brings it rules what had come by then, and no other', () => {
    const merged = mergeOf(on('2026-03-20T12:00'), february, march, later)
    expect(balanceOf(told(versions, [merged, correction([march, later])])).active).toBe(3 + 3 + 7 + 20)
    // Risen to when the two became one.
    const after = mergeOf(on('2026-03-22', 2), february, march, later)
    expect(balanceOf(told(versions, [correction([]), after])).active).toBe(3 + 3 + 10 + 7)
  })
})

describe('COR-2 what comes late of that time', () => {
  const versions = corrected(goldAt(5_000), goldAt(500)).map((entry) =>
    entry.program.version === 2 ? { ...entry, corrects: true as const } : entry,
  )
  const asLate = (event: Recorded): Recorded => ({ ...event, stamp: { ...event.stamp, version: 2 } })
  const late = [asLate(march), asLate(later)]
  const gilded = ['gold', 3 + 3 + 7 + 20]
  const standingOf = (member: Member) => [levelOf(member), balanceOf(member).active]

  test('leads to what the correction leads to, for whoever has nothing else of it', () => {
    expect(standingOf(told(versions, [february, march, later, correction([march, later])]))).toEqual(gilded)
    expect(standingOf(told(versions, [february, ...late]))).toEqual(gilded)
    const before = told(versions, [february])
    const lived = late.reduce((member, event) => decide(versions, member, event).member, before)
    expect(standingOf(lived)).toEqual(gilded)
    const merged = mergeOf(on('2026-03-20T12:00', 2), february, ...late)
    expect(standingOf(told(versions, [merged]))).toEqual(gilded)
  })

  test('is told again with all that was lived since the date, and puts nothing right that another version has judged', () => {
    const since = told(versions, [february, adjusted('gift', on('2026-03-12'), 1)])
    expect([told(versions, [february]), since].map((member) => isToldAgain(versions, member, asLate(later)))).toEqual([
      false,
      true,
    ])
    const left = told(versions, [february, march, asLate(later)])
    expect(standingOf(left)).toEqual(['silver', 3 + 3 + 10])
    expect(standingOf(told(versions, [february, march, asLate(later), correction([march])]))).toEqual(gilded)
  })
})

describe('COR-1 what acts and requests of that time fill', () => {
  const cup = reward('cup')
  const filled = (full: number) =>
    goldAt(5_000, {
      cards: new Map([['cups', cardOf('cups', full, { awards: [{ type: 'reward', reward: 'cup' }] })]]),
      rewards: new Map([['cup', cup]]),
    })

  test('are the cards of the right version', () => {
    const stamps = adjusted('stamps', on('2026-03-12'), 8)
    const act = correction([march])
    expect(vouchersOf(told(corrected(filled(10), filled(8)), [march, stamps]))).toEqual(['card/cups/1 open'])
    expect(vouchersOf(told(corrected(filled(20), filled(8)), [march, stamps]))).toEqual([])
    expect(vouchersOf(told(corrected(filled(20), filled(11)), [march, stamps, act]))).toEqual(['card/cups/1 open'])
    expect(vouchersOf(told(corrected(filled(10), filled(20)), [march, stamps, act]))).toEqual([])
  })
})

describe('COR-3 a threshold that asked too little', () => {
  const until = at('2026-06-01')
  const promising = (end: number | null) =>
    goldAt(5_000, {
      transitions: { ...nothingGivenUp, levels: new Map([['standing/gold', { to: null, until: end }]]) },
    })
  const events = [march, later]
  const wrong = goldAt(500)

  test('takes back amounts that rising gave, and the level is what the version says of it', () => {
    for (const [right, keeps] of [
      [goldAt(5_000), []],
      [promising(until), [{ ...gold, until }]],
      [promising(null), [{ ...gold, until: null }]],
      // Over by then.
      [promising(correction([]).stamp.local), []],
    ] as const) {
      const versions = corrected(wrong, right)
      const before = told(versions, events)
      expect([levelOf(before), balanceOf(before).active]).toEqual(['gold', 3 + 10 + 7])
      const after = told(versions, [...events, correction(events)])
      expect([levelOf(after), balanceOf(after).active]).toEqual(['silver', 3 + 10])
      expect(after).toEqual(atAct(versions, events, correction(events)).after)
      expect(keptBy(versions, events, correction(events))).toEqual(keeps)
    }
  })

  test('a promise holds from the act on, gives nothing, and ends with its day', () => {
    const versions = corrected(wrong, promising(until))
    const act = correction(events, { kept: [{ ...gold, until }] })
    const next = (day: string) => paid(`on-${day}`, on(day, 2), 100)
    const kept = told(versions, [...events, act])
    expect([levelOf(kept), balanceOf(kept).active]).toEqual(['gold', 13])
    expect(balanceOf(told(versions, [...events, act, next('2026-05-31')])).active).toBe(13 + 2)
    const over = told(versions, [...events, act, next('2026-05-31'), next('2026-06-01')])
    expect([levelOf(over), balanceOf(over).active]).toEqual(['silver', 13 + 2 + 1])
  })

  test('TIER-5 what is promised is told as a promise, with what is missing by its end', () => {
    const versions = corrected(wrong, promising(until))
    const { local } = on('2026-03-22', 2)
    const promised = (end: number | null) => {
      const member = told(versions, [...events, correction(events, { kept: [{ ...gold, until: end }] })])
      return progressOf(versions, member, local)
    }
    const toStay = { missing: 5_000 - 1_300, until, countsUntil: until }
    expect(promised(until)).toMatchObject([{ level: 'gold', heldBy: 'promise', toStay }])
    expect(promised(null)).toMatchObject([{ level: 'gold', heldBy: 'promise', toStay: null }])
    // What is earned by then holds it to the end of the year.
    const much = paid('much', on('2026-03-22', 2), 4_000)
    const kept = correction(events, { kept: [{ ...gold, until }] })
    const [progress] = progressOf(versions, told(versions, [...events, kept, much]), on('2026-03-23').local)
    expect(progress).toMatchObject({ heldBy: 'facts', toStay: { until: at('2027-01-01') } })
  })

  test('nothing is promised to whoever is on the level by the right version, too', () => {
    const versions = corrected(wrong, promising(until))
    const much = paid('much', on('2026-03-06'), 6_000)
    expect(keptBy(versions, [much], correction([much]))).toEqual([])
  })

  test('a level that is promised under another name is kept as what it is called now', () => {
    const plus = { ladder: 'standing', level: 'plus' }
    const renamed = (id: string): Program => ({
      ...goldAt(5_000),
      ladders: [standing(0, { id, levels: [level('silver', 0), level('plus', 5_000)] })],
      transitions: { ...nothingGivenUp, levels: new Map([['standing/gold', { to: { ...plus, ladder: id }, until }]]) },
    })
    for (const id of ['standing', 'other']) {
      const kept = [{ ...plus, ladder: id, until }]
      const versions = corrected(wrong, renamed(id))
      expect(keptBy(versions, events, correction(events))).toEqual(kept)
      const member = told(versions, [...events, correction(events, { kept })])
      expect(member.ladders.find(({ ladder }) => ladder === id)?.level).toBe('plus')
    }
  })

  test('TRN-1 what a version before has promised is kept for whoever was on the level rightly, and for nobody else', () => {
    const rate = (give: number) => ({ onOrder: [earning({ give, multipliers: [twice] })] })
    const asking = (reach: number, give: number, promise: boolean): Program => ({
      ...goldAt(reach, rate(give)),
      ladders: [
        standing(0, {
          measure: { type: 'earned', asset: 'points' },
          levels: [level('silver', 0), level('gold', reach)],
        }),
      ],
      transitions: promise
        ? { ...nothingGivenUp, levels: new Map([['standing/gold', { to: null, until: null }]]) }
        : nothingGivenUp,
    })
    // Ten points for each pound instead of one; from 10 March on fifty are asked and not twenty, and whoever is gold stays so.
    const right = asking(50, 1, true)
    const [first, second, third] = timelineOf(
      asking(20, 10, false),
      [at('2026-03-10'), { ...asking(50, 10, true), version: 2 }],
      [at('2026-03-20'), { ...right, version: 3 }],
    )
    if (first === undefined || second === undefined || third === undefined) throw new Error('there are three versions')
    const versions = [first, second, { ...third, fromAt: at('2026-03-01'), fromLocal: at('2026-03-01') }]
    const bought = (day: string, pounds: number, version: number) => paid(`on-${day}`, on(day, version), pounds * 100)
    const keptOf = (...facts: readonly Recorded[]) => keptBy(versions, facts, correction(facts, { version: 3 }))
    // Lifted by the wrong rate, before that promise or after it.
    expect(keptOf(bought('2026-03-05', 15, 1))).toEqual([])
    expect(keptOf(bought('2026-03-12', 15, 2))).toEqual([])
    // Gold by the right rate, too, when it was promised.
    expect(keptOf(bought('2026-03-05', 25, 1))).toEqual([{ ...gold, until: null }])
    expect(keptOf(bought('2026-03-05', 15, 1), bought('2026-03-12', 15, 2))).toEqual([])
  })
})

describe('COR-1 which version rules', () => {
  const wrong = goldAt(5_000)
  const versionsIn = (timeline: Timeline) =>
    reignsOf(timeline).map(({ program: { version }, from }) => [version, Number.isFinite(from) ? on2(from) : 'always'])
  const on2 = (local: number) => new Date(local).toISOString().slice(0, 10)
  const versions = timelineOf(
    wrong,
    [at('2026-03-10'), { ...wrong, version: 2 }],
    [at('2026-03-20'), { ...goldAt(500), version: 3 }],
    [at('2026-04-01'), { ...wrong, version: 4 }],
  )
  const right = (version: number, day: string) => ({ version, fromAt: at(day), from: at(day) })
  const ruled = (...putRight: readonly ReturnType<typeof right>[]) => ownTimeline(versions, { putRight })

  test('the right one in the place of all published before it, until one published after it begins', () => {
    expect(versionsIn(ruled(right(3, '2026-03-01')))).toEqual([
      [1, 'always'],
      [3, '2026-03-01'],
      [4, '2026-04-01'],
    ])
    expect(versionsIn(ruled(right(2, '2026-03-05'), right(3, '2026-03-15')))).toEqual([
      [1, 'always'],
      [2, '2026-03-05'],
      [3, '2026-03-15'],
      [4, '2026-04-01'],
    ])
    expect(versionsIn(ruled(right(3, '2026-03-15'), right(2, '2026-03-05')))).toEqual(
      versionsIn(ruled(right(2, '2026-03-05'), right(3, '2026-03-15'))),
    )
    expect(versionsIn(ownTimeline(ruled(right(3, '2026-03-01')), {}))).toEqual(versionsIn(versions))
  })

  test('once it does there is nothing more to put right', () => {
    expect(isPutRight(versions, {}, right(3, '2026-03-01'))).toBe(false)
    expect(isPutRight(versions, { putRight: [right(3, '2026-03-01')] }, right(3, '2026-03-01'))).toBe(true)
    expect(isPutRight(versions, {}, right(3, '2026-03-25'))).toBe(true)
  })

  test('PIL-5 a version on trial goes on to rule its members, and gives way where they have fallen back', () => {
    const share = { numerator: 1, denominator: 1 }
    const tried = timelineOf(
      wrong,
      [at('2026-03-05'), { ...wrong, version: 2 }],
      [at('2026-03-10'), { ...wrong, version: 3 }],
      [at('2026-03-20'), { ...goldAt(500), version: 4 }],
    ).map((entry) => {
      const { fromAt, fromLocal, program: each } = entry
      if (each.version !== 2 && each.version !== 3) return entry
      const pilot = { begun: 2, share, fromAt, fromLocal, ...(each.version === 3 && { fallsBack: true as const }) }
      return { ...entry, fromAt: Number.POSITIVE_INFINITY, fromLocal: Number.POSITIVE_INFINITY, pilot }
    })
    const putRight = [right(4, '2026-03-01')]
    expect(versionsIn(ownTimeline(tried, { chance: 5, putRight }))).toEqual([
      [1, 'always'],
      [4, '2026-03-01'],
      [2, '2026-03-05'],
      [4, '2026-03-10'],
    ])
    expect(versionsIn(ownTimeline(tried, { putRight }))).toEqual([
      [1, 'always'],
      [4, '2026-03-01'],
    ])
  })
})

describe('EARN-6 TIER-1 a version that asks less for a level', () => {
  const split = earning({ crossing: 'split', multipliers: [twice] })
  const versions = timelineOf(goldAt(5_000, { onOrder: [split] }), [
    at('2026-04-01'),
    { ...goldAt(500, { onOrder: [split] }), version: 2 },
  ])
  const before = paid('before', on('2026-03-05'), 1_000)

  test('lifts nobody at its start, and the next order that counts whole at the level after where a rule splits', () => {
    expect(levelOf(told(versions, [before, adjusted('gift', on('2026-04-02', 2), 5)]))).toBe('silver')
    expect(levelOf(told(versions, [before, refund('none', 'before', on('2026-04-02', 2), 100)]))).toBe('gold')
    const member = told(versions, [before, paid('next', on('2026-04-02', 2), 1_000)])
    expect([levelOf(member), balanceOf(member).active]).toEqual(['gold', 10 + 20 + 7])
  })
})
