import { meantWord, nearestWord } from '../program/nearest.ts'
import { daysInMonth } from '../time/local.ts'
import { type Baskets, byIn, labelsIn, ownMoney, readDelivery, readOrder, readRefund } from './read-order.ts'
import { readStaffStep } from './read-staff.ts'
import type { ActivityStep, ProfileStep, ReserveStep, SameAs, Step } from './step.ts'
import type { Words } from './words.ts'

/** What one row lets happen: a phrase of the fixed vocabulary. */
export function readStep(words: Words, baskets: Baskets): Step {
  for (const [beginning, read] of phrases) {
    if (words.take(beginning)) {
      const step = read(words, baskets)
      if (words.reason !== null && beginning !== 'staff')
        words.fail('only acts of staff have a reason', 'leave the colon out')
      words.end('begin a row of its own for what else happens')
      return step
    }
  }
  const beginnings = phrases.map(([beginning]) => beginning)
  const near = meantWord(words.peek(), beginnings) ?? nearestWord(`${words.peek()} ${words.peek(1)}`, beginnings)
  words.fail('no phrase begins like this', near === null ? 'docs/scenarios.md lists them' : `did you mean "${near}"?`)
}

type Reader = (words: Words, baskets: Baskets) => Step

/** Longer beginnings before their shorter ones. */
export const phrases: readonly (readonly [beginning: string, read: Reader])[] = [
  ['buys', (words, baskets) => readOrder(words, 'buys', baskets)],
  ['places', (words, baskets) => readOrder(words, 'places', baskets)],
  ['edits', (words, baskets) => readOrder(words, 'edits', baskets)],
  ['would buy', (words, baskets) => readOrder(words, 'would-buy', baskets)],
  ['is delivered', readDelivery],
  ['reports order', reportsAgain],
  ['cancels order', cancelsOrder],
  ['refunds', readRefund],
  ['refund', refundFails],
  ['disputes', disputes],
  ['dispute', disputeWon],
  ['does', activity],
  ['joins pool', (words) => ({ type: 'joins-pool', pool: words.next('the pool', 'joins pool p1') })],
  ['joins', joins],
  ['leaves pool', (words) => ({ type: 'leaves-pool', pool: words.next('the pool', 'leaves pool p1') })],
  ['leaves', () => ({ type: 'leaves' })],
  ['is erased', () => ({ type: 'erased' })],
  ['has no segments', () => profile({ of: 'segments', labels: [] })],
  ['has no tags', () => profile({ of: 'tags', labels: [] })],
  ['has segments', (words) => profile({ of: 'segments', labels: labelsIn(words) })],
  ['has tags', (words) => profile({ of: 'tags', labels: labelsIn(words) })],
  ['has birthday', birthday],
  ['has an anniversary', () => profile({ of: 'anniversary-comes' })],
  ['has a birthday', () => profile({ of: 'birthday-comes' })],
  ['is of age', () => profile({ of: 'of-age' })],
  ['is staff', () => profile({ of: 'staff' })],
  ['is a test', () => profile({ of: 'test' })],
  ['accepts terms', (words) => profile({ of: 'terms', terms: words.next('the terms', 'accepts terms 2026-03') })],
  ['redeems', (words) => reserve(words, 'redeems')],
  ['reserves', (words) => reserve(words, 'reserves')],
  ['confirms', (words) => ({ type: 'confirms', redemption: words.next('the redemption', 'confirms r1') })],
  ['cancels membership', (words) => ({ type: 'membership', act: 'cancels', plan: planIn(words) })],
  ['cancels', (words) => ({ type: 'cancels', redemption: words.next('the redemption', 'cancels r1') })],
  ['accepts', (words) => ({ type: 'accepts-seat', redemption: words.next('the redemption', 'accepts r1') })],
  ['uses voucher', usesVoucher],
  ['returns voucher', (words) => ({ type: 'returns-voucher', reward: rewardIn(words) })],
  ['donates voucher', (words) => ({ type: 'donates-voucher', reward: rewardIn(words) })],
  ['asks for', asksFor],
  ['is sent offer', (words) => ({ type: 'sent-offer', offer: offerIn(words) })],
  ['sees offer', (words) => ({ type: 'sees-offer', offer: offerIn(words) })],
  ['starts membership', startsMembership],
  ['pays membership', (words) => ({ type: 'membership', act: 'pays', plan: planIn(words) })],
  ['fails membership', (words) => ({ type: 'membership', act: 'fails', plan: planIn(words) })],
  ['invites', (words) => ({ type: 'invites', other: words.next('a name', 'invites Ben') })],
  ['clicks link of', clicks],
  ['gives', gives],
  ['founds pool', foundsPool],
  ['merges into', (words) => ({ type: 'merges', other: words.next('a name', 'merges into Ada') })],
  ['staff', readStaffStep],
  ['draws', draws],
  ['time passes', () => ({ type: 'time-passes' })],
]

function cancelsOrder(words: Words): Step {
  const order = words.next('the order', 'cancels order 1 by shop')
  return { type: 'cancelled', order, by: words.take('by') ? byIn(words) : 'member' }
}

function reportsAgain(words: Words): Step {
  const order = words.next('the order', 'reports order 1 again')
  words.expect('again', 'reports order 1 again')
  return { type: 'reported-again', order }
}

function refundFails(words: Words): Step {
  const example = 'refund f1 fails, or refunds order 1'
  const refund = words.next('the refund', example)
  words.expect('fails', example)
  return { type: 'refund-failed', refund }
}

const disputeExample = 'disputes order 1 amount 60.00 USD as d1'

function disputes(words: Words): Step {
  words.expect('order', disputeExample)
  const order = words.next('the order', disputeExample)
  words.expect('amount', disputeExample)
  const amount = words.money().minor
  words.expect('as', disputeExample)
  return { type: 'disputed', order, amount, dispute: words.next('a name for the dispute', disputeExample) }
}

function disputeWon(words: Words): Step {
  const dispute = words.next('the dispute', 'dispute d1 is won')
  words.expect('is won', 'dispute d1 is won')
  return { type: 'dispute-won', dispute }
}

function activity(words: Words): ActivityStep {
  const { activities, places } = words.program
  const name = words.known('activity', activities.keys())
  const declared = activities.get(name)
  const facts: Record<string, string | number | boolean> = {}
  let [place, channel]: [string | null, string | null] = [null, null]
  words.clauses({
    with: () => {
      do {
        const fact = words.known('fact of the activity', declared?.keys() ?? [])
        facts[fact] = factIn(words, fact, declared?.get(fact) ?? 'text')
      } while (declared?.has(words.peek()))
    },
    at: () => {
      place = words.known('place', places.keys())
    },
    on: () => {
      channel = words.next('the channel', 'on web')
    },
  })
  return { type: 'activity', name, facts, place, channel }
}

function factIn(words: Words, fact: string, kind: 'number' | 'text' | 'yes-no' | 'money'): string | number | boolean {
  switch (kind) {
    case 'money':
      return ownMoney(words)
    case 'number': {
      const text = words.next(`the number for ${fact}`, `with ${fact} 40`)
      if (/^-?\d{1,15}$/.test(text)) return Number(text)
      return words.failBefore(`${fact} is a whole number, and "${text}" is none`, `with ${fact} 40`)
    }
    case 'yes-no': {
      const text = words.next(`yes or no for ${fact}`, `with ${fact} yes`)
      if (text === 'yes' || text === 'no') return text === 'yes'
      return words.failBefore(`${fact} is yes or no, and "${text}" is neither`, `with ${fact} yes`)
    }
    case 'text':
      return words.next(`the text for ${fact}`, `with ${fact} something`)
  }
}

function joins(words: Words): Step {
  let referredBy: string | null = null
  const same: SameAs[] = []
  words.clauses({
    referred: () => {
      words.expect('by', 'joins referred by Ben')
      referredBy = words.next('a name', 'joins referred by Ben')
    },
    same: () => {
      same.push(sameIn(words))
    },
  })
  return { type: 'joins', referredBy, same }
}

function sameIn(words: Words): SameAs {
  const of = words.next('what is the same', 'same device')
  if (of === 'device' || of === 'address' || of === 'payment') return of
  words.failBefore(`"${of}" is nothing that is compared`, 'write same device, same address or same payment')
}

const profile = (change: ProfileStep['change']): ProfileStep => ({ type: 'profile', change })

function birthday(words: Words): ProfileStep {
  const text = words.next('the day', 'has birthday 02-29')
  const [month = 0, day = 0] = /^(\d{2})-(\d{2})$/.exec(text)?.slice(1).map(Number) ?? []
  // A leap year, so that 29 February is a birthday.
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(2000, month)
  return isDay
    ? profile({ of: 'birthday', month, day })
    : words.failBefore(`"${text}" is no day of the year`, 'write month and day: 02-29')
}

const rewardIn = (words: Words): string => words.known('reward', words.program.rewards.keys())
const planIn = (words: Words): string => words.known('membership', words.program.memberships.keys())
const offerIn = (words: Words): string => words.known('offer', words.program.offers.keys())

function reserve(words: Words, type: ReserveStep['type']): ReserveStep {
  const reward = rewardIn(words)
  const found: { -readonly [Key in keyof ReserveStep]: ReserveStep[Key] } = {
    ...{ type, reward, redemption: null, points: null, session: null, lasts: null },
  }
  words.clauses({
    as: () => {
      found.redemption = words.next('a name for the redemption', 'as r1')
    },
    with: () => {
      found.points = words.amount().units
    },
    session: () => {
      found.session = words.next('the session', 'session may')
    },
    for: () => {
      found.lasts = words.period()
    },
  })
  return found
}

function usesVoucher(words: Words): Step {
  const reward = rewardIn(words)
  let amount: number | null = null
  let order: string | null = null
  words.clauses({
    amount: () => {
      amount = ownMoney(words)
    },
    order: () => {
      order = words.next('the order', 'uses voucher ten-off order 2')
    },
  })
  return { type: 'uses-voucher', reward, amount, order }
}

function asksFor(words: Words): Step {
  const benefit = words.known('benefit', words.program.benefits.keys())
  return { type: 'asks-for', benefit, basket: words.take('for') ? ownMoney(words) : null }
}

function startsMembership(words: Words): Step {
  const plan = planIn(words)
  return { type: 'membership', plan, act: words.take('on trial') ? 'starts-on-trial' : 'starts' }
}

function clicks(words: Words): Step {
  const other = words.next('a name', 'clicks link of Ada')
  const same: SameAs[] = []
  words.clauses({
    same: () => {
      same.push(sameIn(words))
    },
  })
  return { type: 'clicks', other, same }
}

function gives(words: Words): Step {
  const { asset, units } = words.amount()
  words.expect('to', 'gives 50 points to Ben')
  return { type: 'gives', asset, units, to: words.next('a name', 'gives 50 points to Ben') }
}

function foundsPool(words: Words): Step {
  const kind = words.known('pool', words.program.pools.keys())
  words.expect('as', 'founds pool household as p1')
  return { type: 'founds-pool', kind, pool: words.next('a name for it', 'founds pool household as p1') }
}

function draws(words: Words): Step {
  const draw = words.known('draw', words.program.draws.keys())
  return { type: 'draws', draw, seed: words.take('seed') ? words.next('the seed', 'seed abc') : null }
}
