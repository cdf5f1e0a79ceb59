import type { Program } from '../program/program.ts'
import { arabic } from './ar.ts'
import { collecting } from './collecting.ts'
import { german } from './de.ts'
import { bonuses, earning } from './earning.ts'
import { english } from './en.ts'
import { spanish } from './es.ts'
import type { Explanation, Part } from './explanation.ts'
import { cards, challenges, draws, leaderboards } from './games.ts'
import { levels } from './levels.ts'
import { belonging, business, returns, theProgram } from './policies.ts'
import { benefits, rewards } from './rewards.ts'
import type { SectionId } from './sentences.ts'
import { type AnySentences, Speaker } from './speaker.ts'
import { charities, memberships, offers, partners, pools, referral } from './together.ts'
import { toldToMembers } from './told-to-members.ts'
import { turkish } from './tr.ts'
import type { Language, Wording } from './wording.ts'

/** What each section says of a program, in the order in which it is read. */
const sections: readonly (readonly [SectionId, (speaker: Speaker, program: Program) => Part[]])[] = [
  ['collecting', collecting],
  ['earning', earning],
  ['levels', levels],
  ['benefits', benefits],
  ['rewards', rewards],
  ['cards', cards],
  ['challenges', challenges],
  ['leaderboards', leaderboards],
  ['draws', draws],
  ['offers', offers],
  ['referral', referral],
  ['memberships', memberships],
  ['pools', pools],
  ['partners', partners],
  ['charities', charities],
  ['returns', returns],
  ['belonging', belonging],
  ['program', theProgram],
  ['business', business],
]

const sentencesByLanguage: Readonly<Record<Language, AnySentences>> = {
  en: english,
  tr: turkish,
  de: german,
  es: spanish,
  ar: arabic,
}

/** A program in plain sentences of one language: what members are told, and apart from it what only the business needs. */
export function explainProgram(program: Program, wording: Wording): Explanation {
  return explainIn(program, wording, sentencesByLanguage[wording.language])
}

/** What members are told of it, and nothing that is for the business or hidden. */
export function explainToMembers(program: Program, wording: Wording): Explanation {
  const { title, sections: all } = explainIn(
    program,
    wording,
    sentencesByLanguage[wording.language],
    toldToMembers(program),
  )
  const sections = all.map((section) => ({ ...section, parts: section.parts.flatMap(toMembers) }))
  return { title, sections: sections.filter(({ parts }) => parts.length > 0) }
}

function toMembers(part: Part): Part[] {
  const sentences = part.sentences.filter((said) => said.for === 'everyone')
  return sentences.length === 0 ? [] : [{ ...part, sentences }]
}

/** `told` is what of the program is spoken of; names and numbers are looked up in the whole. */
export function explainIn(
  program: Program,
  wording: Wording,
  sentences: AnySentences,
  told: Program = program,
): Explanation {
  const speaker = new Speaker(program, wording, sentences, told)
  return {
    title: speaker.name(program.name, program.id),
    sections: sections.flatMap(([id, partsOf]) => {
      const parts = partsOf(speaker, told).map((part) => finished(speaker, part))
      return parts.length === 0 ? [] : [{ id, title: sentences.sections[id], parts }]
    }),
  }
}

/** The bonuses of a program, each by itself. */
export function explainBonuses(program: Program, wording: Wording): readonly Part[] {
  const speaker = speakerOf(program, wording)
  return bonuses(speaker, program).map((part) => finished(speaker, part))
}

/** What each rule, bonus and reward says first, by its id, as members are told of it: enough to know which is meant. */
export function firstSentencesToMembers(program: Program, wording: Wording): ReadonlyMap<string, string> {
  const told = toldToMembers(program)
  const speaker = new Speaker(program, wording, sentencesByLanguage[wording.language], told)
  const parts = [...earning(speaker, told), ...bonuses(speaker, told)].map((part) => finished(speaker, part))
  return new Map(
    parts.flatMap((part) => {
      const text = toMembers(part)[0]?.sentences[0]?.text
      return part.id === null || text === undefined ? [] : [[part.id, text] as const]
    }),
  )
}

/** For whoever says something about a program in the same language. */
export const speakerOf = (program: Program, wording: Wording): Speaker =>
  new Speaker(program, wording, sentencesByLanguage[wording.language])

/** What was put together of pieces begins with a capital and ends with a full stop. */
function finished(speaker: Speaker, part: Part): Part {
  return { ...part, sentences: part.sentences.map((said) => ({ ...said, text: speaker.sentence(said.text) })) }
}
