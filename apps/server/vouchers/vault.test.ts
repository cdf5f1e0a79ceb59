import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createVault, lastFourOf, newCode, SECRET_BYTES } from './vault.ts'

const vault = createVault(randomBytes(SECRET_BYTES))

test('RED-5 codes have no look-alikes, and every letter is as likely as any other', () => {
  const codes = Array.from({ length: 4_000 }, newCode)
  expect(new Set(codes).size).toBe(codes.length)
  for (const code of codes) expect(code).toMatch(/^[ACDEFGHJKMNPRTVWXY34679]{4}(-[ACDEFGHJKMNPRTVWXY34679]{4}){2}$/)
  const counts = new Map<string, number>()
  for (const letter of codes.join('').replaceAll('-', '')) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  const expected = (codes.length * 12) / 23
  const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  // 22 degrees of freedom: fair letters go beyond 80 once in 10^8 runs; one letter of 25 that is left out would go to 2,000.
  expect(counts.size).toBe(23)
  expect(chiSquared).toBeLessThan(80)
})

test('RED-5 a code is found however it is typed, in its own program only, and with its own secret only', () => {
  const hash = vault.hash('club', 'ACDE-FGHJ-KMNP')
  expect(vault.hash('club', ' acde fghj-kmnp ')).toEqual(hash)
  expect(vault.hash('rival', 'ACDE-FGHJ-KMNP')).not.toEqual(hash)
  expect(createVault(randomBytes(SECRET_BYTES)).hash('club', 'ACDE-FGHJ-KMNP')).not.toEqual(hash)
  expect(lastFourOf('ACDE-FGHJ-KMNP')).toBe('KMNP')
})

test('RED-5 what is sealed opens with its own secret and program, and not after a bit was turned', () => {
  const sealed = vault.seal('club', 'Summer-25')
  expect(vault.unseal('club', sealed)).toBe('Summer-25')
  expect(sealed.includes('Summer-25')).toBe(false)
  expect(vault.seal('club', 'Summer-25')).not.toEqual(sealed)
  expect(() => vault.unseal('rival', sealed)).toThrow()
  expect(() => createVault(randomBytes(SECRET_BYTES)).unseal('club', sealed)).toThrow()
  const turned = Buffer.from(sealed)
  turned.writeUInt8(turned.readUInt8(14) ^ 1, 14)
  expect(() => vault.unseal('club', turned)).toThrow()
})
