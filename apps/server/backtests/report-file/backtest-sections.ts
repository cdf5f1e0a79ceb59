import type { BacktestReport, CandidateReport } from '@laurel/contract'
import type { Wording } from '@laurel/engine'
import type { BacktestWords } from './backtest-words/backtest-words.ts'
import type { Bar, BarChart, Chart, LineChart, Series } from './charts.ts'

/** One question about a backtest, its picture where one helps, and its figures. */
export interface Section {
  /** kebab-case, one of a kind: also the name of the picture. */
  readonly name: string
  readonly question: string
  readonly chart: Chart | null
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[]
  readonly rows: readonly (readonly string[])[]
  /** What is left out of the table. */
  readonly leftOut: { readonly shown: number; readonly all: number } | null
}

/** What a section is made of. */
interface Telling {
  readonly report: BacktestReport
  readonly words: BacktestWords
  readonly wording: Wording
  readonly named: readonly Named[]
}
interface Named {
  readonly label: string
  readonly report: CandidateReport['report']
}

/** As many bars as a person compares, and rows as a page holds; all of them are in the JSON and the CSV. */
const groupsMax = 12
const rowsMax = 60

/** In the order in which a shop asks. Questions that the history has no answer to are left out. */
export function sectionsOf(report: BacktestReport, words: BacktestWords, wording: Wording): Section[] {
  const labels = labelsOf(report)
  const named = report.candidates.map((candidate, index) => ({
    label: labels[index] ?? '',
    report: candidate.report,
  }))
  const telling = { report, words, wording, named }
  const assets = [...new Map(named.flatMap((each) => each.report.assets.map((asset) => [asset.asset, asset])))]
  return [
    ...assets.flatMap(([asset, { scale }]) => [months(telling, asset, scale), books(telling, asset, scale)]),
    ...rules(telling),
    ...named.flatMap((each) => [...sizes(telling, each), ...gaps(telling, each)]),
    segments(telling),
    aims(telling),
    tiers(telling),
    changes(telling),
    cuts(telling),
    rooms(telling),
    vouchers(telling),
    refused(telling),
  ].filter(({ rows }) => rows.length > 0)
}

/** As short as still tells them apart: the file without its folder and ending, else the whole name. */
export function labelsOf({ candidates }: BacktestReport): string[] {
  const short = candidates.map(({ name }) => {
    const parts = name.replace(/\/program\.ya?ml$|\/$/, '').split('/')
    return cut((parts.at(-1) ?? name).replace(/\.ya?ml$/, ''))
  })
  return new Set(short).size === short.length ? short : candidates.map(({ name }, index) => `${index + 1} ${cut(name)}`)
}

const labelMax = 18
const cut = (text: string): string => (text.length > labelMax ? `${text.slice(0, labelMax - 1)}…` : text)

/** `full-basket` reads `full basket`, `challenge:summer` reads `challenge: summer`. */
export const readable = (id: string): string => id.replaceAll('-', ' ').replace(':', ': ')

/** `tier:standing/gold` reads `standing: gold`. */
export const readableAim = (name: string): string => readable(name.slice(name.indexOf(':') + 1)).replace('/', ': ')

/** `budget:spring/ever` reads `spring`, `rule:base/2026-03` reads `base, 2026-03`. */
export const readableRoom = (room: string): string =>
  readable(room.slice(room.indexOf(':') + 1).replace(/\/ever$/, '')).replace('/', ', ')

export const filled = (text: string, parts: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '')

/** With its sign, also where it goes up. */
export function signedText(wording: Wording, units: number, scale: number): string {
  const sign = units > 0 ? '+' : units < 0 ? '−' : ''
  return wording.isolate(`${sign}${wording.number(Math.abs(units), scale)}`)
}

// ---- parts of a section ----------------------------------------------------------------------------------------------------

type Column = keyof BacktestWords['columns']
const texts = new Set<Column>([
  ...([
    'asset',
    'candidate',
    'month',
    'rule',
    'level',
    'aim',
    'difference',
    'segment',
    'member',
    'cap',
    'room',
  ] as const),
  ...(['reward', 'status', 'reason', 'ranOutOn'] as const),
])

function section(
  { words }: Telling,
  name: string,
  question: string,
  chart: Chart | null,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): Section {
  // Such as the worth of what has none.
  const empty = new Set(columns.flatMap((_, index) => (rows.every((row) => row[index] === '') ? [index] : [])))
  const told = columns.map((column) => ({ name: words.columns[column], isNumber: !texts.has(column) }))
  return {
    name,
    question,
    chart,
    columns: told.filter((_, index) => !empty.has(index)),
    rows: rows.slice(0, rowsMax).map((row) => row.filter((_, index) => !empty.has(index))),
    leftOut: rows.length > rowsMax ? { shown: rowsMax, all: rows.length } : null,
  }
}

const seriesOf = ({ named }: Telling): Series[] => named.map(({ label }) => ({ label }))
const barsOf = (telling: Telling, groups: BarChart['groups']): BarChart => ({
  type: 'bars',
  series: seriesOf(telling),
  groups: groups.slice(0, groupsMax),
})
const number = ({ wording }: Telling, amount: number, scale = 0): string => wording.number(amount, scale)
const money = ({ wording, report: { currency } }: Telling, minor: number | null): string =>
  minor === null ? '' : wording.money(minor, currency)
const shareText = ({ wording }: Telling, some: number, all: number): string =>
  wording.percent({ numerator: all === 0 ? 0 : Math.round((some / all) * 1000), denominator: 1000 })
/** Members are counted for each candidate: of whom it accepts nothing it knows nothing. */
const barOf = (series: number, value: number, text: string, more = 0): Bar => ({ series, value, text, more })

// ---- questions -----------------------------------------------------------------------------------------------------------

function months(telling: Telling, asset: string, scale: number): Section {
  const { words, named, wording } = telling
  const netOf = named.map(({ report }) => {
    const net = new Map<string, number>()
    for (const rule of report.rules) {
      if (rule.asset !== asset) continue
      for (const { month, given, takenBack } of rule.months) {
        net.set(month, (net.get(month) ?? 0) + given.amount - takenBack.amount)
      }
    }
    return net
  })
  const all = [...new Set(netOf.flatMap((net) => [...net.keys()]))].sort()
  const compact = new Intl.NumberFormat(wording.language, { notation: 'compact' })
  const chart: LineChart = {
    type: 'lines',
    series: seriesOf(telling),
    points: all.map((label) => ({ label, values: netOf.map((net) => (net.get(label) ?? 0) / 10 ** scale) })),
    textOf: (value) => compact.format(value),
  }
  const question = filled(words.questions.months, { asset: readable(asset) })
  // A month is one word: on a phone it would fall apart.
  const rows = all.map((month) => [
    month.replace('-', '\u2011'),
    ...netOf.map((net) => number(telling, net.get(month) ?? 0, scale)),
  ])
  const columns = [
    { name: words.columns.month, isNumber: false },
    ...named.map(({ label }) => ({ name: label, isNumber: true })),
  ]
  return { ...section(telling, `months-${asset}`, question, chart, [], rows), columns }
}

const kinds = ['earned', 'spent', 'broken', 'outstanding', 'debt'] as const

function books(telling: Telling, asset: string, scale: number): Section {
  const { words, named } = telling
  const found = named.map(({ report }) => report.assets.find((each) => each.asset === asset))
  const shown = kinds.filter((kind) => found.some((each) => (each?.[kind].amount ?? 0) !== 0))
  const groups = shown.map((kind) => ({
    label: words.columns[kind],
    bars: found.map((each, index) => {
      const amount = each?.[kind].amount ?? 0
      return barOf(index, amount, number(telling, amount, scale))
    }),
  }))
  const rows = shown.flatMap((kind) =>
    named.map(({ label }, index) => {
      const { amount = 0, minor = null } = found[index]?.[kind] ?? {}
      return [words.columns[kind], label, number(telling, amount, scale), money(telling, minor)]
    }),
  )
  const question = filled(words.questions.books, { asset: readable(asset) })
  const columns = ['asset', 'candidate', 'amount', 'worth'] as const
  return section(telling, `books-${asset}`, question, barsOf(telling, groups), columns, rows)
}

/** Assets are not added up, so that each has bars of its own length. */
function rules(telling: Telling): Section[] {
  const { words, named } = telling
  const assets = [...new Map(named.flatMap((each) => each.report.assets.map(({ asset, scale }) => [asset, scale])))]
  return assets.map(([asset, scale]) => {
    const sums = named.map(({ report }) => {
      const own = report.rules.filter((rule) => rule.asset === asset)
      return new Map(own.map(({ rule, months: parts }) => [rule, sumOf(parts)]))
    })
    const netOf = (rule: string) => Math.max(...sums.map((each) => each.get(rule)?.net ?? 0))
    const ids = [...new Set(sums.flatMap((each) => [...each.keys()]))].sort((a, b) => netOf(b) - netOf(a))
    const groups = ids.map((rule) => ({
      label: readable(rule),
      bars: sums.map((each, index) => {
        const net = each.get(rule)?.net ?? 0
        return barOf(index, net, number(telling, net, scale))
      }),
    }))
    const rows = ids.flatMap((rule) =>
      named.map(({ label }, index) => {
        const { given, takenBack, net, minor } = sums[index]?.get(rule) ?? nothing
        const amounts = [given, takenBack, net].map((amount) => number(telling, amount, scale))
        return [readable(rule), label, ...amounts, money(telling, minor)]
      }),
    )
    const question = assets.length === 1 ? words.questions.rules : `${words.questions.rules} (${readable(asset)})`
    const columns = ['rule', 'candidate', 'given', 'takenBack', 'net', 'worth'] as const
    return section(telling, `rules-${asset}`, question, barsOf(telling, groups), columns, rows)
  })
}

const nothing = { given: 0, takenBack: 0, net: 0, minor: null }

function sumOf(months: CandidateReport['report']['rules'][number]['months']) {
  let [given, takenBack] = [0, 0]
  let minor: number | null = 0
  for (const month of months) {
    given += month.given.amount
    takenBack += month.takenBack.amount
    const [gave, took] = [month.given.minor, month.takenBack.minor]
    minor = minor === null || gave === null || took === null ? null : minor + gave - took
  }
  return { given, takenBack, net: given - takenBack, minor }
}

function sizes(telling: Telling, { label, report }: Named): Section[] {
  const { words, wording } = telling
  return (report.against ?? []).map(({ asset, sizes: found }) => {
    const scale = scaleOf(report, asset)
    const rangeText = (from: number, to: number) => {
      if (from === 0 && to === 0) return words.columns.same
      const [near, far] = from < 0 ? [to, from] : [from, to]
      return near === far
        ? signedText(wording, near, scale)
        : `${signedText(wording, near, scale)} … ${signedText(wording, far, scale)}`
    }
    const groups = found.map(({ from, to, members }) => ({
      label: rangeText(from, to),
      bars: [barOf(1, members, number(telling, members))],
    }))
    const rows = found.map(({ from, to, members }) => [
      rangeText(from, to),
      number(telling, members),
      shareText(telling, members, report.members),
    ])
    // The colour is that of a draft; there is only one, so that nothing has to be told apart.
    const chart: BarChart = { type: 'bars', series: [{ label }], groups: groups.slice(0, groupsMax) }
    const question = filled(words.questions.sizes, { draft: label })
    const asked = (report.against ?? []).length === 1 ? question : `${question} (${readable(asset)})`
    const columns = ['difference', 'members', 'share'] as const
    return section(telling, nameOf('sizes', telling, label, asset), asked, chart, columns, rows)
  })
}

function gaps(telling: Telling, { label, report }: Named): Section[] {
  const { words, wording } = telling
  return (report.against ?? []).map(({ asset, mostGained, mostLost }) => {
    const scale = scaleOf(report, asset)
    const rows = [...mostGained, ...mostLost].map(({ member, before, after }) => [
      member,
      number(telling, before, scale),
      number(telling, after, scale),
      signedText(wording, after - before, scale),
    ])
    const question = filled(words.questions.gaps, { draft: label })
    const asked = (report.against ?? []).length === 1 ? question : `${question} (${readable(asset)})`
    return section(
      telling,
      nameOf('members', telling, label, asset),
      asked,
      null,
      ['member', 'before', 'after', 'net'],
      rows,
    )
  })
}

const scaleOf = (report: Named['report'], asset: string): number =>
  report.assets.find((each) => each.asset === asset)?.scale ?? 0
const nameOf = (what: string, { named }: Telling, label: string, asset: string): string =>
  `${what}-${named.findIndex((each) => each.label === label)}-${asset}`

function segments(telling: Telling): Section {
  const rows = telling.named.flatMap(({ label, report }) =>
    (report.against ?? []).flatMap(({ asset, segments: found }) =>
      found.map(({ segment, gained, lost, same, up, down }) => [
        ...[readable(segment), label],
        ...[gained, lost, same].map((members) => number(telling, members)),
        ...[up, down].map((amount) => number(telling, amount, scaleOf(report, asset))),
      ]),
    ),
  )
  const columns = ['segment', 'candidate', 'gained', 'lost', 'same', 'more', 'less'] as const
  return section(telling, 'segments', telling.words.questions.segments, null, columns, rows)
}

function aims(telling: Telling): Section {
  const { words, named } = telling
  const names = [...new Set(named.flatMap(({ report }) => report.aims.map(({ name }) => name)))]
  const found = (index: number, name: string) => named[index]?.report.aims.find((aim) => aim.name === name)
  const groups = names.map((name) => ({
    label: readableAim(name),
    bars: named.flatMap(({ report }, index) => {
      const aim = found(index, name)
      if (aim === undefined) return []
      const said = shareText(telling, aim.reached, report.members)
      const near = aim.near === 0 ? '' : ` + ${shareText(telling, aim.near, report.members)}`
      return [barOf(index, aim.reached, `${said}${near}`, aim.near)]
    }),
  }))
  const rows = names.flatMap((name) =>
    named.flatMap(({ label, report }, index) => {
      const aim = found(index, name)
      if (aim === undefined) return []
      const members = [aim.reached, aim.near].map((count) => number(telling, count))
      return [[readableAim(name), label, ...members, shareText(telling, aim.reached, report.members)]]
    }),
  )
  const columns = ['aim', 'candidate', 'reached', 'near', 'share'] as const
  return section(telling, 'aims', words.questions.aims, barsOf(telling, groups), columns, rows)
}

function tiers(telling: Telling): Section {
  const { words, named } = telling
  const keyOf = ({ ladder, level }: { ladder: string; level: string }) => `${readable(ladder)}: ${readable(level)}`
  const keys = [...new Set(named.flatMap(({ report }) => report.tiers.map(keyOf)))]
  const counts = named.map(({ report }) => new Map(report.tiers.map((tier) => [keyOf(tier), tier.members])))
  const groups = keys.map((label) => ({
    label,
    bars: counts.map((own, index) => barOf(index, own.get(label) ?? 0, number(telling, own.get(label) ?? 0))),
  }))
  const rows = keys.flatMap((key) =>
    named.map(({ label, report }, index) => {
      const members = counts[index]?.get(key) ?? 0
      return [key, label, number(telling, members), shareText(telling, members, report.members)]
    }),
  )
  const columns = ['level', 'candidate', 'members', 'share'] as const
  return section(telling, 'tiers', words.questions.tiers, barsOf(telling, groups), columns, rows)
}

function changes(telling: Telling): Section {
  const { words, named } = telling
  const sums = named.map(({ report }) =>
    report.tierChanges.reduce((sum, { up, down }) => ({ up: sum.up + up, down: sum.down + down }), { up: 0, down: 0 }),
  )
  const groups = (['up', 'down'] as const).map((way) => ({
    label: words.columns[way],
    bars: sums.map((sum, index) => barOf(index, sum[way], number(telling, sum[way]))),
  }))
  const rows = named
    .flatMap(({ label, report }) => report.tierChanges.map((change) => ({ label, ...change })))
    .sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0))
    .map(({ month, ladder, label, up, down }) => [
      ...[month, readable(ladder), label],
      ...[up, down].map((times) => number(telling, times)),
    ])
  const columns = ['month', 'level', 'candidate', 'up', 'down'] as const
  return section(telling, 'changes', words.questions.changes, barsOf(telling, groups), columns, rows)
}

function cuts(telling: Telling): Section {
  const { words, named } = telling
  const keyOf = ({ cap, rule }: { cap: string; rule: string }) =>
    cap === `rule:${rule}` ? readable(rule) : `${readable(rule)} (${readable(cap)})`
  const keys = [...new Set(named.flatMap(({ report }) => report.cuts.map(keyOf)))]
  const found = (index: number, key: string) => named[index]?.report.cuts.find((each) => keyOf(each) === key)
  const groups = keys.map((label) => ({
    label,
    bars: named.map((_, index) => {
      const times = found(index, label)?.times ?? 0
      return barOf(index, times, `${number(telling, times)} ×`)
    }),
  }))
  const rows = keys.flatMap((key) =>
    named.map(({ label }, index) => {
      const { times = 0, amount = 0 } = found(index, key) ?? {}
      return [key, label, number(telling, times), number(telling, amount)]
    }),
  )
  return section(
    telling,
    'cuts',
    words.questions.cuts,
    barsOf(telling, groups),
    ['cap', 'candidate', 'times', 'amount'],
    rows,
  )
}

function rooms(telling: Telling): Section {
  const rows = telling.named.flatMap(({ label, report }) =>
    report.rooms.map(({ room, whole, asked, ranOutOn }) => [
      ...[readableRoom(room), label, number(telling, whole), number(telling, asked)],
      ranOutOn ?? telling.words.nothing,
    ]),
  )
  const columns = ['room', 'candidate', 'whole', 'asked', 'ranOutOn'] as const
  return section(telling, 'rooms', telling.words.questions.rooms, null, columns, rows)
}

function vouchers(telling: Telling): Section {
  const rows = telling.named.flatMap(({ label, report }) =>
    report.vouchers.map(({ reward, status, count }) => [readable(reward), label, status, number(telling, count)]),
  )
  const columns = ['reward', 'candidate', 'status', 'count'] as const
  return section(telling, 'vouchers', telling.words.questions.vouchers, null, columns, rows)
}

function refused(telling: Telling): Section {
  const rows = telling.named.flatMap(({ label, report }) =>
    report.refused.map(({ code, times }) => [code, label, number(telling, times)]),
  )
  return section(telling, 'refused', telling.words.questions.refused, null, ['reason', 'candidate', 'times'], rows)
}
