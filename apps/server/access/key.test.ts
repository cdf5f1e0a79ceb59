import { expect, test } from 'vitest'
import { hashOfSecret, isSecretOf, keyOf, newKeyId, newSecret, textOfKey } from './key.ts'

test('a key is read as it was written', () => {
  for (let i = 0; i < 100; i++) {
    const key = { id: newKeyId(), secret: newSecret() }
    expect(keyOf(textOfKey(key))).toEqual(key)
  }
})

test('only its own secret opens it', () => {
  const secret = newSecret()
  expect(isSecretOf(secret, hashOfSecret(secret))).toBe(true)
  expect(isSecretOf(newSecret(), hashOfSecret(secret))).toBe(false)
})

test.each([
  '',
  'lrl_',
  'lrl_abcdefghijkm_short',
  'Bearer x',
  `xrl_abcdefghijkm_${'a'.repeat(43)}`,
  `lrl_ABCDEFGHIJKM_${'a'.repeat(43)}`,
])('%j is no key', (text) => {
  expect(keyOf(text)).toBe(undefined)
})
