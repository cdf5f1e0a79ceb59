import { type Untold, untold } from '../untold.ts'
import type { Lexicon } from './lexicon.ts'

export type Mood = 'glad' | 'upset' | 'mixed' | 'plain'

/** What a text says of one theme, with the words it was read by. */
export interface Mention {
  readonly theme: string
  readonly mood: Mood
  readonly themeWords: readonly string[]
  /** Words of mood, with the word that turned them around before them: `not good`. */
  readonly moodWords: readonly string[]
}

export interface ThemeGroup {
  readonly theme: string
  readonly texts: number
  readonly moods: Readonly<Record<Mood, number>>
  /** Where the texts stand in the list that was read, the upset ones first. */
  readonly where: readonly number[]
}

export interface Feedback {
  readonly type: 'told'
  /** For each text what it says; nothing where no word is known. */
  readonly mentions: readonly (readonly Mention[])[]
  /** The most spoken of first. What has a mood and no theme is under `other`. */
  readonly groups: readonly ThemeGroup[]
  /** Texts of which no word is known: a person has to read them. */
  readonly notUnderstood: readonly number[]
}

export const OTHER_THEME = 'other'

/**
 * Texts by theme and mood: words of a list are counted, thought by thought, and turned around where one of negation stands at most
 * three words before (as Hutto & Gilbert, "VADER", ICWSM 2014, do). A thought that names no theme is about that of the thought before it
 * in the same text. There is nothing else to it, so that anybody can see why a text is where it is.
 */
export function feedbackOf(texts: readonly string[], lexicon: Lexicon): Feedback | Untold<'nothing-written'> {
  if (!texts.some((text) => text.trim() !== '')) return untold('nothing-written', 'Nobody has written anything yet.')
  const mentions = texts.map((text) => mentionsOf(text, lexicon))
  return {
    type: 'told',
    mentions,
    groups: groupsOf(mentions),
    notUnderstood: mentions.flatMap((its, index) => (its.length === 0 ? index : [])),
  }
}

// As far as a negation reaches: "not at all good" is turned, "not what one would call good" is not.
const REACH = 3

const isMatch = (word: string, entry: string): boolean =>
  entry.endsWith('*') ? word.startsWith(entry.slice(0, -1)) : word === entry

const isAmong = (entries: readonly string[], word: string): boolean => entries.some((entry) => isMatch(word, entry))

interface Reading {
  readonly themeWords: string[]
  readonly moodWords: string[]
  good: number
  bad: number
}

function mentionsOf(text: string, lexicon: Lexicon): Mention[] {
  const readings = new Map<string, Reading>()
  let before: readonly string[] = [OTHER_THEME]
  for (const thought of thoughtsOf(text, lexicon)) {
    const mood = moodIn(thought, lexicon)
    const named = lexicon.themes.flatMap(({ theme, words }) => {
      const found = thought.filter((word) => isAmong(words, word))
      return found.length === 0 ? [] : [{ theme, found }]
    })
    const themes = named.length > 0 ? named : before.map((theme) => ({ theme, found: [] as string[] }))
    if (named.length === 0 && mood.moodWords.length === 0) continue
    for (const { theme, found } of themes) {
      const reading = readings.get(theme) ?? { themeWords: [], moodWords: [], good: 0, bad: 0 }
      readings.set(theme, reading)
      reading.themeWords.push(...found)
      reading.moodWords.push(...mood.moodWords)
      reading.good += mood.good
      reading.bad += mood.bad
    }
    before = themes.map(({ theme }) => theme)
  }
  return [...readings].map(([theme, { themeWords, moodWords, good, bad }]) => ({
    theme,
    mood: moodOf(good, bad),
    themeWords,
    moodWords,
  }))
}

/** Words between marks that end a thought and words that begin another; a typographic apostrophe is one. */
function thoughtsOf(text: string, { dividing }: Lexicon): string[][] {
  const thoughts: string[][] = []
  for (const part of text
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[.,;:!?()\n]+/u)) {
    let thought: string[] = []
    for (const word of part.match(/\p{L}+(?:['-]\p{L}+)*/gu) ?? []) {
      if (isAmong(dividing, word)) {
        thoughts.push(thought)
        thought = []
      } else thought.push(word)
    }
    thoughts.push(thought)
  }
  return thoughts.filter((thought) => thought.length > 0)
}

function moodIn(thought: readonly string[], { good, bad, turning }: Lexicon) {
  const found = { moodWords: [] as string[], good: 0, bad: 0 }
  for (const [index, word] of thought.entries()) {
    const isGood = isAmong(good, word)
    if (!isGood && !isAmong(bad, word)) continue
    const turn = thought.slice(Math.max(0, index - REACH), index).find((each) => isAmong(turning, each))
    if (isGood === (turn === undefined)) found.good += 1
    else found.bad += 1
    found.moodWords.push(turn === undefined ? word : `${turn} ${word}`)
  }
  return found
}

function moodOf(good: number, bad: number): Mood {
  if (good === 0 && bad === 0) return 'plain'
  if (good === bad) return 'mixed'
  return good > bad ? 'glad' : 'upset'
}

const inOrder: readonly Mood[] = ['upset', 'mixed', 'glad', 'plain']

function groupsOf(mentions: readonly (readonly Mention[])[]): ThemeGroup[] {
  const all = mentions.flatMap((its, index) => its.map(({ theme, mood }) => ({ theme, mood, index })))
  return [...Map.groupBy(all, ({ theme }) => theme)]
    .map(([theme, its]) => {
      const countOf = (mood: Mood) => its.filter((each) => each.mood === mood).length
      const moods = { glad: countOf('glad'), upset: countOf('upset'), mixed: countOf('mixed'), plain: countOf('plain') }
      const where = its
        .toSorted((a, b) => inOrder.indexOf(a.mood) - inOrder.indexOf(b.mood) || a.index - b.index)
        .map(({ index }) => index)
      return { theme, texts: its.length, moods, where }
    })
    .sort((a, b) => b.texts - a.texts || (a.theme < b.theme ? -1 : 1))
}
