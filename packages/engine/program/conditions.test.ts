import { describe, expect, test } from 'vitest'
import { compileProgram } from './compile/program.ts'
import type { LineFacts, MemberFacts, OrderFacts, Scope } from './condition.ts'
import { withCondition, withRules } from './wrong-document.fixture.ts'

const draft = { version: 0, hash: '' }
const member: MemberFacts = {
  segments: ['students'],
  tags: ['press'],
  tiers: ['gold'],
  badges: ['explorer'],
  memberships: ['plus'],
  orders: 2,
  spend: 4050,
  daysSinceOrder: 61,
  daysSinceJoined: null,
}
const order: OrderFacts = {
  total: 3000,
  eligible: 2500,
  shipping: 499,
  items: 3,
  lines: 2,
  channel: 'web',
  place: 'high-street',
  partner: '',
  firstOrder: false,
  tags: ['gift', 'first'],
}
const line: LineFacts = {
  sku: 'SKU-1',
  quantity: 2,
  total: 2000,
  unitPrice: 1000,
  discount: 0,
  categories: ['skincare', 'sale'],
  category: 'skincare',
  brand: 'Glow',
  kind: 'goods',
}
const nothing: Scope = { order: null, line: null, activity: null, member }

/** JSON strings are YAML, so any condition can be written so. */
function onOrder(condition: string, facts: Partial<OrderFacts> = {}): boolean | undefined {
  const { program } = compileProgram(withCondition(JSON.stringify(condition)), draft)
  return program?.onOrder.find((rule) => rule.id === 'extra')?.when?.test({ ...nothing, order: { ...order, ...facts } })
}
function onLine(condition: string): boolean | undefined {
  const rule = `  - { id: extra, on: order.paid, give: 1 points, per: item, lines: ${JSON.stringify(condition)} }`
  const { program } = compileProgram(withRules(rule), draft)
  return program?.onOrder.find(({ id }) => id === 'extra')?.lines?.test({ ...nothing, line })
}
function onReview(condition: string, activity: Record<string, string | number | boolean>): boolean | undefined {
  const rule = `  - { id: extra, on: activity.review, give: 1 points, when: ${JSON.stringify(condition)} }`
  const { program } = compileProgram(withRules(rule), draft)
  const found = program?.onActivity.get('review')?.find(({ id }) => id === 'extra')
  return found?.when?.test({ ...nothing, activity })
}

describe('orders', () => {
  test.each([
    ['order.total >= money("30.00")', true],
    ['order.total > money("30.00")', false],
    ['order.total == money("30.00") && order.total != money("29.99")', true],
    ['money("29.99") < order.total', true],
    ['order.eligible + order.shipping == money("29.99")', true],
    ['order.total - order.eligible <= money("5.00")', true],
    ['order.items >= 3 && order.lines < 3', true],
    ['order.items == 4 || order.channel == "web"', true],
    ['!(order.items in [1, 2])', true],
    ['order.channel in ["till", "phone"]', false],
    ['"gift" in order.tags', true],
    ['order.tags.exists(tag, tag.startsWith("fir"))', true],
    ['order.tags.all(tag, tag.size() > 4)', false],
    ['order.tags.exists_one(tag, tag == "gift")', true],
    ['size(order.tags) == 2', true],
    ['order.place.contains("street") && order.place.endsWith("street")', true],
    ['order.items > 5 ? true : order.channel == "web"', true],
    ['-order.items + 5 > 1', true],
    ['member.orders >= 2 && member.spend == money("40.50") && !order.firstOrder', true],
    ['member.daysSinceOrder > 60 && order.partner == ""', true],
    ['member.badges.exists(badge, badge.startsWith("exp")) && member.memberships.size() == 1', true],
    ['member.daysSinceJoined >= 0', false],
    ['!(member.daysSinceJoined >= 0)', false],
    ['"gold" in member.tiers && "students" in member.segments && "press" in member.tags', true],
  ])('%s', (condition, expected) => {
    expect(onOrder(condition)).toBe(expected)
  })

  test('the same compiled condition follows the facts', () => {
    const { program } = compileProgram(withCondition(`'order.items >= 3 && "gold" in member.tiers'`), draft)
    const when = program?.onOrder.find((rule) => rule.id === 'extra')?.when
    expect(when?.test({ ...nothing, order })).toBe(true)
    expect(when?.test({ ...nothing, order: { ...order, items: 2 } })).toBe(false)
    expect(when?.test({ ...nothing, order, member: { ...member, tiers: [] } })).toBe(false)
    expect(when?.test({ ...nothing, order })).toBe(true)
  })

  test('amounts beyond what a condition names stay exact', () => {
    const total = 9_007_199_254_740_991
    expect(onOrder('order.total == money("90071992547409.91")', { total })).toBe(true)
    expect(onOrder('order.total > money("90071992547409.90")', { total })).toBe(true)
  })

  test('no sum that a condition can write overflows', () => {
    const sum = Array.from({ length: 60 }, () => 'order.items').join(' + ')
    expect(onOrder(`${sum} > 0`, { items: Number.MAX_SAFE_INTEGER })).toBe(true)
  })
})

describe('lines', () => {
  test.each([
    ['line.category == "skincare"', true],
    ['"sale" in line.categories && line.brand == "Glow"', true],
    ['line.kind == "gift-card"', false],
    ['line.unitPrice * 1 == line.total', undefined],
    ['line.unitPrice < line.total && line.quantity == 2', true],
    ['line.discount > money("0.00")', false],
    ['line.sku.startsWith("SKU-")', true],
  ])('%s', (condition, expected) => {
    expect(onLine(condition)).toBe(expected)
  })
})

describe('activities', () => {
  const facts = { words: 40, verified: true, topic: 'masks', spent: 1250 }

  test.each([
    ['activity.words >= 30 && activity.verified', true],
    ['activity.words == 40 && activity.words != 39', true],
    ['activity.words > 39.5', true],
    ['activity.topic == "masks"', true],
    ['activity.spent == money("12.50")', true],
    ['activity.spent > money("12.50")', false],
  ])('%s', (condition, expected) => {
    expect(onReview(condition, facts)).toBe(expected)
  })

  test.each([
    ['a fact that is not there', 'activity.words >= 30', {}],
    ['a fact that is not there, negated', '!(activity.words >= 30)', {}],
    ['a fact of another kind', 'activity.words >= 30', { words: 'forty' }],
    ['a word of every object', 'activity.words >= 30', { constructor: 50 }],
  ])('%s counts as false', (_title, condition, activity) => {
    expect(onReview(condition, activity)).toBe(false)
  })

  test('what is missing does not matter where the rest decides', () => {
    expect(onReview('activity.words >= 30 || activity.verified', { verified: true })).toBe(true)
  })
})

test('rewards ask about the member alone', () => {
  const reward = (when: string) =>
    withRules('', {
      rewards: `rewards: { treat: { kind: free-shipping, price: 5 points, when: ${JSON.stringify(when)} } }`,
    })
  const right = compileProgram(reward('"press" in member.tags'), draft)
  expect(right.program?.rewards.get('treat')?.when?.test(nothing)).toBe(true)
  const wrong = compileProgram(reward('order.items > 3'), draft)
  expect(wrong.findings.map((finding) => finding.code)).toEqual(['condition-out-of-sight'])
})
