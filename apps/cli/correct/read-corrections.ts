import { writeFileSync } from 'node:fs'
import type { Client, CorrectedMember, CorrectionAnswer } from '@laurel/contract'
import { allPages } from '../all-pages.ts'
import { csvText, decimalOf } from '../csv-text.ts'
import { openTarget } from '../target-file.ts'
import { levelText } from './correction-text.ts'

/** One line for each member and what changes: an asset, when some of it lapses, a level, a voucher. */
export async function writeMembers(
  client: Client,
  { id, summary }: CorrectionAnswer,
  csv: string | undefined,
): Promise<void> {
  if (csv === undefined || summary === null) return
  const scaleOf = (asset: string) => summary.assets.find((each) => each.asset === asset)?.scale ?? 0
  const columns = [
    'member',
    'facts',
    'asset',
    'change',
    'owed more',
    'borne',
    'out of pools',
    'outcome',
    'decision',
    'note',
  ]
  const asIfEnough = summary.sharing > 0 ? 'as if there were enough of what members share' : null
  const rows = (await allMembers(client, id)).flatMap(({ member, facts, outcome, decision, ...changed }) => [
    ...changed.changes.map(({ asset, ...change }) => {
      const amounts = [change.change, change.debt, change.borne, change.pooled].map((units) =>
        decimalOf(units, scaleOf(asset)),
      )
      return [member, facts, asset, ...amounts, outcome, decision, outcome === null ? asIfEnough : null]
    }),
    ...changed.lots.map(({ asset, lastDay, change }) => {
      const moved = `${decimalOf(change, scaleOf(asset))} lapsing ${lastDay}`
      return [member, facts, asset, null, null, null, null, outcome, decision, moved]
    }),
    ...[
      ...changed.levels.map((level) => `level: ${levelText(level)}`),
      ...changed.vouchers.map(({ voucher, reward, becomes }) => `voucher ${becomes}: ${reward}, ${voucher}`),
    ].map((note) => [member, facts, null, null, null, null, null, outcome, decision, note]),
  ])
  const target = openTarget('--csv', csv)
  writeFileSync(target.descriptor, csvText({ name: 'members', columns, rows }))
  target.keep()
}

async function allMembers(client: Client, correction: string): Promise<CorrectedMember[]> {
  return await allPages(async (from) => {
    const query = { limit: '100', ...from }
    const { members, next } = await client.call('listCorrectedMembers', { path: { correction }, query })
    return { entries: members, next }
  })
}

export async function allCorrections(client: Client): Promise<CorrectionAnswer[]> {
  return await allPages(async (from) => {
    const { corrections, next } = await client.call('listCorrections', { query: { limit: '100', ...from } })
    return { entries: corrections, next }
  })
}
