import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A key as its owner holds it: `lrl_<id>_<secret>`. The id finds the row, the secret proves the owner. */
export interface Key {
  readonly id: string
  readonly secret: string
}

// 256 random bits: nobody guesses them, so one round of SHA-256 protects them as well as any slow hash would.
const secretBytes = 32
const keyPattern = /^lrl_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$/

export const newSecret = (): string => randomBytes(secretBytes).toString('base64url')

// 60 bits: keys are few, and two of one id are refused by the table.
export function newKeyId(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
  return Array.from(randomBytes(12), (byte) => letters[byte % letters.length]).join('')
}

export const textOfKey = ({ id, secret }: Key): string => `lrl_${id}_${secret}`

export function keyOf(text: string): Key | undefined {
  const [, id, secret] = keyPattern.exec(text) ?? []
  return id === undefined || secret === undefined ? undefined : { id, secret }
}

export const hashOfSecret = (secret: string): Buffer => hash('sha256', secret, 'buffer')

export const isSecretOf = (secret: string, secretHash: Buffer): boolean =>
  timingSafeEqual(hashOfSecret(secret), secretHash)
