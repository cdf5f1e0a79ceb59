import { createWording } from '@laurel/contract'
import {
  compileProgram,
  type Explanation,
  explainProgram,
  explainToMembers,
  LANGUAGES,
  type Program,
} from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { arabic } from '../../packages/engine/sentences/ar.ts'
import { german } from '../../packages/engine/sentences/de.ts'
import { english } from '../../packages/engine/sentences/en.ts'
import { spanish } from '../../packages/engine/sentences/es.ts'
import { explainIn } from '../../packages/engine/sentences/explain-program.ts'
import { toldToMembers } from '../../packages/engine/sentences/told-to-members.ts'
import { turkish } from '../../packages/engine/sentences/tr.ts'
import { readyDocuments } from '../scenarios/ready-programs.ts'
import { documentWithEverything, variants } from './everything.fixture.ts'

function compiled(text: string): Program {
  const { program, findings } = compileProgram(text, { version: 1, hash: '' })
  if (program === null) throw new Error(JSON.stringify(findings.filter(({ severity }) => severity === 'error')))
  return program
}
const ready = [...readyDocuments].map(([name, text]) => ({ name, program: compiled(text) }))
const everything = { name: 'a program with everything', program: compiled(documentWithEverything) }
/** Compiled here, where no test's time runs. */
const varied = variants.map(([was, becomes]) => compiled(documentWithEverything.replace(was, becomes)))

const textsOf = ({ sections }: Explanation): string[] =>
  sections.flatMap(({ parts }) => parts.flatMap(({ sentences }) => sentences.map(({ text }) => text)))
/** What is said of what, without the words. */
const shapeOf = ({ sections }: Explanation) =>
  sections.map(({ id, parts }) => ({
    id,
    parts: parts.map((part) => ({
      id: part.id,
      named: part.name !== null,
      said: part.sentences.map((said) => said.for),
    })),
  }))

describe.each([...ready, everything])('$name', ({ program }) => {
  const english = explainProgram(program, createWording('en'))

  test.each(LANGUAGES)('says in %s what it says in English, in whole sentences', (language) => {
    const explained = explainProgram(program, createWording(language))
    expect(shapeOf(explained)).toEqual(shapeOf(english))
    for (const text of textsOf(explained)) {
      expect(text).toMatch(/^\P{Ll}.*[.!?…]$/su)
      expect(text).not.toMatch(/#|undefined|NaN|\[object|\$\{|\.\.|,,| {2}/)
    }
  })

  test('THRESHOLD-1 TIER-7 members read nothing of what is hidden, nor of what is for the business', () => {
    const quiet = [
      ...program.assets.filter(({ shown }) => !shown).map(({ name, id }) => name['en'] ?? id),
      ...program.ladders.flatMap(({ levels }) =>
        levels.filter(({ hidden }) => hidden).map(({ name, id }) => name['en'] ?? id),
      ),
    ]
    const told = explainToMembers(program, createWording('en'))
    for (const name of quiet) expect(textsOf(told).filter((text) => text.includes(name))).toEqual([])
    const named = told.sections.flatMap(({ parts }) => parts.map(({ name }) => name))
    expect(named.filter((name) => name !== null && quiet.includes(name))).toEqual([])
    expect(shapeOf(told).flatMap(({ parts }) => parts.flatMap((part) => part.said))).not.toContain('business')
    for (const language of LANGUAGES) {
      expect(shapeOf(explainToMembers(program, createWording(language)))).toEqual(shapeOf(told))
    }
  })

  test('no language is left in another’s words', () => {
    const own = new Set(textsOf(english))
    for (const language of ['tr', 'de', 'es', 'ar'] as const) {
      const same = textsOf(explainProgram(program, createWording(language))).filter((text) => own.has(text))
      expect(same).toEqual([])
    }
  })
})

/** Names of every sentence and phrase, by its path. */
const namesIn = (table: object, path = ''): string[] =>
  Object.entries(table).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? namesIn(value, `${path}${key}.`) : [`${path}${key}`],
  )

/** The words of a language's own templates: what is put into them is left out. */
function wordsIn(table: object): Set<string> {
  const inputs = new Proxy({}, { get: () => '·' })
  const texts = Object.values(table).flatMap((value): string[] =>
    typeof value === 'function' ? [value(inputs)] : typeof value === 'object' ? [...wordsIn(value)] : [value],
  )
  return new Set(texts.flatMap((text) => text.toLowerCase().match(/\p{L}{3,}/gu) ?? []))
}

test.each([
  ['tr', turkish, ['program']],
  ['de', german, ['bring', 'codes', 'minute', 'moment', 'partner', 'test', 'was']],
  ['es', spanish, ['has', 'personal', 'total']],
  ['ar', arabic, []],
])(
  'no English word stands in the sentences of another language, but those that both have: %s',
  (_language, table, both) => {
    const ours = wordsIn(english)
    expect([...wordsIn(table)].filter((word) => ours.has(word)).sort()).toEqual(both)
  },
)

/** The same table, which notes what is taken out of it. */
function listening<Table extends object>(table: Table, said: Set<string>, path = ''): Table {
  return new Proxy(table, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key)
      if (typeof value === 'object' && value !== null) return listening(value, said, `${path}${String(key)}.`)
      said.add(`${path}${String(key)}`)
      return value
    },
  })
}

test('no sentence is there for nothing: every one is said by some program', () => {
  const said = new Set<string>()
  const table = listening(english, said)
  expect(variants.filter(([was]) => !documentWithEverything.includes(was))).toEqual([])
  for (const program of [...ready.map((each) => each.program), everything.program, ...varied]) {
    explainIn(program, createWording('en'), table)
    explainIn(program, createWording('en'), table, toldToMembers(program))
  }
  // Which form of a counted noun is asked for depends on the number.
  const silent = namesIn(english).filter((name) => !said.has(name) && !name.startsWith('counts.'))
  expect(silent).toEqual([])
})

test('members are told nothing of budgets that only the business knows: holdouts, rounding, classes', () => {
  const explained = explainProgram(everything.program, createWording('en'))
  const all = explained.sections.flatMap(({ parts }) => parts.flatMap(({ sentences }) => sentences))
  const told = all
    .filter((said) => said.for === 'everyone')
    .map(({ text }) => text)
    .join('\n')
  expect(all.some(({ text }) => text.includes('drawn at random'))).toBe(true)
  for (const hidden of ['drawn at random', 'What does not make', 'Spent first', 'Members do not see', 'settled at']) {
    expect(told).not.toContain(hidden)
  }
})

describe('EARN-1 rounding is said by the smallest amount of what is earned', () => {
  const glow = readyDocuments.get('glow-club') ?? ''
  test.each([
    ['en', 'Rounded to 0.1 points, halves up.'],
    ['tr', 'En yakın 0,1 points değerine yuvarlanır, yarımlar yukarı.'],
    ['de', 'Gerundet auf 0,1 Punkte, Hälften nach oben.'],
    ['es', 'Se redondea a 0,1 points, las mitades hacia arriba.'],
    ['ar', 'يُقرَّب إلى أقرب 0.1 \u2068points\u2069، والأنصاف إلى أعلى.'],
  ] as const)('%s', (language, said) => {
    const inTenths = glow
      .replace('kind: spendable\n', 'kind: spendable\n    smallest: 0.1 points\n')
      .replace('round: floor', 'round: half-up')
    expect(textsOf(explainProgram(compiled(inTenths), createWording(language)))).toContain(said)
  })

  test('what is kept whole, and money', () => {
    const text = textsOf(explainProgram(compiled(glow), createWording('en'))).join('\n')
    expect(text).toContain('What does not make 1 point is left out.')
    const cashback = ready.find(({ name }) => name === 'cashback')?.program
    if (cashback === undefined) throw new Error('cashback is a ready-made program')
    const said = textsOf(explainProgram(cashback, createWording('en'))).join('\n')
    expect(said).toMatch(/Rounded to KWD.0\.001 credit, halves to the even one\./)
  })
})

test('EARN-5 a budget is said once: it is no cap beside itself', () => {
  const cashback = ready.find(({ name }) => name === 'cashback')?.program
  if (cashback === undefined) throw new Error('cashback is a ready-made program')
  const said = textsOf(explainProgram(cashback, createWording('en')))
  expect(said.filter((text) => text.includes('all members together'))).toHaveLength(1)
})

describe('numbers, money and dates are those of the language', () => {
  test.each([
    ['en', '1 point for every $1', 'on Saturday and Sunday', '31 January'],
    ['tr', 'harcadığın her $1 için 1 puan', 'günler: Cumartesi ve Pazar', '31 Ocak'],
    ['de', '1 Punkt für je 1\u00a0$', 'am Samstag und Sonntag', '31. Januar'],
    ['es', '1 punto por cada 1\u00a0US$', 'el sábado y domingo', '31 de enero'],
    ['ar', '1 \u2068نقطة\u2069 عن كل \u200f1\u00a0US$', 'في السبت والأحد', '31 يناير'],
  ] as const)('%s', (language, first, days, day) => {
    const text = textsOf(explainProgram(everything.program, createWording(language))).join('\n')
    expect(text.toLowerCase()).toContain(first.toLowerCase())
    expect(text).toContain(days)
    expect(text).toContain(language === 'en' ? 'January 31' : day)
  })

  test('an amount beyond what a double holds keeps every digit', () => {
    expect(createWording('en').number(9_007_199_254_740_991, 2)).toBe('90,071,992,547,409.91')
    expect(createWording('de').money(123_456_789_012_345, { code: 'EUR', exponent: 2 })).toBe(
      '1.234.567.890.123,45\u00a0€',
    )
  })

  test('money shows its decimals where it has any', () => {
    const english = createWording('en')
    expect(english.money(500, { code: 'USD', exponent: 2 })).toBe('$5')
    expect(english.money(550, { code: 'USD', exponent: 2 })).toBe('$5.50')
    expect(english.money(550, { code: 'JPY', exponent: 0 })).toBe('¥550')
    expect(english.money(5_125, { code: 'KWD', exponent: 3 })).toBe('KWD\u00a05.125')
  })

  test('what comes from elsewhere is kept from turning an Arabic line around', () => {
    expect(createWording('ar').isolate('Gold')).toBe('\u2068Gold\u2069')
    expect(createWording('en').isolate('Gold')).toBe('Gold')
  })
})

test('TIER-4 TIER-6 a ladder that no time takes away speaks of no period that could end', () => {
  const untimed = ready.flatMap(({ program }) =>
    program.ladders.filter(({ window, fall }) => window.type === 'lifetime' || fall.to === 'never').map(() => program),
  )
  expect(untimed.length).toBeGreaterThan(0)
  for (const program of untimed) {
    const told = textsOf(
      explainProgram(
        {
          ...program,
          ladders: program.ladders.filter(({ fall, window }) => window.type === 'lifetime' || fall.to === 'never'),
        },
        createWording('en'),
      ),
    )
    expect(told).toContain('No level is lost as time goes by.')
    expect(told.filter((text) => text.includes('before the period is over'))).toEqual([])
  }
})
