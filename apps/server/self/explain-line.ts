import { createWording, type WhyAnswer } from '@laurel/contract'
import { firstSentencesToMembers, type Language, type Program, type TraceEntry } from '@laurel/engine'
import { explainEvent } from '../decisions/explain.ts'
import { gatherMember } from '../members/gather-member.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { readOwnLine } from './read-own-statement.ts'
import { isSeen } from './told.ts'

/**
 * Why a line stands there (EVT-7), as members are told: the rules that gave, and those that did not with their reason. What is
 * kept from members is no reason: whoever is held out of a rule never hears of it, and a rule for a hidden level is not there.
 */
export async function explainLine(
  context: ProgramContext,
  program: string,
  member: string,
  number: number,
  language: Language,
): Promise<WhyAnswer> {
  const { cause } = await readOwnLine(context, program, member, number)
  const slash = cause.indexOf('/')
  const name = { source: cause.slice(0, slash), id: cause.slice(slash + 1) }
  const found = slash === -1 ? null : await explainEvent(context, program, member, name)
  if (found === null) return { number, reasons: [] }
  const { timeline } = await gatherMember(context, program, member)
  const version = found.event.stamp.version
  const judged = timeline.find((entry) => entry.program.version === version)?.program
  const rules = (found.now?.rules ?? found.rules).filter(
    ({ asset, outcome }) => outcome !== 'held-out' && (asset === null || isSeen(timeline, asset)),
  )
  return { number, reasons: judged === undefined ? [] : reasonsOf(rules, judged, language) }
}

function reasonsOf(rules: readonly TraceEntry[], program: Program, language: Language): WhyAnswer['reasons'] {
  const sentences = firstSentencesToMembers(program, createWording(language))
  const told = rules.flatMap(({ rule, outcome, asset, amount }) => {
    const sentence = sentences.get(rule) ?? null
    return sentence === null && amount === 0 ? [] : [{ rule, sentence, outcome, asset, amount }]
  })
  // What gave stands before what did not.
  return told.toSorted((a, b) => Number(b.amount !== 0) - Number(a.amount !== 0))
}
