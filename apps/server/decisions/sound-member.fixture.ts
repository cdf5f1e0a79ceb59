import { evolve, isSameState, type Member, newMember, replay, withoutRows } from '@laurel/engine'
import { bucketOf, chainHash, chainStart, type DecisionEntry } from '@laurel/ledger'
import { expect } from 'vitest'
import { transaction } from '../db/transaction.ts'
import { memberStateOf, passedBy, readMemberHistory, toldOf } from './history.ts'
import type { RecordingContext } from './recorder.ts'

/** The member's state, whose rows agree with one another: state, balances, ledger, chain, and what its events come to when judged anew. */
export async function soundMember(
  { database, timelines }: RecordingContext,
  member: string,
  program: string,
): Promise<Member> {
  const owner = { bucket: bucketOf(program, member), program, id: member }
  const key = [owner.bucket, program, member]
  const {
    rows: [stored],
  } = await database.migrator.query(
    'SELECT state, hash, seq, transfer_count FROM member WHERE bucket = $1 AND program = $2 AND id = $3',
    key,
  )
  const state = memberStateOf(owner, stored.state)
  const history = await transaction(database.application, (tx) => readMemberHistory(tx, owner))
  const found = await timelines.of(program)
  if (found === null) throw new Error('the program is published')
  const folded = history.effects.reduce((before, effects) => evolve(before, effects), newMember())
  expect(isSameState(withoutRows(folded), state)).toBe(true)
  const replayed = replay(found.timeline, history.events, passedBy(found, state), toldOf(owner, history)).member
  expect(isSameState(withoutRows(replayed), state)).toBe(true)

  const balances = await database.migrator.query(
    'SELECT asset, pending, active, held, debt FROM balance WHERE bucket = $1 AND program = $2 AND member = $3 ORDER BY asset',
    key,
  )
  const own = state.assets.map(({ asset, pending, active, held, debt }) => ({ asset, pending, active, held, debt }))
  expect(balances.rows).toEqual(own.toSorted((a, b) => (a.asset < b.asset ? -1 : 1)))
  const posted = await database.migrator.query(
    `SELECT asset, sum(CASE WHEN to_account = 'active' THEN amount WHEN from_account = 'active' THEN -amount ELSE 0 END)::int AS active
     FROM transfer WHERE bucket = $1 AND program = $2 AND member = $3 GROUP BY asset ORDER BY asset`,
    key,
  )
  for (const { asset, active } of posted.rows) expect(own.find((each) => each.asset === asset)?.active).toBe(active)

  let hash = chainStart(program, member)
  const decisions = await database.migrator.query(
    'SELECT seq, recorded_at, engine, content, content_hash, effects, because, hash FROM decision WHERE bucket = $1 AND program = $2 AND member = $3 ORDER BY seq',
    key,
  )
  for (const row of decisions.rows) {
    const event = row.content === null ? null : JSON.parse(row.content)
    const entry: DecisionEntry = {
      seq: row.seq,
      event: event === null ? null : { source: event.source, id: event.id, hash: row.content_hash.toString('hex') },
      recordedAt: new Date(row.recorded_at).getTime(),
      engine: row.engine,
      because: row.because,
      effects: JSON.parse(row.effects),
    }
    hash = chainHash(hash, entry)
    expect(row.hash.toString('hex')).toBe(hash)
  }
  expect(stored.hash.toString('hex')).toBe(hash)
  expect(stored.seq).toBe(decisions.rows.length)
  return state
}
