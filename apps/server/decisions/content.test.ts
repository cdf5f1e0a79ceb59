import { createHash } from 'node:crypto'
import { type EventInput, parseEvent } from '@laurel/contract'
import { canonicalText } from '@laurel/ledger'
import { expect, test } from 'vitest'
import { contentOf, eventOf, orderContentIn, orderTextOf } from './content.ts'
import { order } from './recording.fixture.ts'
import { sentEventOf } from './sent-event.ts'
import { effectsOf, effectsText, recordIn } from './stored.ts'
import type { RequestInput } from './submission.ts'

const sent = { id: 'e 1', source: 'shop', member: 'mem-1', occurredAt: '2026-03-14T09:26:53.5+01:00' }
const line = { id: 'z', sku: 'S', quantity: 2, total: 500, categories: ['b', 'a'] }

const facts: object[] = [
  { ...sent, type: 'order.placed', order: { id: 'o1', currency: 'USD', lines: [line] } },
  {
    ...sent,
    type: 'order.paid',
    order: {
      id: 'o1',
      currency: 'EUR',
      rate: { rate: '1.0832', on: '2026-03-13' },
      channel: 'web',
      place: 'Köln "Dom"',
      tags: ['x'],
      lines: [line, { ...line, id: 'a', brand: 'B', kind: 'gift-card', tax: 3, discount: 7 }],
      discount: 100,
      shipping: { total: 50, tax: 8 },
      tip: 5,
      payments: [
        { by: 'money', amount: 455 },
        { by: 'points', amount: 300, redemption: 'r1' },
        { by: 'gift-card', amount: 200 },
      ],
    },
  },
  { ...sent, type: 'order.edited', order: { id: 'o1', currency: 'USD', lines: [line] } },
  { ...sent, type: 'order.delivered', order: 'o1' },
  { ...sent, type: 'order.delivered', order: 'o1', lines: [{ line: 'z' }, { line: 'a', quantity: 2 }] },
  { ...sent, type: 'order.cancelled', order: 'o1', by: 'shop' },
  {
    ...sent,
    type: 'refund.made',
    order: 'o1',
    lines: [
      { line: 'z', quantity: 1 },
      { line: 'a', amount: 3 },
    ],
  },
  { ...sent, type: 'refund.made', order: null, amount: 300 },
  { ...sent, type: 'refund.made', order: 'o1', other: { tip: 5, shipping: 490 } },
  { ...sent, type: 'refund.failed', order: 'o1', refund: 'r' },
  { ...sent, type: 'payment.disputed', order: 'o1', dispute: 'd', status: 'won', amount: 5 },
  { ...sent, type: 'activity.review', place: 'p', facts: { words: 30, b: true, a: 'text' } },
  { ...sent, type: 'member.joined' },
  { ...sent, type: 'member.changed', segments: ['s'], tags: null },
  { ...sent, type: 'member.changed', mark: 'staff', ageAtLeast: 18, terms: '2026-03' },
]
const asked = { id: 'q', source: 'laurel' }
const staff = { ...asked, actor: 'key/1', reason: 'goodwill' }
const requests: RequestInput[] = [
  {
    ...asked,
    type: 'redemption.reserve',
    redemption: 'r',
    reward: 'ten',
    points: null,
    payable: null,
    session: null,
    lastsMs: 60_000,
  },
  {
    ...asked,
    type: 'redemption.reserve',
    redemption: 'r',
    reward: 'ten',
    points: 5,
    payable: 735,
    session: 'may',
    lastsMs: null,
    occurredAt: sent.occurredAt,
  },
  {
    ...asked,
    type: 'redemption.reserve',
    ...{ redemption: 'r', reward: 'ten', points: null, payable: null, session: null, lastsMs: null },
    paid: { pool: 'p', asset: 'points', amount: 5, parts: [{ priority: 0, lastDay: 'never', amount: 5 }] },
  },
  { ...asked, type: 'pool.asked', pool: 'p', asks: { type: 'found', plan: 'family', member: 'a' } },
  {
    ...{ ...asked, type: 'pool.told', pool: 'p', from: 'a' },
    tells: { type: 'put', parts: [{ priority: 0, lastDay: 7, amount: 5 }] },
  },
  { ...asked, type: 'redemption.confirm', redemption: 'r' },
  { ...asked, type: 'redemption.cancel', redemption: 'r', occurredAt: sent.occurredAt },
  { ...staff, type: 'points.adjusted', asset: 'points', amount: -5, occurredAt: sent.occurredAt },
  { ...staff, type: 'lots.extended', asset: 'points', lastDay: 1, newLastDay: 2, occurredAt: sent.occurredAt },
  {
    ...staff,
    type: 'lots.reinstated',
    asset: 'points',
    lastDay: 1,
    amount: 5,
    newLastDay: 2,
    occurredAt: sent.occurredAt,
  },
  { ...staff, type: 'tier.overridden', ladder: 'standing', level: null, endsOn: null, occurredAt: sent.occurredAt },
  { ...asked, type: 'referral.claim', advocate: 'a', signals: ['same-device'], recent: 2 },
  { ...asked, type: 'referral.qualified', from: 'f', terms: 1, round: 4 },
  { ...asked, type: 'referral.reversed', from: 'f', terms: 1, round: 5 },
  { ...staff, type: 'referral.suspected', signals: ['same-payment'] },
  { ...staff, type: 'referral.reviewed', approved: true },
  { ...staff, type: 'award.won', won: { draw: 'spring-trip' } },
  { ...staff, type: 'award.won', won: { leaderboard: 'sprint', window: 20_513, rank: 1 } },
  {
    ...staff,
    type: 'refund.accepted',
    name: 'shop/r1',
    refund: 'shop/r',
    waited: true,
    orderKey: null,
    amount: 5,
    occurredAt: sent.occurredAt,
  },
]

const events = [
  ...facts.map((fact) => {
    const parsed = parseEvent(fact)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    return parsed.event
  }),
  ...requests,
]

test('EVT-1: the content of every kind of event is its canonical text, hashed', () => {
  expect(new Set(events.map(({ type }) => type)).size).toBe(27)
  for (const event of events) {
    const { text, hash, fields } = contentOf(event)
    expect([event.type, text]).toEqual([event.type, canonicalText(fields)])
    expect(hash).toBe(createHash('sha256').update(text).digest('hex'))
  }
})

test('EVT-1: what is said otherwise hashes otherwise, the same moment in another offset does not', () => {
  const hashes = events.map((event) => contentOf(event).hash)
  expect(new Set(hashes).size).toBe(events.length)
  const elsewhere = parseEvent({ ...facts[10], occurredAt: '2026-03-14T08:26:53.500Z' })
  if (!elsewhere.ok) throw new Error('parsed')
  expect(contentOf(elsewhere.event).hash).toBe(hashes[10])
})

test('EVT-1: a fact that was kept is read back as the same event', () => {
  for (const event of events.slice(0, facts.length) as EventInput[]) {
    const { text } = contentOf(event)
    const again = sentEventOf(text, event.member)
    expect(again).toEqual(event)
    expect(contentOf(again).text).toBe(text)
  }
})

test('EVT-1 an order is the same order under whichever event id it is sent, and another fact at another moment', () => {
  const { fields } = contentOf(order('m', 'o', 500, 5))
  expect(orderTextOf(contentOf(order('m', 'o', 500, 5, 'another')).fields)).toBe(orderTextOf(fields))
  expect(orderTextOf(contentOf(order('m', 'o', 500, 9, 'another')).fields)).not.toBe(orderTextOf(fields))
  expect(orderTextOf(contentOf(order('m', 'o', 501, 5)).fields)).not.toBe(orderTextOf(fields))
})

test('an order’s record is stored without the content that its event brings, and read with it', () => {
  const content = contentOf(order('m', 'o', 500))
  const stamp = { at: 1, local: 1, placeLocal: 1, version: 1 }
  const event = eventOf(content.fields, stamp, {})
  if (event.type !== 'order.paid') throw new Error('an order')
  const { order: id, currency, rate, channel, place, tags, lines, discount, shipping, tip, payments } = event
  const whole = { order: id, currency, rate, channel, place, tags, lines, discount, shipping, tip, payments }
  const record = {
    key: 'shop/o',
    content: whole,
    local: 1,
    placeLocal: 1,
    version: 1,
    found: { away: null, tiers: [], segments: [], tags: [], room: [] },
    given: [],
    refunds: [],
    legs: [],
    deliveredOn: null,
    qualified: [],
    spend: null,
  }
  const other = { ...record, key: 'shop/other', content: { ...whole, lines: [...lines] } }
  const effects = [
    { type: 'order', key: 'shop/other', record: other },
    { type: 'order', key: 'shop/o', record },
  ] as const
  const text = effectsText(effects, event)
  expect(text.match(/"content":null/g)).toHaveLength(1)
  expect(effectsOf(text, content.text)).toEqual(effects)
  expect(recordIn(text, content.text, 'shop/o')).toEqual(record)
  expect(orderContentIn(JSON.parse(content.text))).toEqual(whole)
})
