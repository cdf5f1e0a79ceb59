import { ownTimeline } from '@laurel/engine'
import { type DecisionDifference, type DecisionEntry, type EngineRevision, verifyDecisions } from '@laurel/ledger'
import { exchange, type Statement, step } from '../db/exchange.ts'
import { rowsOf, transaction } from '../db/transaction.ts'
import { historyIn } from '../decisions/history.ts'
import { drawnBy } from '../decisions/own-versions.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { bucketsOfProgram, membersOfBucket } from './queries.ts'

export interface DecisionsAgain {
  /** No difference, or none that a revision of the engine does not explain. */
  readonly clean: boolean
  readonly checked: { readonly members: number; readonly decisions: number }
  readonly differences: readonly (DecisionDifference & { readonly member: string })[]
  /** How many more were found than are listed. */
  readonly differencesLeftOut: number
}

/** Changes of meaning of the engine since its first revision (LED-6); there has been none. */
const revisions: readonly EngineRevision[] = []

/** Enough to see what happened. */
const differencesMax = 1_000

/** As the recorder reads a member's past, with the engine that decided. */
const historyOfMember: Statement = {
  name: 'history-with-engine',
  text: `SELECT seq, content, occurred_at, local, place_local, version, pinned, effects, engine
    FROM decision WHERE bucket = $1 AND program = $2 AND member = $3 ORDER BY seq`,
}

/** Decides every stored event again and lists what comes out otherwise: the second layer of verify (LED-6). */
export async function decideAgain(context: ProgramContext, program: string): Promise<DecisionsAgain> {
  const found = await context.timelines.of(program)
  const checked = { members: 0, decisions: 0 }
  const differences: (DecisionDifference & { member: string })[] = []
  let [clean, differencesLeftOut] = [true, 0]
  const { application } = context.database
  for (const { bucket } of found === null ? [] : await rowsOf(application, bucketsOfProgram(program))) {
    for (const { id } of await rowsOf(application, membersOfBucket(bucket, program))) {
      const [read] = await transaction(application, (tx) =>
        exchange(tx, [step(historyOfMember, String(bucket), program, id)]),
      )
      const rows = read?.rows ?? []
      const history = historyIn(rows)
      const decisions = rows.map((row, index) => ({ entry: entryOf(row, history.effects[index] ?? []) }))
      const report = verifyDecisions(
        ownTimeline(found?.timeline ?? [], drawnBy({ program, id })),
        history.events,
        decisions,
        revisions,
      )
      checked.members++
      checked.decisions += decisions.length
      clean &&= report.clean
      for (const difference of report.differences) {
        if (differences.length < differencesMax) differences.push({ ...difference, member: id })
        else differencesLeftOut++
      }
    }
  }
  return { clean, checked, differences, differencesLeftOut }
}

function entryOf(row: readonly (string | null)[], effects: DecisionEntry['effects']): DecisionEntry {
  const [seq, content, , , , , , , engine] = row
  const event: { source: string; id: string } | null = content == null ? null : JSON.parse(content)
  return {
    seq: Number(seq),
    event: event === null ? null : { source: event.source, id: event.id, hash: '' },
    recordedAt: 0,
    engine: Number(engine),
    because: null,
    effects,
  }
}
