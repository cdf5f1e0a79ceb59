import { speakerOf } from '../../sentences/explain-program.ts'
import type { Wording } from '../../sentences/wording.ts'
import { canonicalOf } from '../canonical.ts'
import { compiledOf } from '../compile/program.ts'
import type { Program } from '../program.ts'
import { readDocument } from '../read.ts'
import type { Json } from '../shape.ts'
import { type ChangeSentences, changeSentences } from './change-sentences.ts'
import { type Change, compareItems, type ItemChange, valueChanges } from './compare-items.ts'
import { type Item, isList, isMap, itemsOf, type Section, type Sections, sectionForms } from './items.ts'
import { type SaidOfItem, saidByPath, saidWith } from './said.ts'
import { unsaidSentence } from './unsaid-sentences.ts'

/** One thing of a program that two documents say differently. */
export interface ProgramDifference {
  /** By ids, not by positions: `earn.weekend`, `tiers.standing.gold`, `refunds`; of what is gone, where it stood. */
  readonly path: string
  readonly kind: ItemChange['kind']
  /** In the language that was asked for. */
  readonly text: string
  /** Every value that differs, as the canonical form writes it. */
  readonly changes: readonly Change[]
}

/**
 * What changes when `after` takes the place of `before`, both documents of the language: in the order in which the language
 * lists its sections and the document its items, each in a sentence. Documents that say the same in other words or another
 * layout have no difference; documents that differ in anything have at least one. Null where one of them does not compile.
 */
export function programDifferences(
  before: string,
  after: string,
  wording: Wording,
): readonly ProgramDifference[] | null {
  const sides = { before: sideOf(before, wording), after: sideOf(after, wording) }
  if (sides.before === null || sides.after === null) return null
  const compared = { before: sides.before, after: sides.after, wording, say: changeSentences[wording.language] }
  return (Object.keys(sectionForms) as Section[]).flatMap((section) =>
    compareItems(
      itemsOf(section, compared.before.sections[section]),
      itemsOf(section, compared.after.sections[section]),
      sectionForms[section].form === 'listed',
    ).map((change) => differenceOf(compared, change)),
  )
}

interface Side {
  readonly program: Program
  readonly sections: Sections
  readonly said: ReadonlyMap<string, SaidOfItem>
}
interface Compared {
  readonly before: Side
  readonly after: Side
  readonly wording: Wording
  readonly say: ChangeSentences
}

function sideOf(text: string, wording: Wording): Side | null {
  const read = readDocument(text)
  const canonical = canonicalOf(read)
  const { program } = compiledOf(read, { version: 0, hash: '' })
  if (program === null || canonical === null) return null
  return { program, sections: JSON.parse(canonical) as Sections, said: saidByPath(program, wording) }
}

function differenceOf(compared: Compared, change: ItemChange): ProgramDifference {
  const { say, wording } = compared
  switch (change.kind) {
    case 'added':
    case 'removed': {
      const isNew = change.kind === 'added'
      const item = isNew ? change.after : change.before
      const side = isNew ? compared.after : compared.before
      const changes = isNew
        ? valueChanges(item.path, undefined, item.content)
        : valueChanges(item.path, item.content, undefined)
      // The silence had a meaning, too: it is told as a change.
      if (item.id === null)
        return { path: item.path, kind: change.kind, text: changedText(compared, item, changes), changes }
      const told = wholeText(side, item, wording)
      return { path: item.path, kind: change.kind, text: isNew ? say.isNew(told) : say.isGone(told), changes }
    }
    case 'changed': {
      const changes = valueChanges(change.after.path, change.before.content, change.after.content)
      return { path: change.after.path, kind: change.kind, text: changedText(compared, change.after, changes), changes }
    }
    case 'renamed': {
      const called = ({ id, path }: Item, { program }: Side) => speakerOf(program, wording).quoted(id ?? path)
      const text = say.calledNow(called(change.before, compared.before), called(change.after, compared.after))
      const ids = { path: change.after.path, before: change.before.id, after: change.after.id }
      return { path: change.after.path, kind: change.kind, text, changes: [ids] }
    }
    case 'moved':
      return {
        path: change.after.path,
        kind: change.kind,
        text: say.moved(nameOf(compared.after, change.after, wording)),
        changes: [],
      }
  }
}

/** What people call it: its name, else its id, else the heading under which it stands. */
function nameOf({ program, said }: Side, { id, path, section }: Item, wording: Wording): string {
  const speaker = speakerOf(program, wording)
  if (id === null) return speaker.say.sections[sectionForms[section].heading]
  return said.get(path)?.name ?? speaker.quoted(id)
}

function wholeText(side: Side, item: Item, wording: Wording): string {
  const texts = side.said.get(item.path)?.texts ?? [valueText(item.content)]
  const name = nameOf(side, item, wording)
  return texts.length === 0 ? `${name}.` : `${name}: ${texts.join(' ')}`
}

const textsOf = ({ said }: Side, { path }: Item): readonly string[] => said.get(path)?.texts ?? []

/**
 * What one document says that it would not with the section of the other: in its own words, since the two may count an asset in
 * different steps.
 */
const saidBy = (side: Side, other: Side, { section }: Item, wording: Wording): string[] =>
  without(
    saidWith(side.program, side.program, section, wording),
    saidWith(side.program, other.program, section, wording),
  )

/** The sentences that are otherwise; where the sentences are silent about it, the values of the document. */
function changedText(compared: Compared, item: Item, changes: readonly Change[]): string {
  const { before, after, wording, say } = compared
  const [gone, come] =
    item.id === null
      ? [saidBy(before, after, item, wording), saidBy(after, before, item, wording)]
      : [without(textsOf(before, item), textsOf(after, item)), without(textsOf(after, item), textsOf(before, item))]
  const told =
    gone.length === come.length
      ? come.map((text, index) => say.untilNow(text, shortened(gone[index] ?? '', text)))
      : [...come.map(say.isNew), ...gone.map(say.isGone)]
  const spoken = told.length > 0 ? told.join(' ') : unsaidText(item, changes, say, wording)
  return `${nameOf(after, item, wording)}: ${spoken}`
}

/** Sentences for what has one, else the key and its values. */
function unsaidText(item: Item, changes: readonly Change[], say: ChangeSentences, wording: Wording): string {
  // A holdout that is new, or gone: each of its shares by itself.
  const each =
    item.section === 'holdout'
      ? changes.flatMap((change) =>
          change.path === item.path ? valueChanges(change.path, change.before ?? {}, change.after ?? {}) : [change],
        )
      : changes
  const both = each.map((change) => {
    const sentenceOf = (value: Json | null) => unsaidSentence(item.section, keyOf(item, change), value, wording)
    const [was, is] = [sentenceOf(change.before), sentenceOf(change.after)]
    return { change, sentence: was === null || is === null || was === is ? null : say.untilNow(is, was) }
  })
  const sentences = both.flatMap(({ sentence }) => sentence ?? [])
  const values = both.flatMap(({ change, sentence }) =>
    sentence === null ? wording.isolate(changeText(item, change, say)) : [],
  )
  return [...sentences, ...(values.length === 0 ? [] : [values.join('; ')])].join(' ')
}

const keyOf = ({ path }: Item, change: Change): string =>
  change.path.slice(path.length).replace(/^\./, '') || change.path

function changeText(item: Item, change: Change, say: ChangeSentences): string {
  const key = keyOf(item, change)
  const text = (value: Json | null) => (value === null ? say.unsaid : valueText(value))
  return say.untilNow(`${key}: ${text(change.after)}`, text(change.before))
}

/** Those of `texts` that are not among `others`, each as often as it is missing. */
function without(texts: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return texts.filter((text) => {
    const at = left.indexOf(text)
    if (at !== -1) left.splice(at, 1)
    return at === -1
  })
}

/** Beyond this many words only the whole sentence says what is meant. */
const SHORT_WORDS_MAX = 3

/** Of the sentence before what the one now has otherwise, where that is a number or a few words; else all of it. */
function shortened(before: string, now: string): string {
  const [was, is] = [before.split(' '), now.split(' ')]
  const begin = sameFrom(was, is)
  const end = sameFrom(was.slice(begin).reverse(), is.slice(begin).reverse())
  const middle = was.slice(begin, was.length - end)
  const text = middle.join(' ').replace(/[.,;:،]+$/, '')
  const isWhole = [...text.matchAll(/[\u2068\u201c(]/g)].length === [...text.matchAll(/[\u2069\u201d)]/g)].length
  const isShort = middle.length > 0 && middle.length <= SHORT_WORDS_MAX && /\p{N}/u.test(text)
  return isShort && isWhole && begin + end > 0 ? text : before
}

function sameFrom(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((word, index) => word !== b[index])
  return at === -1 ? a.length : at
}

/** As one would write it on a line of the document. */
function valueText(value: Json): string {
  if (isList(value)) return `[${value.map(valueText).join(', ')}]`
  if (!isMap(value)) return String(value)
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${valueText(item)}`)
  return `{ ${entries.join(', ')} }`
}
