import type { Bind } from '../http/bind.ts'
import { readHistory } from './read-history.ts'
import { listVersions, readVersion } from './read-versions.ts'
import { readVocabulary } from './read-vocabulary.ts'
import type { ProgramContext } from './timeline.ts'

export function bindPrograms(context: ProgramContext, bind: Bind): void {
  bind('listVersions', ({ actor }) => listVersions(context, actor.program))
  bind('readVersion', ({ actor, path }) => readVersion(context, actor.program, path.version))
  bind('readVocabulary', ({ actor }) => readVocabulary(context, actor.program))
  bind('readHistory', ({ actor, query }) => readHistory(context, actor.program, query))
}
