import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Act, bookOf, exportOf, move, START, someActs } from './books.fixture.ts'
import { chainHash } from './chain.ts'
import type { HeaderRecord, PublishedRoot } from './export.ts'
import { BooksCheck, verifyBooks } from './verify-books.ts'

const parsed = (lines: readonly string[]): unknown[] => lines.map((line) => JSON.parse(line))
const cut = START + 4 * 3_600_000

const act = (name: Act['act'], amount: number, asset: Act['asset'] = 'points'): Act => ({ act: name, asset, amount })
const anna = bookOf('mem_anna', [
  act('earn', 50),
  act('burn', 30),
  act('confirm', 30),
  act('take-back', 50),
  act('wait', 70, 'stamps'),
  act('late', 40),
  act('activate', 70, 'stamps'),
])
const ben = bookOf('mem_ben', [act('earn', 10), act('lapse', 5)])
const cleo = bookOf('mem_cleo', [act('adjust', 8)])
const books = exportOf([anna, ben, cleo], [cut, cut + 86_400_000])

test('LED-6 books that nobody touched are clean, and what was checked is counted', () => {
  const report = verifyBooks(parsed(books))
  expect(report.disagreements).toEqual([])
  expect(report).toMatchObject({ clean: true, disagreementsLeftOut: 0 })
  expect(report.checked).toEqual({ members: 3, decisions: 10, transfers: 13, closings: 2 })
})

test('LED-6 books whose sums are beyond 2^53 - 1 are written, clean, and off by one are not', () => {
  const most = Number.MAX_SAFE_INTEGER
  const rich = ['mem_a', 'mem_b', 'mem_c'].map((member) => bookOf(member, [act('adjust', most)]))
  const lines = exportOf(rich, [cut])
  const sum = '27021597764222973'
  const points = { asset: 'points' }
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    totals: [
      { ...points, account: 'active', position: sum },
      { ...points, account: 'adjusted', position: `-${sum}` },
    ],
  })
  expect(verifyBooks(parsed(lines))).toMatchObject({ clean: true, disagreements: [] })
  const saying = (position: string) =>
    verifyBooks(parsed(lines.map((line) => line.replace(`"${sum}"`, position)))).disagreements
  expect(saying('"27021597764222972"')).toMatchObject([
    { code: 'totals', entry: 'points:active', message: `the footer says 27021597764222972, the books ${sum}` },
  ])
  expect(saying(sum)).toMatchObject([{ code: 'malformed' }, { code: 'cut-off' }])
})

test('LED-6 random books are clean, corrections included', () => {
  fc.assert(
    fc.property(fc.array(someActs, { maxLength: 4 }), (stories) => {
      const all = stories.map((story, index) => bookOf(`mem_${index}`, story))
      expect(verifyBooks(parsed(exportOf(all, [cut]))).disagreements).toEqual([])
    }),
    { numRuns: 200 },
  )
})

/** Every value in the export, at every depth, by path. */
function leavesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return entries.length === 0 ? [path] : entries.flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}

function changedAt(value: unknown, path: readonly (string | number)[]): unknown {
  const [key, ...rest] = path
  if (key === undefined) return otherThan(value)
  if (Array.isArray(value)) return value.map((inner, index) => (index === key ? changedAt(inner, rest) : inner))
  const record = value as Record<string, unknown>
  return { ...record, [key]: changedAt(record[key], rest) }
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'string')
    return /^[0-9a-f]{64}$/.test(value) ? value.replace(/^./, (c) => (c === '0' ? '1' : '0')) : `${value}x`
  if (value === null) return 'something'
  return ['something'] // an empty list
}

/** Facts about the export itself, which nothing in it can contradict. */
const free = (record: unknown, path: readonly (string | number)[]): boolean =>
  (record as { type: string }).type === 'header' && path[0] === 'exportedAt'

test('LED-6 whichever single value of an export is changed, verify finds it', () => {
  const records = parsed(books)
  let tried = 0
  for (const [index, record] of records.entries()) {
    for (const path of leavesOf(record)) {
      if (free(record, path)) continue
      tried += 1
      const forged = records.with(index, changedAt(record, path))
      expect(verifyBooks(forged).clean, `line ${index + 1}: ${path.join('.')}`).toBe(false)
    }
  }
  expect(tried).toBeGreaterThan(400)
})

test('LED-6 whichever line is left out, doubled or swapped with the next, verify finds it', () => {
  const records = parsed(books)
  for (const index of records.keys()) {
    const place = `line ${index + 1}`
    expect(verifyBooks(records.toSpliced(index, 1)).clean, `${place} left out`).toBe(false)
    expect(verifyBooks(records.toSpliced(index, 0, records[index])).clean, `${place} doubled`).toBe(false)
    if (index + 1 === records.length) continue
    expect(verifyBooks(records.toSpliced(index, 2, records[index + 1], records[index])).clean, `${place} swapped`).toBe(
      false,
    )
  }
})

test('LED-6 a member stands in the bucket of its id, whatever else of the books agrees', () => {
  const bare = exportOf([anna, ben, cleo], [])
  const moved = bare.map((line) => line.replace(`"bucket":${cleo.bucket}`, `"bucket":${cleo.bucket + 1}`))
  expect(verifyBooks(parsed(bare)).clean).toBe(true)
  expect(verifyBooks(parsed(moved)).disagreements).toMatchObject([
    { code: 'out-of-place', member: 'mem_cleo', message: `its bucket is ${cleo.bucket + 1}, by its id ${cleo.bucket}` },
  ])
})

test('LED-6 a line that could not be read is named with what is wrong with it', () => {
  const check = new BooksCheck()
  for (const [index, record] of parsed(books).entries()) {
    if (index === 3) check.refuse('/amount is said more than once')
    check.read(record)
  }
  expect(check.finish().disagreements).toMatchObject([
    { code: 'malformed', member: 'mem_anna', entry: 'line 4', message: '/amount is said more than once' },
  ])
})

test('LED-6 verify names the first entry of each member that disagrees, and judges the others all the same', () => {
  const forged = books
    .map((line) => line.replace('"amount":50,"asset":"points","because"', '"amount":51,"asset":"points","because"'))
    .map((line) => (line.includes('"amount":8,') ? line.replace('"type":"lot"', '"type":"lots"') : line))
  expect(verifyBooks(parsed(forged)).disagreements.map(({ member, code, entry }) => [member, code, entry])).toEqual([
    ['mem_anna', 'transfer', 'shop/1/base/points:issued>active/0'],
    ['mem_cleo', 'chain', 'decision 1'],
    [null, 'totals', 'points:active'],
    [null, 'totals', 'points:issued'],
  ])
})

test('LED-7 a history forged with all its hashes, postings and state shows in the roots that have left the house', () => {
  const forged = bookOf('mem_ben', [act('earn', 1_000), act('lapse', 5)])
  const whole = exportOf([anna, forged, cleo], [cut])
  const honest = exportOf([anna, ben, cleo], [cut])
  expect(verifyBooks(parsed(whole)).clean).toBe(true)
  const published = [honest[0] ?? '', ...whole.slice(1)]
  const disagreements = verifyBooks(parsed(published)).disagreements
  expect(disagreements.map((disagreement) => [disagreement.code, disagreement.entry])).toEqual([
    ['root', `root 2026-03-31 bucket ${ben.bucket}`],
    ['root', 'root 2026-03-31'],
  ])
})

test('LED-7 roots that were published are compared with the chains, of these books only, and name the day that disagrees', () => {
  const whole = exportOf([anna, ben, cleo], [cut, cut + 86_400_000])
  const header: HeaderRecord = JSON.parse(whole[0] ?? '')
  const published = header.closings.map(({ day, cutAt, root }) => ({
    program: header.program,
    day,
    cutAt,
    root,
    members: 3,
  }))
  const bare = [JSON.stringify({ ...header, closings: [] }), ...whole.slice(1)]
  const check = (lines: readonly string[], roots: readonly PublishedRoot[]) => {
    const books = new BooksCheck(roots)
    for (const line of lines) books.read(JSON.parse(line))
    return books.finish()
  }
  const clean = check(bare, [
    ...published,
    { program: 'other', day: '2026-03-31', cutAt: 0, root: '00'.repeat(32), members: 0 },
  ])
  expect(clean).toMatchObject({ clean: true, checked: { closings: 2 } })
  const forged = exportOf([anna, bookOf('mem_ben', [act('earn', 1_000), act('lapse', 5)]), cleo], [])
  expect(check(forged, published).disagreements.map(({ code, entry }) => [code, entry])).toEqual([
    ['root', 'published root 2026-03-31'],
    ['root', 'published root 2026-04-01'],
  ])
  const [first, second] = published
  if (first === undefined || second === undefined) throw new Error('two days were closed')
  expect(check(bare, [first, { ...second, root: '00'.repeat(32), members: 0 }]).disagreements).toMatchObject([
    { entry: 'published root 2026-04-01', message: `is ${'00'.repeat(32)}, by the chains ${second.root}` },
  ])
})

test('LED-7 closed days are checked in whatever order the books name them', () => {
  const cuts = [cut + 86_400_000, cut]
  expect(verifyBooks(parsed(exportOf([anna, ben, cleo], cuts))).disagreements).toEqual([])
})

const forgedLots = (change: number) => {
  const book = bookOf('mem_dora', [act('earn', 20)], (effects) =>
    effects.map((effect) => (effect.type === 'lot' ? { ...effect, change } : effect)),
  )
  return verifyBooks(parsed(exportOf([book]))).disagreements
}

test('LED-4 lots that do not sum to what is active are found, though every hash fits', () => {
  expect(forgedLots(20)).toEqual([])
  expect(forgedLots(19)).toMatchObject([
    { code: 'lots', entry: 'decision 1', message: 'lots of points hold 19, active is 20' },
  ])
  expect(forgedLots(-20)).toMatchObject([{ code: 'lots', message: 'lot points/0/20600 would hold -20' }])
})

test('LED-4 points without any lot are found, and lots without any points', () => {
  const messages = (type: 'lot' | 'move') => {
    const book = bookOf('mem_dora', [act('earn', 20)], (effects) => effects.filter((effect) => effect.type !== type))
    return verifyBooks(parsed(exportOf([book]))).disagreements.flatMap(({ member, message }) =>
      member === null ? [] : [message],
    )
  }
  expect(messages('lot')).toEqual(['lots of points hold 0, active is 20'])
  expect(messages('move')).toEqual(['lots of points hold 20, active is 0'])
})

test('LED-3 a decision that takes what is not there is found, though every hash fits', () => {
  const book = bookOf('mem_dora', [act('earn', 20)], (effects) => [
    ...effects,
    move({ from: 'active', to: 'redeemed', amount: 21, rule: 'any' }),
  ])
  expect(verifyBooks(parsed(exportOf([book]))).disagreements).toMatchObject([
    {
      code: 'posting',
      member: 'mem_dora',
      entry: 'decision 1',
      message: 'shop/1/any/points:active>redeemed: active would stand at -1',
    },
  ])
})

test('LED-8 a chain whose times run back is found, though every hash fits: a closed period never changes', () => {
  const book = bookOf('mem_dora', [act('earn', 20), act('earn', 30)])
  const [first, second] = book.decisions
  if (!first || !second) throw new Error('two decisions are made above')
  const recordedAfter = (ms: number) => {
    const entry = { ...second.entry, recordedAt: first.entry.recordedAt + ms }
    const head = chainHash(first.hash, entry)
    const forged = { ...book, head, decisions: [first, { ...second, entry, hash: head }] }
    return verifyBooks(parsed(exportOf([forged]))).disagreements
  }
  expect(recordedAfter(-1)).toMatchObject([
    {
      ...{ code: 'time-runs-back', entry: 'decision 2', member: 'mem_dora' },
      message: 'it was recorded before the one that it follows',
    },
  ])
  expect(recordedAfter(0)).toEqual([])
})

test('LED-6 text that is no record is a disagreement, not a crash', () => {
  const strange = [
    'no json',
    null,
    3,
    [],
    {},
    { type: 'unknown' },
    { type: 'decision' },
    { type: 'header', format: 'x' },
  ]
  for (const record of strange) {
    const report = verifyBooks([...parsed(books).slice(0, 3), record, ...parsed(books).slice(3)])
    expect(report.disagreements[0]).toMatchObject({ code: 'malformed', entry: 'line 4' })
  }
  expect(verifyBooks([]).disagreements).toMatchObject([{ code: 'cut-off', entry: 'footer' }])
  const endless = parsed(books).map((record) => ({ ...(record as object), ...{ recordedAt: 1e300 } }))
  expect(verifyBooks(endless).clean).toBe(false)
})
