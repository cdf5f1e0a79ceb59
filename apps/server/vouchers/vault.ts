import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomInt,
  sign,
  verify,
} from 'node:crypto'

/**
 * The secrets of codes (RED-5). A code is stored twice: as a keyed hash, which finds it and tells nothing to whoever has only the
 * database, and sealed, so that its owner can see it again. Both keys come from one secret that is kept outside of the database.
 */
export interface Vault {
  /** How a code is found, whatever case, spaces and hyphens it is typed with. */
  hash(program: string, code: string): Buffer
  seal(program: string, code: string): Buffer
  unseal(program: string, sealed: Buffer): string
  /** With which a member sends others: the same each time, another with each attempt. */
  referralCode(program: string, member: string, attempt: number): string
  /** What others can check and nobody else can make: ECDSA with P-256 and SHA-256, r and s beside each other. */
  sign(text: string): Buffer
  isSigned(text: string, signature: Buffer): boolean
  /** With which that is checked: a point of P-256, as 65 bytes. */
  publicKey(): Buffer
  /** What cookies and codes of staff are signed and sealed with. */
  readonly signInSecret: string
}

export const SECRET_BYTES = 32
const NONCE_BYTES = 12 // as GCM wants it; random ones do not meet before 2^32 codes
const TAG_BYTES = 16

const keyOf = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `laurel codes: ${purpose}`, SECRET_BYTES))

/** By which all servers of one database know that they have the same secret; it tells nothing of it. */
export const fingerprintOf = (secret: Buffer): Buffer => keyOf(secret, 'fingerprint').subarray(0, 16)

export function createVault(secret: Buffer): Vault {
  const keyFor = (purpose: string): Buffer => keyOf(secret, purpose)
  const hashKey = keyFor('hash')
  const sealKey = keyFor('seal')
  const referralKey = keyFor('referral')
  const signing = signingKeyOf((attempt) => keyFor(`sign ${attempt}`))
  return {
    publicKey: () => signing.publicKey,
    isSigned: (text, signature) =>
      verify('sha256', Buffer.from(text), { key: signing.checking, dsaEncoding: 'ieee-p1363' }, signature),
    sign: (text) => sign('sha256', Buffer.from(text), { key: signing.privateKey, dsaEncoding: 'ieee-p1363' }),
    signInSecret: keyFor('sign-in').toString('base64url'),
    hash: (program, code) =>
      createHmac('sha256', hashKey)
        .update(`${program}\0${bare(code)}`)
        .digest(),
    seal(program, code) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(program))
      return Buffer.concat([nonce, cipher.update(code, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    unseal(program, sealed) {
      const nonce = sealed.subarray(0, NONCE_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(program))
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
      return decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    },
    referralCode(program, member, attempt) {
      const bytes = createHmac('sha512', referralKey).update(`${program}\0${member}\0${attempt}`).digest()
      // A byte beyond the last whole round of letters would favour the first ones: eight of 64 are always left.
      const fair = [...bytes].filter((byte) => byte < LETTERS.length * Math.floor(256 / LETTERS.length))
      const letters = fair.slice(0, REFERRAL_LETTERS).map((byte) => LETTERS[byte % LETTERS.length] ?? '')
      return letters.join('')
    },
  }
}

/** A key of P-256 that is made of the secret: all servers of one database have the same. */
function signingKeyOf(bytesOf: (attempt: number) => Buffer): {
  readonly privateKey: KeyObject
  readonly checking: KeyObject
  readonly publicKey: Buffer
} {
  for (let attempt = 0; ; attempt++) {
    const bytes = bytesOf(attempt)
    const point = createECDH('prime256v1')
    try {
      point.setPrivateKey(bytes)
    } catch {
      // Beyond the order of the curve, once in 2^32 secrets.
      continue
    }
    const publicKey = point.getPublicKey()
    const jwk = pointOf(publicKey)
    return {
      privateKey: createPrivateKey({ key: { ...jwk, d: bytes.toString('base64url') }, format: 'jwk' }),
      checking: createPublicKey({ key: jwk, format: 'jwk' }),
      publicKey,
    }
  }
}

/** Of 65 bytes, as keys are told in JSON (RFC 7518). */
export const pointOf = (publicKey: Buffer) => ({
  ...{ kty: 'EC', crv: 'P-256' },
  x: publicKey.subarray(1, 33).toString('base64url'),
  y: publicKey.subarray(33).toString('base64url'),
})

/** Public, and typed by hand now and then: 23^8 is 2^36, and two that meet are told apart by the next attempt. */
const REFERRAL_LETTERS = 8

/** What counts of a code: people add spaces and hyphens and forget about case. */
export const bare = (code: string): string => code.replaceAll(/[\s-]/g, '').toUpperCase()

export const lastFourOf = (code: string): string => bare(code).slice(-4)

/** Nothing that is taken for something else: no B and 8, I, L and 1, O, Q and 0, S and 5, U and V, Z and 2. */
const LETTERS = 'ACDEFGHJKMNPRTVWXY34679'
/**
 * 23^12 is 2^54. With a million million codes out, one guess in twenty thousand would hit; a key has thirty wrong guesses a
 * minute. With a million codes out it is one in twenty thousand million.
 */
const CODE_LETTERS = 12
const GROUP_LETTERS = 4

/** `ACDE-FGHJ-KMNP`: every letter equally likely. */
export function newCode(): string {
  const letters = Array.from({ length: CODE_LETTERS }, () => LETTERS[randomInt(LETTERS.length)] ?? '')
  const groups = Array.from({ length: CODE_LETTERS / GROUP_LETTERS }, (_, index) =>
    letters.slice(index * GROUP_LETTERS, (index + 1) * GROUP_LETTERS).join(''),
  )
  return groups.join('-')
}
