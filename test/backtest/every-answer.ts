import { type BacktestReport, backtestReport } from '@laurel/contract'

const priced = (amount: number) => ({ amount, minor: amount })
const asset = (earned: number) => ({
  ...{ asset: 'bonus-points', scale: 2, earned: priced(earned), spent: priced(0), broken: priced(1_250) },
  ...{ outstanding: priced(earned - 1_250), debt: { amount: 0, minor: null }, membersInDebt: 0 },
})
const rule = (given: number) => ({
  ...{ rule: 'full-basket', asset: 'bonus-points' },
  months: [
    { month: '2026-01', given: priced(given), takenBack: priced(0) },
    { month: '2026-02', given: priced(0), takenBack: priced(100) },
  ],
})
const fares = { gained: 60, lost: 30, same: 10, up: 90_000, down: 12_345 }

const candidate = (earned: number) => ({
  members: 100,
  assets: [asset(earned)],
  rules: [rule(earned + 100)],
  silent: ['never-used'],
  tiers: [
    { ladder: 'standing', level: 'friend', members: 88 },
    { ladder: 'standing', level: 'gold', members: 12 },
  ],
  tierChanges: [{ ladder: 'standing', month: '2026-01', up: 12, down: 3 }],
  aims: [
    { name: 'tier:standing/gold', of: 'tier:standing', target: 50_000, reached: 12, near: 8, isTooFar: false },
    { name: 'tier:standing/diamond', of: 'tier:standing', target: 900_000, reached: 1, near: 0, isTooFar: true },
  ],
  cuts: [{ cap: 'rule:full-basket', rule: 'full-basket', times: 7, amount: 345 }],
  rooms: [{ room: 'budget:full-basket/ever', whole: 1_000, asked: 1_400, ranOutOn: '2026-02-14' }],
  vouchers: [{ reward: 'ten-off', status: 'used', count: 4 }],
  refused: [{ code: 'short', times: 2 }],
})

/** Every question has an answer in it; the ids are those of somebody who means no good. */
export const everyAnswer: BacktestReport = backtestReport.parse({
  ...{ events: 1_234, repeated: 1, rejected: 2, rejections: ['shop/<b>1</b>: not <i>known</i>'], gaps: ['2026-03'] },
  ...{ assumption: 'as-asked', until: '2026-06-30T22:59:59.999Z', fewPercent: 10, peakMegabytes: 300 },
  reproduction: {
    ...{ transfers: 40, differing: 1 },
    differences: [
      {
        member: '<b>ann</b>',
        cause: 'shop/1',
        rule: 'full-basket',
        asset: 'bonus-points',
        from: 'issued',
        to: 'active',
        amount: 50,
      },
    ],
  },
  currency: { code: 'GBP', exponent: 2 },
  candidates: [
    { name: 'programs/club/program.yaml', program: 'club', report: { ...candidate(40_000), against: null } },
    {
      ...{ name: 'drafts/"><script>alert(1)</script>.yaml', program: 'club' },
      report: {
        ...candidate(117_655),
        against: [
          {
            ...{ asset: 'bonus-points', ...fares, segments: [{ segment: 'regulars', ...fares }] },
            sizes: [
              { from: -99, to: -10, members: 30 },
              { from: 0, to: 0, members: 10 },
              { from: 100, to: 999, members: 60 },
            ],
            mostGained: [{ member: '=HYPERLINK("x")', before: 0, after: 900 }],
            mostLost: [{ member: '-2+3', before: 99, after: 0 }],
          },
        ],
      },
    },
  ],
})

/** Of one program alone, and of nobody. */
export const hardlyAnything: BacktestReport = backtestReport.parse({
  ...{
    events: 0,
    repeated: 0,
    rejected: 0,
    rejections: [],
    gaps: [],
    assumption: 'none',
    fewPercent: 10,
    reproduction: null,
  },
  ...{ until: '2026-06-30T22:59:59.999Z', currency: { code: 'JPY', exponent: 0 }, peakMegabytes: 0 },
  candidates: [
    {
      ...{ name: 'club', program: 'club' },
      report: {
        ...{ members: 0, assets: [], rules: [], silent: [], tiers: [], tierChanges: [], aims: [], cuts: [] },
        ...{ rooms: [], vouchers: [], refused: [], against: null },
      },
    },
  ],
})
