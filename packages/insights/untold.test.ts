import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { fitBgBb } from './buying/bg-bb.ts'
import { type BgNbd, fitBgNbd } from './buying/bg-nbd.ts'
import { fitHistories } from './buying/fit.ts'
import { expectedSpend, fitGammaGamma, type GammaGamma, spendCorrelation } from './buying/gamma-gamma.ts'
import { heldOutError } from './buying/held-out.ts'
import { lifetimeValues } from './buying/lifetime-value.ts'
import { nextBest } from './choosing/next-best.ts'
import { wrongError } from './estimate.ts'
import { buyersOf } from './groups/buyers.ts'
import { cohortsOf } from './groups/cohorts.ts'
import { engagementOf, predictiveCheck } from './groups/engagement.ts'
import { repeatOf, stayOf } from './groups/repeat.ts'
import { rfmCutsOf, rfmOf } from './groups/rfm.ts'
import { survivalOf } from './groups/survival.ts'
import { liftOf, type Plan } from './lift/lift.ts'
import { membersNeeded } from './lift/members-needed.ts'
import { breakageOf } from './money/breakage.ts'
import { deferRefund, deferSale, releaseDeferred } from './money/deferral.ts'
import { reviseEstimates } from './money/estimate-trail.ts'
import { profitAndLoss } from './money/profit-and-loss.ts'
import { referralCost } from './money/referral-cost.ts'
import { times } from './numbers/seeded.fixture.ts'
import type { Purchase } from './purchases.ts'
import { told } from './told.fixture.ts'
import { untold } from './untold.ts'
import { answersNeeded, whomToAsk } from './voices/asking.ts'
import { ENGLISH } from './voices/lexicon.ts'
import { effortScore, netPromoterScore } from './voices/scores.ts'
import { feedbackOf } from './voices/themes.ts'

const bought = (member: string, ...days: readonly number[]): Purchase[] =>
  days.map((on) => ({ member, on, amount: 1000 }))

const again = { x: 2, tx: 4, T: 10 }
const once = { x: 0, tx: 0, T: 10 }
const bgNbd: BgNbd = { type: 'bg-nbd', r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
const spend: GammaGamma = { type: 'gamma-gamma', p: 6.25, q: 3.74, gamma: 1544 }
const spending = { purchases: 3, mean: 2500 }
const outlook = { horizon: 104, discount: 0.002, margin: 0.4 }
const valued = (figures: Partial<typeof outlook>) =>
  lifetimeValues(bgNbd, spend, [{ history: again, spending, segment: '' }], { ...outlook, ...figures })

const tea = { id: 'tea', worth: 100, here: { shown: 9, taken: 2 }, elsewhere: { shown: 0, taken: 0 } }
const numbers = { holdout: 0.5, each: [0.5] }

const score = (count: number, wasBought: boolean) => times(count, (index) => ({ score: index, bought: wasBought }))
const subjects = times(40, (index) => ({ spent: index, spentBefore: 0, bought: true }))
const alike = times(40, () => ({ spent: 5, spentBefore: 0, bought: true }))
const plan: Plan = { holdout: 0.5, look: { type: 'once' } }

const may = { cohort: 'may', issued: 100, burned: [30, 20], outstanding: 0 }
const june = { cohort: 'june', issued: 200, burned: [50], outstanding: 140 }
const worth = { points: 1, minor: 1 }
const { deferral } = told(deferSale('may', 1000, 100, worth, 0.8))
const taken = { outstanding: 10, burned: 0 }
const breakage = told(breakageOf([may, june], 2))
const { trail } = told(reviseEstimates([], breakage, 100))
const open = { name: 'Offers', lift: { ...untold('too-few', '') } }
const measured = { name: 'offers', lift: { type: 'told', incremental: { value: 1, low: 0, high: 2 } } } as const
const referrals = { toAdvocates: 6000, toFriends: 0, running: 0, acquired: 20, boughtAgain: 8, margin: 900 }

const asking = { today: 1000, restDays: 90, answersWanted: 1, answerRate: 0.5 }
const lately = { member: 'ann', askedOn: 999, wantsNoQuestions: false }

/** What cannot be told, by the file that says so. */
const byFile: Readonly<Record<string, readonly object[]>> = {
  'purchases.ts': [buyersOf(bought('ann', 40, 50), 30)],
  'estimate.ts': [wrongError(0) ?? {}],
  'buying/histories.ts': [
    ...[
      { x: 0.5, tx: 1, T: 10 },
      { ...again, T: -1 },
      { ...again, T: 3 },
      { ...once, tx: 5 },
      { ...again, tx: 0 },
    ],
  ].map((wrong) => fitBgNbd([again, wrong])),
  'buying/fit.ts': [
    ...[[], [again], [once, once], [once, again]].map((members) => fitBgNbd(members)),
    fitHistories(
      times(12, () => again),
      {
        type: 'bg-nbd',
        names: [],
        likelihoodOf: () => () => Number.NaN,
        start: () => [],
      },
    ),
  ],
  'buying/bg-bb.ts': [fitBgBb([again, { x: 3, tx: 2, T: 3 }])],
  'buying/gamma-gamma.ts': [
    fitGammaGamma([spending, { purchases: 2, mean: -3 }]),
    fitGammaGamma([spending]),
    fitGammaGamma(times(20, () => spending)),
    Object(expectedSpend({ ...spend, q: 0.5 }, null)),
    spendCorrelation([spending]),
    spendCorrelation(times(20, () => spending)),
  ],
  'buying/held-out.ts': [heldOutError([]), heldOutError([{ group: '', predicted: Number.NaN, realised: 1 }])],
  'buying/lifetime-value.ts': [valued({ margin: 1.1 })],
  'choosing/next-best.ts': [
    nextBest([], 0.1, numbers),
    nextBest([{ ...tea, worth: 0 }], 0.1, numbers),
    nextBest([{ ...tea, here: { shown: 1, taken: 2 } }], 0.1, numbers),
    nextBest([tea], 0.1, { ...numbers, each: [] }),
    nextBest([tea], 1, numbers),
  ],
  'groups/buyers.ts': [buyersOf([], 30)],
  'groups/cohorts.ts': [cohortsOf(bought('ann', 5), [0, 30]), cohortsOf(bought('ann', -5), [0, 30, 60])],
  'groups/engagement.ts': [
    engagementOf([], {}, 100, 0),
    engagementOf([], { visit: { weight: Number.NaN, dayMax: 1 } }, 100, 30),
    engagementOf([], {}, 0.5, 30),
    predictiveCheck([{ score: Number.NaN, bought: true }]),
    predictiveCheck(score(5, true)),
    predictiveCheck(score(50, true)),
  ],
  'groups/repeat.ts': [
    repeatOf(bought('ann', 1), 30),
    stayOf(bought('ann', 1), 30, -1),
    stayOf(bought('ann', 1), 30, 90),
  ],
  'groups/rfm.ts': [
    rfmOf(bought('ann', 1, 2), 30),
    rfmOf([...bought('ann', 1), ...bought('ben', 2)], 30),
    rfmOf([...bought('ann', 1, 2), ...bought('ben', 2)], 30),
    rfmCutsOf([]),
  ],
  'groups/survival.ts': [
    survivalOf([]),
    survivalOf([{ time: -1, ended: true }]),
    survivalOf([{ time: 1, ended: false }]),
    told(survivalOf([1, 2, 3].map((time) => ({ time, ended: time === 1 })))).median,
  ],
  'lift/lift.ts': [
    liftOf({ treated: subjects, heldOut: subjects }, { ...plan, holdout: 0 }),
    liftOf({ treated: [], heldOut: subjects }, plan),
    liftOf({ treated: subjects, heldOut: [] }, plan),
    liftOf({ treated: subjects, heldOut: [{ spent: 0.5, spentBefore: 0, bought: true }] }, plan),
    liftOf({ treated: times(30, () => subjects).flat(), heldOut: subjects }, plan),
    liftOf({ treated: subjects, heldOut: subjects.slice(0, 29) }, plan),
    liftOf({ treated: subjects.slice(0, 1), heldOut: subjects.slice(0, 1) }, plan),
    liftOf({ treated: alike, heldOut: alike }, plan),
  ],
  'lift/members-needed.ts': [membersNeeded(10, 0, 0.5, 'once'), membersNeeded(10, 1, 0, 'once')],
  'money/breakage.ts': [
    breakageOf([may, { ...june, burned: [0.5] }], 2),
    breakageOf([], 2),
    breakageOf([may, { ...june, outstanding: 151 }], 2),
    breakageOf([may], 2),
    breakageOf([may, june], 0),
    breakageOf([may, june], 3),
    breakageOf([may, june], 1),
  ],
  'money/deferral.ts': [
    deferSale('may', 5, 0.5, worth, 0.9),
    deferSale('may', 0, 100, worth, 0.9),
    deferSale('may', 5, 100, { points: 1, minor: 0 }, 0.9),
    deferSale('may', 5, 100, worth, 1.2),
    deferRefund(deferral, -1, taken),
    deferRefund(deferral, 1001, taken),
    releaseDeferred(deferral, { burned: 0.5, outstanding: 0, expected: 1 }),
    releaseDeferred(deferral, { burned: 101, outstanding: 0, expected: 1 }),
    releaseDeferred(deferral, { burned: 1, outstanding: 0, expected: Number.NaN }),
  ],
  'money/estimate-trail.ts': [
    reviseEstimates([], breakage, 0.5),
    reviseEstimates(trail, breakage, 99),
    reviseEstimates(trail, told(breakageOf([may, { ...june, burned: [60] }], 2)), 100),
  ],
  'money/profit-and-loss.ts': [
    profitAndLoss([measured], 40, [], []),
    profitAndLoss([measured], 0.4, [], [{ name: 'rewards', minor: -1 }]),
    profitAndLoss([], 0.4, [], []),
    profitAndLoss([measured, open], 0.4, [], []),
    profitAndLoss([open, { ...open, name: 'games' }], 0.4, [], []),
  ],
  'money/referral-cost.ts': [
    referralCost({ ...referrals, running: -1 }),
    referralCost({ ...referrals, acquired: 0, boughtAgain: 0 }),
    referralCost({ ...referrals, boughtAgain: 21 }),
    Object(told(referralCost({ ...referrals, boughtAgain: 0 })).perKept),
  ],
  'voices/asking.ts': [
    answersNeeded(-1, 0.25, 10),
    answersNeeded(0.05, 0.25, 0.5),
    whomToAsk([lately], { ...asking, restDays: -1 }, [0.5]),
    whomToAsk([lately], { ...asking, answerRate: 0 }, [0.5]),
    whomToAsk([lately], asking, []),
    whomToAsk([lately], asking, [0.5]),
  ],
  'voices/scores.ts': [
    netPromoterScore([]),
    netPromoterScore([11]),
    netPromoterScore([5]),
    effortScore(times(20, () => 7)),
  ],
  'voices/themes.ts': [feedbackOf([' '], ENGLISH)],
}

const said = (answer: object): readonly string[] =>
  'reason' in answer && 'sentence' in answer ? [`${answer.reason}`, `${answer.sentence}`] : []

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith('.ts') && !/\.(test|fixture|long\.test|data\.test)\.ts$/.test(file))

test('INS-1: each reason has a sentence for whoever runs the shop, and here are all of them', () => {
  const reasons = sources.flatMap((file) => {
    const text = readFileSync(path.join(import.meta.dirname, file), 'utf8')
    return [...text.matchAll(/untold\(\s*'([a-z-]+)'/g)].map(([, reason = '']) => `${file} ${reason}`)
  })
  const found = Object.entries(byFile).flatMap(([file, answers]) => answers.map((each) => `${file} ${said(each)[0]}`))
  // No spending is known by which the search for a model of it would find no end.
  found.push('buying/gamma-gamma.ts unsettled')
  expect(new Set(found)).toEqual(new Set(reasons))
  const table = Object.entries(byFile).flatMap(([file, answers]) => [
    ...['', file],
    ...answers.map((each) => said(each).join(': ')),
  ])
  expect(table.join('\n')).toMatchInlineSnapshot(`
    "
    purchases.ts
    wrong-purchases: How members buy is told only of purchases that can be: 2 mistakes in 2 purchases.

    estimate.ts
    no-error: Say in what share of cases an interval may miss: 0.05 is one in twenty, and one in two the most.

    buying/histories.ts
    impossible-history: The history of member 1 cannot be: x is 0.5, and purchases are a whole number between 0 and 100000.
    impossible-history: The history of member 1 cannot be: T is -1, and the time observed lies between 0 and 10000000000.
    impossible-history: The history of member 1 cannot be: tx is 4, and the last purchase lies between 0 and T, 3.
    impossible-history: The history of member 1 cannot be: tx is 5, and without a repeat purchase it is 0.
    impossible-history: The history of member 1 cannot be: tx is 0, and a repeat purchase comes after the first.

    buying/fit.ts
    no-members: There is no member with a purchase.
    one-member: One member alone does not tell how members differ.
    nobody-came-back: None of 2 members has bought on a second day, so nobody shows how often.
    few-came-back: Only 1 member has bought on a second day; how members buy can be told from 10 of them on.
    unsettled: No model of this kind fits how these members buy: the search for the best one has found no end.

    buying/bg-bb.ts
    impossible-history: The history of member 1 cannot be: x 3, tx 2, T 3; occasions are whole, at most 10000, each with at most one purchase.

    buying/gamma-gamma.ts
    impossible-spending: The spending of member 1 cannot be: 2 purchases of -3 on average; both must be above zero, the first a whole number.
    few-spent: Only 1 member has spent something; how spending differs can be told from 10 members on.
    all-alike: All members spend the same on average, so nothing shows how spending differs.
    no-mean-spend: Spending differs so widely between members that there is no mean over them.
    few-spent: Whether the frequent spend more can be told from 10 members on.
    all-alike: All members buy equally often, or spend equally much each time: nothing shows whether one goes with the other.

    buying/held-out.ts
    no-members: There is nobody of whom something was predicted, so there is nothing to compare.
    no-figures: Some of what was predicted, or of what came, is no number, or a larger one than any shop has.

    buying/lifetime-value.ts
    impossible-outlook: No value can be told for horizon 104, discount 0.002, margin 1.1: none may be below zero, the horizon at most 10000, the margin at most 1.

    choosing/next-best.ts
    nothing-eligible: Nothing is open to this member now.
    no-worth: Something costs as much as it brings, or more: it is not worth showing to anybody.
    no-record: Something was taken more often than it was shown: the records do not fit.
    no-numbers: The member and each thing need one random number between 0 and 1.
    no-holdout: The share of members who are held out has to be 0 or more, and less than 1.

    groups/buyers.ts
    nobody-bought: Nobody has bought anything yet.

    groups/cohorts.ts
    no-two-periods: Two whole periods, one after the other, are the least in which anybody can come back.
    nobody-new: Nobody bought for the first time in these periods.

    groups/engagement.ts
    no-half-life: Say after how many days something counts half: a number above 0.
    no-weight: Each kind needs a number that it counts for, a million at most either way, and how many of a day count.
    no-whole-days: Some days are no whole numbers: a date was read wrongly.
    no-score: Some scores are no numbers: leave those members out.
    too-few-bought: Fewer than 10 members bought afterwards: too few to check the score by.
    too-few-did-not: Fewer than 10 members did not buy afterwards: too few to check the score by.

    groups/repeat.ts
    no-repeat-buyers: Nobody has bought on a second day yet, so nobody can say how often members return.
    no-quiet-days: Say after how many days of silence a member is taken as gone: 0 or more.
    nobody-gone: No member has been silent for that long, so nobody can say how long members stay.

    groups/rfm.ts
    one-member: Only one member has bought: there is nobody to compare with.
    no-repeat-buyers: Nobody has bought on a second day yet, so nobody buys more often than others.
    same-day: All members bought last on the same day, so nobody bought more recently than others.
    nobody-bought: Nobody has bought anything yet.

    groups/survival.ts
    nobody-observed: There is nobody yet whose time could be looked at.
    no-time: Some times are below zero or no numbers: something ends before it began, so a date is wrong.
    never-ended: It has not happened to anybody yet, so nobody can say how long it takes.
    not-half: It has happened to fewer than half so far, so nobody can say yet how long it takes for half of them.

    lift/lift.ts
    no-plan: The plan has to hold out more than none and less than all, and to say how many members it waits for.
    nobody-treated: Nobody has got it yet, so nothing can be compared with those held out.
    nobody-held-out: Nobody was held out, so nobody can know what members would have done without it.
    no-whole-amounts: Some amounts are no whole numbers of the smallest unit of money.
    uneven-arms: Of 1240 members 40 are held out, which is not the share that was planned. Who is counted, or drawn, differs between the two, so a comparison would mislead.
    too-few: So far 29 members are held out; 30 on each side are the least from which anything can be told.
    too-few: So far 1 member is held out; 30 on each side are the least from which anything can be told.
    all-alike: All members spent the same, so there is nothing yet by which chance could be judged.

    lift/members-needed.ts
    no-difference: Say how much spending differs, and how large a difference is worth knowing: to find next to none takes more members than there are.
    no-holdout: Somebody has to be held out, and somebody treated.

    money/breakage.ts
    no-whole-figures: Some figures are no whole numbers of points.
    nothing-issued: No points were given, or none in some period: leave such periods out.
    more-burned-than-issued: Of the points of june more were burned, or are left, than were given, or more came back than were burned: the records do not fit.
    one-cohort: Points of no period, or of one only, could be burned so far, so nobody knows how much periods differ.
    no-lifetime: Say for how many periods points live: one at least.
    no-old-cohort: Points live for 3 periods, and the oldest have been there for 2: nobody has seen yet how many are burned after that.
    too-old-cohort: Points are said to live for 1 period, but some were counted for 2: say how long they live, or leave out what came after.

    money/deferral.ts
    no-whole-figures: What was sold and the points given have to be whole numbers, the points not below zero.
    nothing-sold: These points came without a sale: there is no price to split. They cost what they are burned for.
    no-worth: Nobody has said what a point is worth, so nobody knows what part of a price it is.
    no-share: The share of points that is expected to be burned has to lie between none and all.
    no-whole-figures: What was refunded and the points taken back have to be whole numbers, none below zero.
    more-refunded-than-sold: More went back than these sales had brought: the refund belongs to other sales.
    no-whole-figures: Money and points have to be whole numbers.
    more-burned-than-issued: More points were burned, or are left, than were ever given: the records do not fit.
    no-estimate: Nobody has estimated how many of these points will be burned in the end.

    money/estimate-trail.ts
    no-whole-day: The day of the estimate is no whole number of days.
    day-is-past: A later estimate has been made already. Revise the estimate as of today instead.
    day-is-taken: There are other estimates as of that day already. Revise them as of the next day.

    money/profit-and-loss.ts
    no-margin: The margin on goods has to be a share between nothing and the whole price.
    no-whole-amounts: All amounts have to be whole numbers of the smallest unit of money, income and costs none below zero.
    nothing-measured: Nothing of the program has a holdout, so nobody knows what members spent because of it.
    not-all-measured: What Offers brought cannot be told yet. Leave it out, with its costs, or wait.
    not-all-measured: What Offers and games brought cannot be told yet. Leave them out, with their costs, or wait.

    money/referral-cost.ts
    no-whole-figures: Costs and counts have to be whole numbers, none below zero.
    nobody-acquired: No friend has qualified yet, so there is nobody to share the cost.
    no-whole-figures: More friends bought again than qualified: the two were not counted over the same friends.
    nobody-kept: No friend has bought again yet, so nobody knows what a member who stays costs.

    voices/asking.ts
    no-margin: Say how wide the interval may be to each side, and how much answers differ: both are 0 or more.
    no-members: How many members there are has to be a whole number, 0 or more.
    no-whole-figures: Days and the answers wanted have to be whole numbers; neither the rest nor the answers below zero.
    no-answer-rate: The share of members who answer has to be above 0 and at most 1.
    no-numbers: Each member needs one random number between 0 and 1.
    nobody-to-ask: Everybody was asked not long ago, or wants no questions: let them rest.

    voices/scores.ts
    nobody-answered: Nobody has answered yet.
    not-on-the-scale: 1 answer is not on the scale from 0 to 10: another question was asked, or they were read wrongly.
    too-few-answers: 1 member has answered; 10 are the least from which a score is told.
    all-alike: All gave 7: nobody can say yet how much answers differ.

    voices/themes.ts
    nothing-written: Nobody has written anything yet."
  `)
})
