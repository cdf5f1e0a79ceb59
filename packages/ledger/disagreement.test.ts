import { expect, test } from 'vitest'
import { type Act, bookOf, exportOf, PROGRAM, START } from './books.fixture.ts'
import { chainStart } from './chain.ts'
import type { LotRow } from './export.ts'
import { verifyBooks } from './verify-books.ts'

const act = (name: Act['act'], amount: number): Act => ({ act: name, asset: 'points', amount })
const ann = bookOf('mem_ann', [act('earn', 20), act('burn', 5)])
const ben = bookOf('mem_ben', [act('earn', 30)])
const cut = START + 90 * 60_000 // after the first decision of each

type Lines = { readonly type: string; readonly [key: string]: unknown }[]
const books = (): Lines => exportOf([ann, ben], [cut]).map((line) => JSON.parse(line))

//  0 header  1 member ann  2 decision 1  3 transfer  4 decision 2  5 transfer  6 state  7 member ben  8 decision  9 transfer
// 10 state  11 footer
const change = (index: number, fields: object) => (lines: Lines) =>
  lines.map((line, at) => (at === index ? { ...line, ...fields } : line))
const drop =
  (index: number, count = 1) =>
  (lines: Lines) =>
    lines.toSpliced(index, count)
const field = (index: number, name: string) => books()[index]?.[name]

const decision2 = 'shop/2/reserve/points:active>held/0'
const zero = '0'.repeat(64)
const empty = chainStart(PROGRAM, 'mem_ben')

type Forgery = readonly [what: string, forge: (lines: Lines) => Lines, disagreements: readonly unknown[]]
const forgeries: readonly Forgery[] = [
  ['a decision is missing', drop(2, 2), [['seq', 'mem_ann', 'decision 2', 'follows decision 0'], 'totals', 'root']],
  [
    'a transfer is missing',
    drop(3),
    [['transfer', 'mem_ann', 'shop/1/base/points:issued>active/0', 'the effects post it, the books lack it'], 'totals'],
  ],
  [
    'the last transfer is missing',
    drop(5),
    [['transfer', 'mem_ann', decision2, 'the effects post it, the books lack it'], 'totals'],
  ],
  [
    'a transfer has another amount',
    change(5, { amount: 6 }),
    [
      ['transfer', 'mem_ann', decision2, 'amount is 6, by the effects 5'],
      ['totals', null, 'points:active', 'the footer says 45, the books 44'],
      ['totals', null, 'points:held', 'the footer says 5, the books 6'],
    ],
  ],
  [
    'a transfer has another id',
    change(5, { effectId: 'x' }),
    [['transfer', 'mem_ann', decision2, `effectId is "x", by the effects "${decision2}"`]],
  ],
  [
    'a transfer says more',
    (lines) => lines.toSpliced(6, 0, { ...books()[5], effectId: 'x' } as never),
    [['transfer', 'mem_ann', 'x', 'decision 2 has no effect that posts it'], 'totals'],
  ],
  [
    'an event is another',
    change(8, { content: { type: 'earn', id: '2' } }),
    [
      [
        'content',
        'mem_ben',
        'decision 1',
        expect.stringMatching(/^hashes to [0-9a-f]{64}, the chain says [0-9a-f]{64}$/),
      ],
    ],
  ],
  [
    'an event stands where time passed',
    change(8, { event: null }),
    [['content', 'mem_ben', 'decision 1', expect.stringMatching(/the chain says nothing$/)]],
  ],
  [
    'a decision has another hash',
    change(8, { hash: zero }),
    [['chain', 'mem_ben', 'decision 1', `hashes to ${field(8, 'hash')}, stored is ${zero}`], 'root'],
  ],
  [
    'a member ends without its state',
    drop(6),
    [['cut-off', 'mem_ann', 'state', 'the member has no closing state'], 'root'],
  ],
  [
    'the last member ends without its state',
    drop(10),
    [['cut-off', 'mem_ben', 'state', 'the member has no closing state'], 'root'],
  ],
  [
    'the last member ends without its state, which is said before what the footer says',
    (lines) => drop(10)(change(11, { members: 3 })(lines)),
    [
      ['cut-off', 'mem_ben', 'state', 'the member has no closing state'],
      ['totals', null, 'members', 'the footer says 3, the books 2'],
      'root',
    ],
  ],
  [
    'a member disagrees twice, the first time alone',
    (lines) => drop(10)(change(8, { hash: zero })(lines)),
    [['chain', 'mem_ben', 'decision 1', `hashes to ${field(8, 'hash')}, stored is ${zero}`], 'root'],
  ],
  [
    'the file ends within a member',
    drop(10, 2),
    [
      ['cut-off', 'mem_ben', 'state', 'the member has no closing state'],
      ['cut-off', null, 'footer', 'the books end without a footer'],
      'root',
    ],
  ],
  [
    'the file ends between members',
    drop(7, 5),
    [['cut-off', null, 'footer', 'the books end without a footer'], 'root'],
  ],
  [
    'members are out of order',
    (lines) => [...lines.slice(0, 1), ...lines.slice(7, 11), ...lines.slice(1, 7), ...lines.slice(11)],
    [['out-of-place', 'mem_ann', 'line 6', 'members come in order of bucket and id, each once']],
  ],
  [
    'buckets run back, though the ids of their members do not',
    change(7, { bucket: 0 }),
    [['out-of-place', 'mem_ben', 'line 8', 'members come in order of bucket and id, each once'], 'root'],
  ],
  [
    'a member comes twice',
    (lines) => [...lines.slice(0, 7), ...lines.slice(1, 7), ...lines.slice(7)],
    [['out-of-place', 'mem_ann', 'line 8', 'members come in order of bucket and id, each once'], 'totals', 'root'],
  ],
  [
    'a header stands in the middle',
    (lines) => lines.toSpliced(7, 0, books()[0] as never),
    [['out-of-place', null, 'line 8', 'a header stands only at the start']],
  ],
  [
    'there is no header',
    (lines) => lines.slice(10),
    [
      ['out-of-place', null, 'line 1', 'the books begin with a header'],
      ['out-of-place', null, 'line 2', 'the books begin with a header'],
      'cut-off',
    ],
  ],
  [
    'a transfer stands outside a member',
    (lines) => lines.toSpliced(7, 0, books()[3] as never),
    [['out-of-place', null, 'line 8', 'it stands outside a member'], 'totals'],
  ],
  [
    'a state stands outside a member',
    (lines) => lines.toSpliced(7, 0, books()[6] as never),
    [['out-of-place', null, 'line 8', 'it stands outside a member']],
  ],
  [
    'something follows the footer',
    (lines) => [...lines, books()[1] as never],
    [['out-of-place', null, 'line 13', 'something follows the footer']],
  ],
  [
    'the state counts another decision',
    change(10, { seq: 2 }),
    [['state', 'mem_ben', 'seq', 'is 2, by the decisions 1']],
  ],
  [
    'the state has another head',
    change(10, { hash: empty }),
    [['state', 'mem_ben', 'hash', `is ${empty}, by the decisions ${field(8, 'hash')}`]],
  ],
  [
    'the state counts another transfer',
    change(10, { transferCount: 0 }),
    [['state', 'mem_ben', 'transferCount', 'is 0, by the decisions 1']],
  ],
  [
    'a balance is another',
    change(10, { balances: [{ asset: 'points', pending: 0, active: 31, held: 0, debt: 0 }] }),
    [
      [
        'state',
        'mem_ben',
        'balance points',
        'is {"active":31,"debt":0,"held":0,"pending":0}, by the effects {"active":30,"debt":0,"held":0,"pending":0}',
      ],
    ],
  ],
  [
    'a balance is missing',
    change(10, { balances: [] }),
    [['state', 'mem_ben', 'balance points', expect.stringMatching(/^is {"active":0,/)]],
  ],
  [
    'a balance stands twice',
    change(10, { balances: [...(field(10, 'balances') as []), ...(field(10, 'balances') as [])] }),
    [['state', 'mem_ben', 'balance points again', expect.anything()]],
  ],
  [
    'a lot has another day',
    change(10, { lots: [{ asset: 'points', priority: 0, lastDay: 5, amount: 30 }] }),
    [['state', 'mem_ben', 'lot points/0/5', 'is 30, by the effects 0']],
  ],
  [
    'a lot stands twice',
    change(10, { lots: [...(field(10, 'lots') as []), ...(field(10, 'lots') as [])] }),
    [['state', 'mem_ben', 'lot points/0/20600 again', 'is 30, by the effects 0']],
  ],
  [
    'a line is no record',
    change(9, { surplus: 1 }),
    [['malformed', 'mem_ben', 'line 10', '"surplus" is unknown'], 'totals'],
  ],
  [
    'a number has no canonical form',
    change(8, { content: [Number.POSITIVE_INFINITY] }),
    [['malformed', 'mem_ben', 'line 9', '$[0]: Infinity is no JSON number']],
  ],
  [
    'the footer counts a member more',
    change(11, { members: 3 }),
    [['totals', null, 'members', 'the footer says 3, the books 2']],
  ],
  [
    'the footer has an account too many',
    change(11, { totals: [...(field(11, 'totals') as []), { asset: 'stamps', account: 'active', position: 0 }] }),
    [['totals', null, 'stamps:active', 'the footer says 0, the books nothing']],
  ],
  [
    'the footer has an account too few',
    change(11, { totals: (field(11, 'totals') as []).slice(1) }),
    [['totals', null, 'points:active', 'the footer says nothing, the books 45']],
  ],
]

test.each(forgeries)('LED-6 the disagreement is named where %s', (_, forge, expected) => {
  const disagreements = verifyBooks(forge(books())).disagreements.map(({ code, member, entry, message }) => [
    code,
    member,
    entry,
    message,
  ])
  const named = expected.filter((disagreement) => Array.isArray(disagreement))
  const after = new Set(expected.filter((disagreement) => typeof disagreement === 'string'))
  expect(disagreements.slice(0, named.length)).toEqual(named)
  // What else is found is a consequence, of the kinds that were foreseen.
  expect(new Set(disagreements.slice(named.length).map(([code]) => code))).toEqual(after)
})

test('LED-6 rows at zero may be left out of a state or stand in it', () => {
  const emptied = bookOf('mem_cat', [act('earn', 20), act('take-back', 20)])
  const lines = exportOf([emptied]).map((line) => JSON.parse(line))
  const without = lines.map((line) => (line.type === 'state' ? { ...line, balances: [] } : line))
  const lots = [{ asset: 'points', priority: 0, lastDay: 20_600, amount: 0 }]
  const within = lines.map((line) => (line.type === 'state' ? { ...line, lots } : line))
  for (const each of [lines, without, within]) expect(verifyBooks(each).disagreements).toEqual([])
  const own = field(10, 'lots') as LotRow[]
  const beside = [...own.map((lot) => ({ ...lot, amount: 0 })), ...own]
  expect(verifyBooks(change(10, { lots: beside })(books())).disagreements).toEqual([])
})

test('LED-7 the roots are compared bucket by bucket, those that are absent too', () => {
  const closing = (field(0, 'closings') as { root: string; buckets: { bucket: number; root: string }[] }[])[0]
  if (!closing) throw new Error('one day is closed above')
  const disagreementsWith = (fields: object) =>
    verifyBooks(change(0, { closings: [{ ...closing, ...fields }] })(books())).disagreements.map(
      ({ entry, message }) => [entry, message],
    )
  const [first, second] = closing.buckets.map(({ root }) => root)
  expect(disagreementsWith({})).toEqual([])
  expect(disagreementsWith({ root: zero })).toEqual([['root 2026-03-31', `is ${zero}, by the chains ${closing.root}`]])
  expect(disagreementsWith({ buckets: [{ bucket: 999, root: zero }] })).toEqual([
    [`root 2026-03-31 bucket ${ann.bucket}`, `is absent, by the chains ${first}`],
    [`root 2026-03-31 bucket ${ben.bucket}`, `is absent, by the chains ${second}`],
    ['root 2026-03-31 bucket 999', `is ${zero}, by the chains absent`],
  ])
})

test('LED-6 a thousand disagreements are listed, the others counted', () => {
  const noise = Array.from({ length: 1_500 }, () => 'no json')
  const report = verifyBooks([...books(), ...noise])
  expect(report.disagreements).toHaveLength(1_000)
  expect(report).toMatchObject({ clean: false, disagreementsLeftOut: 500 })
})
