import type { Bind } from '../http/bind.ts'
import { publishProgram } from './publish-program.ts'
import { readHistory } from './read-history.ts'
import { listVersions, readVersion } from './read-versions.ts'
import { rollBack, withdrawVersion } from './restore-version.ts'
import type { ProgramContext } from './timeline.ts'

export function bindPrograms(context: ProgramContext, bind: Bind): void {
  bind('publishProgram', async ({ actor, query, body }) => {
    const input = { document: body, note: query.note ?? '' }
    const { findings, ...published } = await publishProgram(context, `key/${actor.keyId}`, actor.program, input)
    return { ...published, findings: findings.map((finding) => ({ ...finding })) }
  })
  bind('rollBack', ({ actor, path, body }) =>
    rollBack(context, `key/${actor.keyId}`, actor.program, { ...path, ...body }),
  )
  bind('withdrawVersion', ({ actor, path, body }) =>
    withdrawVersion(context, `key/${actor.keyId}`, actor.program, { ...path, ...body }),
  )
  bind('readHistory', ({ actor, query }) => readHistory(context, actor.program, query))
  bind('listVersions', ({ actor }) => listVersions(context, actor.program))
  bind('readVersion', ({ actor, path }) => readVersion(context, actor.program, path.version))
}
