import { createHash } from 'node:crypto'
import { BUCKETS } from '@laurel/ledger'
import { expect, test } from 'vitest'
import { chanceOf, effectKeyOf, identityOf } from './identity.ts'

test('EXP-1 the number of a member is pinned for ever: whoever was held out stays so', () => {
  expect(chanceOf('club', 'anna')).toBe(3_579_331_503)
  const halves = Array.from({ length: 20_000 }, (_, i) => chanceOf('club', `m${i}`) < 2 ** 31)
  expect(Math.abs(halves.filter((below) => below).length / halves.length - 0.5)).toBeLessThan(0.015)
})

test('EVT-1: an identity is half a SHA-256 of program, kind and id, in a bucket of its own', () => {
  const { bucket, name } = identityOf('glow-club', 'event', 'web/1001')
  const whole = createHash('sha256').update('glow-club\0event\0web/1001').digest('hex')
  expect(name).toBe(whole.slice(0, 32))
  expect(bucket).toBe(Number.parseInt(whole.slice(0, 4), 16) % BUCKETS)
  const others = [
    identityOf('glow-club', 'order', 'web/1001'),
    identityOf('other', 'event', 'web/1001'),
    identityOf('glow-club', 'event', 'web/1002'),
  ]
  expect(new Set([name, ...others.map((each) => each.name)]).size).toBe(4)
})

test('LED-5: an effect’s key is as long as a uuid, and another one for another cause, rule, pair or revision', () => {
  const cause = 'web/1'
  const ids = [
    '/base/points:issued>active/0',
    '/base/points:issued>active/1',
    '/bas/points:issued>active/0',
    '/base/points:active>issued/0',
  ]
  const keys = ids.map((rest) => effectKeyOf(cause, cause + rest).toString('hex'))
  expect(keys[0]).toBe('1f01da379edacba3faf6af89e4d9cf6f')
  expect(new Set([...keys, effectKeyOf('web/2', `web/2${ids[0]}`).toString('hex')]).size).toBe(5)
  const many = new Set<string>()
  for (let revision = 0; revision < 100_000; revision++)
    many.add(effectKeyOf(cause, `${cause}/r${revision % 97}/${revision}`).toString('hex'))
  expect(many.size).toBe(100_000)
})
