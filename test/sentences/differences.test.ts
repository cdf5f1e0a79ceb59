import { createWording } from '@laurel/contract'
import {
  canonicalProgram,
  compileProgram,
  type Finding,
  LANGUAGES,
  type Language,
  programDifferences,
} from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { compareItems, valueChanges } from '../../packages/engine/program/diff/compare-items.ts'
import { itemsOf, type Section, type Sections, sectionForms } from '../../packages/engine/program/diff/items.ts'
import type { Json } from '../../packages/engine/program/shape.ts'
import { readyDocuments } from '../scenarios/ready-programs.ts'
import { documentWithEverything, variants } from './everything.fixture.ts'

// Some tests compile a hundred documents: on a busy machine that takes longer than Vitest waits.
const patience = { timeout: 30_000 }

const glowClub = readyDocuments.get('glow-club') ?? ''

/** By document: the same ones are compared over and over. */
const errors = new Map<string, readonly Finding[]>()
function errorsIn(text: string): readonly Finding[] {
  const known = errors.get(text)
  if (known !== undefined) return known
  const found = compileProgram(text, { version: 0, hash: '' }).findings.filter(({ severity }) => severity === 'error')
  errors.set(text, found)
  return found
}

function differences(before: string, after: string, language: Language = 'en') {
  expect([before, after].flatMap(errorsIn)).toEqual([])
  return programDifferences(before, after, createWording(language)) ?? []
}

/** What is said when, of Glow Club, one piece of text becomes another. */
function changed(edits: readonly (readonly [string, string])[], language: Language = 'en') {
  const after = edits.reduce((text, [was, becomes]) => {
    expect(text).toContain(was)
    return text.replace(was, becomes)
  }, glowClub)
  return differences(glowClub, after, language)
}
const told = (edits: readonly (readonly [string, string])[], language: Language = 'en') =>
  changed(edits, language).map(({ kind, path: at, text }) => `${kind} ${at} | ${text}`)

describe('one thing is otherwise', patience, () => {
  test.each([
    [
      'a bonus, which stands with the rule that it raises',
      [['multiply: { rule: base, by: 2 }', 'multiply: { rule: base, by: 3 }']],
      ['changed earn.weekend | “weekend”: 3 times as much, on Saturday and Sunday. (Until now: 2)'],
    ],
    [
      'where a level begins',
      [['reach: 350 status', 'reach: 400 status']],
      ['changed tiers.standing.vib | VIB: From 400 status points on. (Until now: 350)'],
    ],
    [
      'a price',
      [['price: 300 points', 'price: 250 points']],
      ['changed rewards.free-delivery | Free delivery: Costs 250 points. (Until now: 300)'],
    ],
    [
      'a rule by its id alone',
      [['id: weekend', 'id: week-end']],
      ['renamed earn.week-end | “weekend” is called “week end” from now on.'],
    ],
    [
      'what the sentences are silent about: the values of the document',
      [['sku: MASK-S', 'sku: MASK-M']],
      ['changed rewards.mini-mask | Mini mask: sku: MASK-M (Until now: MASK-S)'],
    ],
    [
      'several values that the sentences are silent about',
      [['name: { en: Glow Club, de: Glow-Klub }', 'name: { en: Glow, de: Glow-Klub, es: Club }']],
      ['changed name | The program: en: Glow (Until now: Glow Club); es: Club (Until now: not said)'],
    ],
    [
      'a word that was not said: its silence had a meaning',
      [['late: { accept: P30D, then: person }\n', '']],
      ['removed late | For the business: late: not said (Until now: { accept: P30D, then: person })'],
    ],
  ] as const)('%s', (_title, edits, expected) => {
    expect(told(edits)).toEqual(expected)
  })

  test('each section says its own sentences, where one heading gathers several', () => {
    const said = told([
      ['forfeitAfter: P30D', 'forfeitAfter: P60D'],
      ['activities:', 'minimumAge: { least: 16 years, neededFor: [redeem] }\n\nactivities:'],
      ['reservations: { last: PT15M }', 'reservations: { last: PT20M }'],
    ])
    expect(said).toEqual([
      'changed reservations | For the business: A reward is reserved for 20 minutes while you check out. (Until now: 15)',
      'changed leaving | Joining and leaving: If you leave, what you have waits for you for 60 days; then it is lost. (Until now: 30)',
      'added minimumAge | Joining and leaving: New: You must be 16 years old to get rewards.',
    ])
  })

  test('what is new and what is gone is told whole, and what is gone stands where it stood', () => {
    const rule = "  - id: review\n    on: activity.review\n    when: 'activity.words >= 30 && activity.verified'\n"
    const mask = glowClub.slice(glowClub.indexOf('  mini-mask:'), glowClub.indexOf('  pay-with-points:'))
    const said = told([
      [rule, rule.replace('id: review', 'id: long-review').replace('>= 30', '>= 90')],
      [mask, ''],
    ])
    expect(said).toHaveLength(3)
    expect(said[0]).toMatch(/^added earn\.long-review \| New: “long review”: 50 points for “review”/)
    expect(said[1]).toMatch(/^removed earn\.review \| No longer: “review”: 50 points for “review”/)
    expect(said[2]).toMatch(/^removed rewards\.mini-mask \| No longer: Mini mask: .*Costs 250 points\./)
  })

  test('a rule that stands elsewhere has moved, and no other has', () => {
    const status = glowClub.slice(glowClub.indexOf('  - id: status'), glowClub.indexOf('  - id: vib-rate'))
    const said = told([
      [status, ''],
      ['groups:', `${status}groups:`],
    ])
    expect(said).toEqual(['moved earn.status | “status” stands elsewhere in the order.'])
  })

  test('a ladder that is called otherwise keeps its levels', () => {
    expect(told([['ladder: standing', 'ladder: rank']])).toEqual([
      'renamed tiers.rank | “standing” is called “rank” from now on.',
    ])
  })

  test('each value that differs is named beside the sentence', () => {
    const [difference] = changed([['cap: { most: 200 points', 'cap: { most: 300 points']])
    expect(difference?.changes).toEqual([{ path: 'earn.skincare.cap.most', before: '200 points', after: '300 points' }])
  })
})

test.each([
  ['en', '“weekend”: 3 times as much, on Saturday and Sunday. (Until now: 2)'],
  ['de', '„weekend“: 3-mal so viel, am Samstag und Sonntag. (Bisher: 2-mal)'],
  ['es', '«weekend»: 3 veces lo mismo, el sábado y domingo. (Hasta ahora: 2)'],
  ['tr', '“weekend”: 3 katı, günler: Cumartesi ve Pazar. (Şimdiye kadar: 2)'],
  ['ar', '\u2068«weekend»\u2069: مضروبًا في 3، في السبت والأحد. (حتى الآن: 2)'],
] as const)('the same is said in %s', (language, text) => {
  expect(told([['by: 2 }', 'by: 3 }']], language)).toEqual([`changed earn.weekend | ${text}`])
})

describe('what only whoever runs the program needs to know is said in a sentence, too', () => {
  const silent: readonly (readonly [string, string])[] = [
    ['each: calendar-month, whose: member, edge: trim', 'each: calendar-month, whose: member, edge: refuse'],
    ['bonus: { take: best }', 'bonus: { take: first }'],
  ]
  const coffeeStars = readyDocuments.get('coffee-stars') ?? ''
  const holdout = (said: string, language: Language = 'en') =>
    differences(coffeeStars, coffeeStars.replace('holdout: { bonuses: none, offers: 10% }\n', said), language)
      .filter(({ path: at }) => at === 'holdout')
      .map(({ text }) => text)
  const more = 'holdout: { bonuses: none, offers: 12.5% }\n'

  test('in English', () => {
    expect(told(silent)).toEqual([
      'changed earn.skincare | “skincare”: What would pass the bound is not given at all. ' +
        '(Until now: Of what would pass the bound, as much is given as still fits.)',
      'changed groups.bonus | “bonus”: Of its rules that hold, the first one counts. ' +
        '(Until now: Of its rules that hold, the one that gives most counts.)',
    ])
    const kept = (share: string) =>
      `Each offer is kept from ${share} of members, chosen at random, so that its effect can be measured.`
    expect(holdout(more)).toEqual([`For the business: ${kept('12.5%')} (Until now: ${kept('10%')})`])
    expect(holdout('')).toEqual([
      expect.stringContaining(`Each offer is kept from nobody. (Until now: ${kept('10%')})`),
    ])
  })

  test.each(['tr', 'de', 'es', 'ar'] as const)('in %s without a key of the document', (language) => {
    const said = [...told(silent, language).map((line) => line.slice(line.indexOf('|'))), ...holdout(more, language)]
    expect(said).toHaveLength(3)
    for (const text of said) expect(text).not.toMatch(/edge|trim|refuse|take|best|first|offers/)
  })
})

describe('documents that say the same', patience, () => {
  test.each([...readyDocuments])('%s', (_id, text) => {
    const wordy = text.replaceAll('P14D', 'P2W').replaceAll('life: P12M', 'life: P1Y')
    const upsideDown = JSON.stringify(Object.fromEntries(Object.entries(parse(text) as object).reverse()))
    for (const other of [canonicalProgram(text) ?? '', upsideDown, wordy]) expect(differences(text, other)).toEqual([])
  })
})

/** Every document that differs from this one in a single text. */
function* oneTextOtherwise(value: Json, other: (text: string) => string): Generator<Json> {
  if (typeof value === 'string') yield other(value)
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const instead of oneTextOtherwise(item, other)) yield value.with(index, instead)
    }
  } else {
    for (const [key, item] of Object.entries(value)) {
      for (const instead of oneTextOtherwise(item, other)) yield { ...value, [key]: instead }
    }
  }
}

describe.each([...readyDocuments, ['a program with everything', documentWithEverything] as const])(
  '%s',
  patience,
  (_id, text) => {
    const before = JSON.parse(canonicalProgram(text) ?? '') as Sections

    test('no text of the document can change without a difference', () => {
      let documents = 0
      for (const after of oneTextOtherwise(before as Json, (each) => `${each}~`)) {
        documents++
        const found = (Object.keys(sectionForms) as Section[]).flatMap((section) =>
          compareItems(
            itemsOf(section, before[section]),
            itemsOf(section, (after as Sections)[section]),
            sectionForms[section].form === 'listed',
          ),
        )
        expect(found.length).toBeGreaterThan(0)
        for (const change of found) {
          if (change.kind !== 'changed') continue
          expect(valueChanges('', change.before.content, change.after.content)).toHaveLength(1)
        }
      }
      expect(documents).toBeGreaterThan(15)
    })
  },
)

test('what each document says is said in the steps in which that one counts', () => {
  const [tenths, whole] = ['limit: 50 points', 'limit: 60 points'].map((limit) =>
    glowClub.replace('limit: 2000 points', limit),
  ) as [string, string]
  const inTenths = tenths.replace('kind: spendable\n', 'kind: spendable\n    smallest: 0.1 points\n')
  const refundsSaid = (before: string, after: string) =>
    differences(before, after).find(({ path: at }) => at === 'refunds')?.text
  expect(refundsSaid(inTenths, whole)).toMatch(/60 points.* \(Until now: 50\)$/)
  expect(refundsSaid(whole, inTenths)).toMatch(/50 points.* \(Until now: 60\)$/)
  // As many steps as before, and yet otherwise.
  const ten = inTenths.replace('limit: 50 points', 'limit: 6 points')
  expect(refundsSaid(ten, whole)).toMatch(/60 points.*Until now: 6 points/)
})

test('every number of Glow Club that can be another one is told by its path and with both values', patience, () => {
  const before = JSON.parse(canonicalProgram(glowClub) ?? '') as Json
  let told = 0
  for (const after of oneTextOtherwise(before, (text) =>
    text.replace(/[1-9]\d*/, (digits) => `${Number(digits) + 1}`),
  )) {
    // A text without a number stays as it was; some numbers can only be what they are.
    if (JSON.stringify(after) === JSON.stringify(before)) continue
    const found = programDifferences(glowClub, JSON.stringify(after), createWording('en'))
    if (found === null) continue
    told++
    expect(found).toHaveLength(1)
    expect(found[0]?.changes).toHaveLength(1)
    expect(found[0]?.text).toMatch(/\(Until now: [^)]/)
  }
  expect(told).toBeGreaterThan(40)
})

describe('whole programs', patience, () => {
  const opposite = {
    added: 'removed',
    removed: 'added',
    changed: 'changed',
    renamed: 'renamed',
    moved: 'moved',
  } as const
  test.each([...readyDocuments])(
    'from Glow Club to %s and back: what one way adds, the other takes away',
    (_id, text) => {
      const shape = (all: ReturnType<typeof differences>) =>
        all.filter(({ kind }) => kind !== 'moved' && kind !== 'renamed')
      const there = shape(differences(glowClub, text)).map(({ path: at, kind }) => `${at} ${opposite[kind]}`)
      const back = shape(differences(text, glowClub)).map(({ path: at, kind }) => `${at} ${kind}`)
      expect(there.sort()).toEqual(back.sort())
    },
  )

  test('every change of a program with everything is told in whole words, in one language after the other', () => {
    for (const [index, [was, becomes]] of variants.entries()) {
      const language = LANGUAGES[index % LANGUAGES.length] ?? 'en'
      const after = documentWithEverything.replace(was, becomes)
      const found = programDifferences(documentWithEverything, after, createWording(language)) ?? []
      expect(found.length).toBeGreaterThan(0)
      for (const { text } of found) expect(text).not.toMatch(/undefined|NaN|\[object|\$\{|: \(/)
    }
  })

  test('where one of them does not compile, nothing is said', () => {
    expect(programDifferences(glowClub, glowClub.replace('USD', 'POUNDS'), createWording('en'))).toBeNull()
    expect(programDifferences('', glowClub, createWording('en'))).toBeNull()
  })
})
