import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { move } from './books.fixture.ts'
import { canonicalText } from './canonical.ts'
import {
  bucketRootOf,
  chainHash,
  chainStart,
  type DecisionEntry,
  linkHash,
  MerkleTree,
  programRootOf,
} from './chain.ts'

const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const entry: DecisionEntry = {
  seq: 1,
  event: { source: 'shop', id: '1', hash: 'ab'.repeat(32) },
  recordedAt: 1_774_958_400_000,
  engine: 1,
  because: null,
  effects: [move({ amount: 50 })],
}

test('LED-6 the chain begins with the hash of its owner', () => {
  const start = chainStart('glow-club', 'mem_anna')
  expect(start).toBe(sha256('{"chain":"laurel/1","member":"mem_anna","program":"glow-club"}').toString('hex'))
  expect(start).toBe('0ef78279c60863513c58a7144d528278a9f2c6a9a8a8b81351bf334aafbf0e07')
})

test('LED-6 a link is the hash of the link before it and of the canonical bytes of its decision', () => {
  const start = chainStart('glow-club', 'mem_anna')
  const bytes =
    '{"because":null,"effects":[{"amount":50,"asset":"points","cause":"shop/1","effective":0,"from":"issued",' +
    '"rule":"base","to":"active","type":"move","version":1}],"engine":1,"event":{"hash":"' +
    `${'ab'.repeat(32)}","id":"1","source":"shop"},"recordedAt":1774958400000,"seq":1}`
  const first = chainHash(start, entry)
  expect(first).toBe(sha256(Buffer.from(start, 'hex'), bytes).toString('hex'))
  expect(first).toBe('43dbfbb99ada2b48b8232c95a44652d95b1bfe344020ad9f31b233d1471a50e7')
  const second = { ...entry, seq: 2, event: null, because: 'till/late-7', effects: [] }
  expect(chainHash(first, second)).toBe('406629f889facc740aae27807b6a0e15306b8e1a386c8a0cf675c5e9efa1d0bf')
  const { effects, ...rest } = entry
  expect(linkHash(start, { ...rest, effectsText: canonicalText(effects) })).toEqual(first)
})

test('LED-6 a decision is hashed to its last byte, however long it is and in whatever script', () => {
  const start = chainStart('glow-club', 'mem_anna')
  for (const id of ['a'.repeat(50_000), 'é'.repeat(60_000), '語'.repeat(70_000)]) {
    for (const long of [
      { ...entry, event: { source: 'shop', id, hash: 'ab'.repeat(32) } },
      { ...entry, effects: [move({ cause: `shop/${id}` })] },
      { ...entry, because: `till/${id}` },
    ]) {
      expect(chainHash(start, long)).toBe(sha256(Buffer.from(start, 'hex'), canonicalText(long)).toString('hex'))
    }
  }
})

test('LED-6 every field of a decision counts, and nothing beside them does', () => {
  const start = chainStart('glow-club', 'mem_anna')
  const changes: readonly Partial<DecisionEntry>[] = [
    { seq: 2 },
    { event: null },
    { event: { source: 'till', id: '1', hash: 'ab'.repeat(32) } },
    { event: { source: 'shop', id: '2', hash: 'ab'.repeat(32) } },
    { event: { source: 'shop', id: '1', hash: 'cd'.repeat(32) } },
    { recordedAt: 1_774_958_400_001 },
    { engine: 2 },
    { because: 'till/late-7' },
    { effects: [] },
    { effects: [move({ amount: 51 })] },
  ]
  const hashes = changes.map((change) => chainHash(start, { ...entry, ...change }))
  expect(new Set([...hashes, chainHash(start, entry)]).size).toBe(changes.length + 1)
  expect(chainHash(chainStart('glow-club', 'mem_ben'), entry)).not.toBe(chainHash(start, entry))
  const wider = { ...entry, answer: 'text', event: { ...entry.event, note: 'text' } } as DecisionEntry
  expect(chainHash(start, wider)).toEqual(chainHash(start, entry))
})

/** RFC 6962, section 2.1, word for word: split at the largest power of two below the number of leaves. */
function rootByTheBook(leaves: readonly Uint8Array[]): Buffer {
  const [only] = leaves
  if (only === undefined) return sha256()
  if (leaves.length === 1) return sha256(Uint8Array.of(0), only)
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha256(Uint8Array.of(1), rootByTheBook(leaves.slice(0, split)), rootByTheBook(leaves.slice(split)))
}

const rootOf = (leaves: readonly Uint8Array[]): string => {
  const tree = new MerkleTree()
  for (const leaf of leaves) tree.add(leaf)
  return tree.root()
}

test('LED-7 the tree is that of RFC 6962: the roots that Certificate Transparency publishes for its eight leaves', () => {
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]
  const bytes = leaves.map((leaf) => Buffer.from(leaf, 'hex'))
  expect(roots.map((_, count) => rootOf(bytes.slice(0, count)))).toEqual(roots)
})

test('LED-7 a tree built leaf by leaf has the root that the definition gives', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 70, size: 'max' }), (leaves) => {
      expect(rootOf(leaves)).toBe(rootByTheBook(leaves).toString('hex'))
    }),
  )
})

test('LED-7 the roots of a bucket and of a day go by member and bucket, whatever order they come in', () => {
  const anna = { member: 'mem_anna', seq: 2, hash: sha256('a').toString('hex') }
  const ben = { member: 'mem_ben', seq: 1, hash: sha256('b').toString('hex') }
  const zoe = { member: 'mem_Zoe', seq: 5, hash: sha256('z').toString('hex') } // code units: upper case comes first
  const leaf = (head: typeof anna) => Buffer.from(`["${head.member}",${head.seq},"${head.hash}"]`)
  const root = bucketRootOf([ben, anna, zoe])
  for (const heads of [
    [anna, ben, zoe],
    [zoe, anna, ben],
    [zoe, ben, anna],
  ])
    expect(bucketRootOf(heads)).toEqual(root)
  expect(root).toBe(rootByTheBook([zoe, anna, ben].map(leaf)).toString('hex'))
  expect(root).toBe('30b7deca9261e644240e00ad974d626467ab4c1ec2d7d4d5fefaeaebb3a3a7fd')

  const day = { program: 'glow-club', day: '2026-03-31', cutAt: 1_775_001_600_000 }
  const other = bucketRootOf([{ ...anna, seq: 3 }])
  const leaves = [
    `["glow-club","2026-03-31",1775001600000,7,"${root}"]`,
    `["glow-club","2026-03-31",1775001600000,900,"${other}"]`,
  ].map((text) => Buffer.from(text))
  const whole = programRootOf(day, [
    { bucket: 900, root: other },
    { bucket: 7, root },
  ])
  expect(whole).toBe(rootByTheBook(leaves).toString('hex'))
  expect(whole).toBe('47f26da08d16e43cbc59ad410059d1c6ee44763acc5e974e410c1e6ecc4069c5')
})
