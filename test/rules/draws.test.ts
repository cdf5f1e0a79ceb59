import type { AwardWon, Draw, KeptOrNot, Program, Timeline } from '@laurel/engine'
import { drawRoundsOf, reviewTransitions } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { on } from '../vectors/history-builder.ts'
import { everyone, nothingGivenUp, program, reward, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live } from '../vectors/reading.ts'

const draw = (opens: string, closes: string, points = 10): Draw => ({
  ...{ id: 'bicycle', name: {}, asset: 'tickets', winners: 1, audience: everyone },
  opens: on(opens).local,
  closes: on(closes).local,
  awards: [
    { type: 'reward', reward: 'bell' },
    { type: 'amount', asset: 'points', amount: points },
  ],
})
const holding = (version: number, ...draws: readonly Draw[]) =>
  program({
    version,
    draws: new Map(draws.map((each) => [each.id, each])),
    rewards: new Map([['bell', reward('bell')]]),
  })
const roundsIn = (timeline: Timeline) =>
  drawRoundsOf(timeline, 'bicycle').map(({ round, version, draw: { closes } }) => [
    round,
    version,
    new Date(closes).toISOString().slice(0, 10),
  ])
const spring = draw('2026-03-01', '2026-04-01')

describe('GAME-2 the rounds of a draw', () => {
  test.each([
    ['one version', [], [[1, 1, '2026-04-01']]],
    ['put off before it closed', [['2026-03-15', draw('2026-03-01', '2026-05-01')]], [[1, 2, '2026-05-01']]],
    ['called off before it closed', [['2026-03-15', null]], []],
    [
      'called off and on',
      [
        ['2026-03-15', null],
        ['2026-03-20', spring],
      ],
      [[1, 3, '2026-04-01']],
    ],
    ['said again after it closed', [['2026-04-15', spring]], [[1, 1, '2026-04-01']]],
    ['taken out after it closed', [['2026-04-15', null]], [[1, 1, '2026-04-01']]],
    ['given more time after it closed', [['2026-04-15', draw('2026-03-01', '2026-05-01')]], [[1, 1, '2026-04-01']]],
    [
      'opened again after it closed',
      [['2026-04-01', draw('2026-04-01', '2026-06-01')]],
      [
        [1, 1, '2026-04-01'],
        [2, 2, '2026-06-01'],
      ],
    ],
  ] as const)('%s', (_, later, rounds) => {
    const versions = later.map(
      ([from, next], index) => [on(from).at, holding(index + 2, ...(next ? [next] : []))] as const,
    )
    expect(roundsIn(timelineOf(holding(1, spring), ...versions))).toEqual(rounds)
  })

  test('each give their own awards, by the version that held them', () => {
    const timeline = timelineOf(holding(1, spring), [
      on('2026-04-15').at,
      holding(2, draw('2026-05-01', '2026-06-01', 25)),
    ])
    const won = (round: number, terms: number, at: string): AwardWon => ({
      ...{ type: 'award.won', source: 'laurel', id: `round-${round}`, actor: 'laurel', reason: 'draw' },
      stamp: on(at, 2),
      won: { draw: 'bicycle', round, terms },
    })
    const { member } = live(timeline, [won(1, 1, '2026-04-16'), won(2, 2, '2026-06-01')])
    expect(balanceOf(member).active).toBe(35)
    expect(member.vouchers?.map(({ id, version }) => [id, version])).toEqual([
      ['draw/bicycle', 1],
      ['draw/bicycle/round-2', 2],
    ])
  })
})

describe('TRN-1 TRN-5 a draw with tickets in members’ hands', () => {
  const starts = on('2026-03-15', 2)
  const answering = (becomes: KeptOrNot, ...draws: readonly Draw[]) => ({
    ...holding(2, ...draws),
    transitions: { ...nothingGivenUp, draws: new Map([['bicycle', becomes]]) },
  })
  const review = (after: Program, local = starts.local) =>
    reviewTransitions(timelineOf(holding(1, spring)), after, local)

  test('is answered for where it is dropped or held otherwise while it is open', () => {
    const asked = (...args: Parameters<typeof review>) =>
      review(...args).missing.map(({ path, answers }) => [path, ...answers])
    const answers = [['draws.bicycle', 'keep', 'called-off']]
    expect(asked(holding(2))).toEqual(answers)
    expect(asked(holding(2, draw('2026-03-01', '2026-05-01')))).toEqual(answers)
    expect(asked(holding(2, draw('2026-03-01', '2026-04-01', 9)))).toEqual(answers)
    expect(asked(holding(2, { ...spring, winners: 2 }))).toEqual([])
    expect(asked(holding(2), on('2026-02-28T23:59', 2).local)).toEqual([])
    expect(asked(holding(2), on('2026-04-01', 2).local)).toEqual([])
    expect(review(answering('keep'))).toMatchObject({ missing: [], unasked: [] })
    expect(review(answering('keep', spring)).unasked).toEqual([{ section: 'draws', id: 'bicycle' }])
  })

  test('is held as it was promised where it is kept, with the next one after it, and else as the version has it', () => {
    const rounds = (becomes: KeptOrNot, ...draws: readonly Draw[]) =>
      roundsIn(timelineOf(holding(1, spring), [starts.at, answering(becomes, ...draws)]))
    expect(rounds('keep')).toEqual([[1, 1, '2026-04-01']])
    expect(rounds('keep', draw('2026-03-01', '2026-05-01'))).toEqual([[1, 1, '2026-04-01']])
    expect(rounds('keep', draw('2026-04-01', '2026-05-01'))).toEqual([
      [1, 1, '2026-04-01'],
      [2, 2, '2026-05-01'],
    ])
    expect([rounds('called-off'), rounds('called-off', draw('2026-03-01', '2026-05-01'))]).toEqual([
      [],
      [[1, 2, '2026-05-01']],
    ])
  })
})
