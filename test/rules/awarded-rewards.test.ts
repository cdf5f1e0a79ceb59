import { compileAccepted, compileProgram } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { line, on, paid, refund } from '../vectors/history-builder.ts'
import { timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, heldBy, live, ofType, replayed } from '../vectors/reading.ts'

const version = { version: 1, hash: '' }
const documentOf = (reward: string) => `laurel: 1
id: trees
name: { en: Trees }
zone: UTC
currency: EUR
inForce: { from: always }
unknownMembers: create
refunds: { shortfall: debt, limit: none }
assets: { stamps: { kind: stamps, pending: none, expires: never } }
earn: [{ id: stamp, on: order.paid, give: 1 stamps, per: order }]
cards: { two: { of: stamps, full: 2 stamps, give: { reward: treat }, repeat: yes } }
segments: { choir: {} }
charities: { forest: {} }
rewards: { treat: { ${reward} } }
`
const errorsIn = (text: string) =>
  compileProgram(text, version).findings.flatMap(({ severity, code }) => (severity === 'error' ? [code] : []))
const accepted = (reward: string) => {
  const { program } = compileAccepted(documentOf(reward), version)
  if (program === null) throw new Error('it cannot be read')
  return timelineOf(program)
}

const order = (id: string, day: number) => paid(id, on(`2026-03-0${day}T09:00`), [line('1', 1000)])
const orders = [order('o1', 1), order('o2', 2), order('o3', 3)]

describe('RED-8 a donation that is given is money for the charity', () => {
  const tree = 'kind: donation, charity: forest, value: 3.00 EUR'
  const timeline = accepted(tree)

  test('so much as it says, by double entry, under one receipt', () => {
    expect(errorsIn(documentOf(tree))).toEqual([])
    const { member } = live(timeline, orders)
    const effects = effectsOf(timeline, orders)
    expect(balanceOf(member, 'stamps').active).toBe(1)
    expect(heldBy('charity:forest', effects, 'EUR')).toBe(300)
    expect(heldBy('issued', effects, 'EUR')).toBe(-300)
    expect(ofType(effects, 'donated')).toEqual([
      { type: 'donated', receipt: 'card/two/1', charity: 'forest', asset: 'EUR', amount: 300, worth: 300 },
    ])
    expect(member.vouchers).toBeUndefined()
  })

  test('and comes back with the order that gave it', () => {
    const history = [order('o1', 1), order('o2', 2), refund('f', 'o2', on('2026-03-04'), 1000)]
    const effects = effectsOf(timeline, history)
    expect(heldBy('charity:forest', effects, 'EUR')).toBe(0)
    expect(balanceOf(live(timeline, history).member, 'stamps').active).toBe(1)
    expect(replayed(timeline, history).member).toEqual(live(timeline, history).member)
  })
})

describe('RED-8 what cannot be given is no award', () => {
  test.each([
    'kind: donation, charity: forest',
    'kind: pay-with-points, least: 2 stamps, step: 1 stamps, worth: { 1 stamps: 1.00 EUR }',
    'kind: experience, sessions: [{ id: may, starts: 2027-05-02T18:00, seats: 2 seats }]',
  ])('%s', (reward) => {
    expect(errorsIn(documentOf(reward))).toEqual(['award-gives-nothing'])
  })

  test('nor is a limit of whoever is given it', () => {
    const limits = ['for: { segment: [choir] }', `when: 'member.orders > 900'`, 'cap: { most: 1 times, each: ever }']
    for (const limit of [...limits, 'during: { from: 2030-01-01 }']) {
      const mug = `kind: product, sku: MUG, ${limit}`
      expect(errorsIn(documentOf(mug))).toEqual(['limit-not-of-awards'])
    }
    const door = 'kind: access, during: { from: 2030-01-01, through: 2030-01-07 }'
    expect(errorsIn(documentOf(door))).toEqual([])
  })

  test('a version that was published before lives on, and gives what it gave', () => {
    const none = accepted('kind: donation, charity: forest')
    expect(heldBy('charity:forest', effectsOf(none, orders), 'EUR')).toBe(0)
    const mug = accepted('kind: product, sku: MUG, during: { from: 2030-01-01 }')
    expect(live(mug, orders).member.vouchers).toMatchObject([{ reward: 'treat', status: 'open' }])
    expect(compileAccepted('laurel: 2', version).program).toBeNull()
  })
})
