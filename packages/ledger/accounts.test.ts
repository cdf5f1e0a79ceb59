import { readFileSync } from 'node:fs'
import type { Account } from '@laurel/engine'
import { expect, test } from 'vitest'
import {
  type AccountKind,
  CHART,
  isAccount,
  isLegal,
  MAY_MOVE,
  moved,
  NOTHING,
  TERM_SIGNS,
  termsOf,
} from './accounts.ts'

const kinds = Object.keys(CHART) as AccountKind[]
/** One of each kind. */
const accountOf = (kind: AccountKind): Account =>
  kind === 'charity' || kind === 'partner' ? `${kind}:green-city` : kind
const ways = kinds.flatMap((from) => MAY_MOVE[from].map((to) => [from, to] as const))
const pairs = ways.map(([from, to]) => [accountOf(from), accountOf(to)] as const)
const inside = new Set<Account>(['pending', 'active', 'held', 'debt', 'transit'])

test('LED-1 the chart has four accounts of the member, seven of the program, and one for each charity and partner', () => {
  expect(kinds.filter((name) => CHART[name].of === 'member')).toEqual(['pending', 'active', 'held', 'debt'])
  expect(kinds.filter((name) => CHART[name].of === 'program')).toEqual([
    'issued',
    'redeemed',
    'expired',
    'forfeited',
    'adjusted',
    'opening',
    'transit',
    'charity',
    'partner',
  ])
  expect(isAccount('issued')).toBe(true)
  expect(isAccount('toString')).toBe(false)
  expect(isAccount('charity:green-city')).toBe(true)
  expect(isAccount('charity')).toBe(false)
  expect(isAccount('charity:')).toBe(false)
  expect(isAccount('lottery:green-city')).toBe(false)
  expect(isAccount(null)).toBe(false)
  expect(isAccount(['issued'])).toBe(false)
})

test('LED-1 the side on which each account grows', () => {
  const growing = (side: 'to' | 'from') => kinds.filter((name) => CHART[name].grows === side)
  expect(growing('from')).toEqual(['debt', 'issued', 'adjusted', 'opening'])
  expect(growing('to')).toEqual([
    'pending',
    'active',
    'held',
    'redeemed',
    'expired',
    'forfeited',
    'transit',
    'charity',
    'partner',
  ])
})

test('LED-1 what arrives in an account of the member makes it grow, and debt grows by what leaves it', () => {
  expect(moved(NOTHING, 'issued', 'pending', 5)).toEqual({ pending: 5, active: 0, held: 0, debt: 0 })
  expect(moved({ pending: 9, active: 9, held: 9, debt: 0 }, 'active', 'held', 4)).toEqual({
    pending: 9,
    active: 5,
    held: 13,
    debt: 0,
  })
  expect(moved(NOTHING, 'debt', 'issued', 5)).toEqual({ pending: 0, active: 0, held: 0, debt: 5 })
  expect(moved({ ...NOTHING, active: 7, debt: 5 }, 'active', 'debt', 5)).toEqual({ ...NOTHING, active: 2 })
})

test('LED-1 amounts move along known ways only, and a correction may go back along them', () => {
  for (const from of kinds) {
    for (const to of kinds) {
      const known = MAY_MOVE[from].includes(to)
      expect(isLegal(accountOf(from), accountOf(to), false)).toBe(known)
      expect(isLegal(accountOf(from), accountOf(to), true)).toBe(known || MAY_MOVE[to].includes(from))
    }
    expect(MAY_MOVE[from]).not.toContain(from)
  }
  expect(isLegal('issued', 'redeemed', true)).toBe(false)
  expect(isLegal('active', 'pending', false)).toBe(false)
})

test('FIN-1 each legal pair of accounts changes the closing balance by exactly the terms it counts in', () => {
  for (const [from, to] of pairs) {
    const terms = termsOf(from, to)
    const byTerms = terms.reduce((sum, { term, sign }) => sum + sign * TERM_SIGNS[term], 0)
    expect(byTerms, `${from} to ${to}`).toBe((inside.has(to) ? 1 : 0) - (inside.has(from) ? 1 : 0))
    const crossings = [from, to].filter((account) => !inside.has(account)).length
    expect(terms, `${from} to ${to}`).toHaveLength(crossings)
  }
})

test('FIN-1 the terms by their pairs of accounts', () => {
  const named = (from: Account, to: Account) => termsOf(from, to).map(({ term, sign }) => [term, sign])
  expect(named('issued', 'pending')).toEqual([['earned', 1]])
  expect(named('active', 'issued')).toEqual([['clawedBack', 1]])
  expect(named('debt', 'issued')).toEqual([['clawedBack', 1]])
  expect(named('expired', 'issued')).toEqual([
    ['reinstated', 1],
    ['clawedBack', 1],
  ])
  expect(named('adjusted', 'issued')).toEqual([
    ['adjusted', 1],
    ['clawedBack', 1],
  ])
  expect(named('redeemed', 'active')).toEqual([['returned', 1]])
  expect(named('held', 'redeemed')).toEqual([['redeemed', 1]])
  expect(named('active', 'expired')).toEqual([['expired', 1]])
  expect(named('expired', 'active')).toEqual([['reinstated', 1]])
  expect(named('active', 'forfeited')).toEqual([['forfeited', 1]])
  expect(named('forfeited', 'issued')).toEqual([
    ['forfeited', -1],
    ['clawedBack', 1],
  ])
  expect(named('adjusted', 'debt')).toEqual([['adjusted', 1]])
  expect(named('active', 'adjusted')).toEqual([['adjusted', -1]])
  expect(named('opening', 'active')).toEqual([['imported', 1]])
  expect(named('active', 'transit')).toEqual([])
  expect(named('active', 'debt')).toEqual([])
})

/** `from` -> `to`, sorted, of the table under "Accounts and terms". */
function waysOfSpecification(): string[] {
  const text = readFileSync(new URL('SPEC.md', import.meta.url), 'utf8')
  const table = text.slice(text.indexOf('| from | to |'), text.indexOf('A correction may move'))
  const names = (cell = '') => [...cell.matchAll(/`([a-z]+)`/g)].map(([, name]) => name)
  return table
    .split('\n')
    .flatMap((row) => {
      const [, from, to] = row.split('|')
      return names(from).flatMap((left) => names(to).map((right) => `${left} -> ${right}`))
    })
    .sort()
}

test('LED-1 the table of SPEC.md lists the ways along which amounts move, and no others', () => {
  expect(waysOfSpecification()).toEqual(ways.map(([from, to]) => `${from} -> ${to}`).sort())
})
