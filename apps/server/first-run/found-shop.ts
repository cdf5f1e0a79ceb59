import { type FieldError, Problem, type ToFound } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import { addBrand } from '../brand/change-brand.ts'
import { countOf, rowOf, transaction } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { isZone } from '../programs/zone.ts'
import { addVersion, lockVersions, readyDocument, readyVersion } from '../publishing/add-version.ts'
import { addPerson } from '../sign-in/people.ts'
import { insertRole } from '../team/queries.ts'
import type { ReadyProgram } from './first-run.ts'
import { hasBegun, lockRoles } from './queries.ts'

export interface FoundedShop {
  readonly program: string
  readonly name: string
  readonly person: string
  readonly toReword: string[]
}

/** Opens a shop in one transaction: its owner, its program and how it looks. Throws a Problem, and nothing of it is there. */
export async function foundShop(
  context: ProgramContext,
  hashOf: (password: string) => Promise<string>,
  ready: readonly ReadyProgram[],
  { owner, program: wanted, colour }: ToFound,
): Promise<FoundedShop> {
  const from = chosenOf(ready, wanted)
  const { name } = wanted
  const id = idOf(name) ?? from.id
  const { document, toReword } = from.documentAs({ ...wanted, id })
  const compiled = readyDocument(id, document)
  const passwordHash = await hashOf(owner.password)

  const person = await transaction(context.database.application, async (tx) => {
    await countOf(tx, lockRoles())
    if ((await rowOf(tx, hasBegun()))?.begun !== false) throw new Problem('already-begun')
    const added = await addPerson(tx, context, { ...owner, passwordHash, isProven: false })
    if (added === undefined) throw new Problem('already-begun')
    const actor = `staff/${added}`
    const versions = await lockVersions(tx, context, id)
    const next = await readyVersion(tx, versions, compiled, context.now(id))
    await addVersion(tx, context, id, versions, next, { author: actor, note: '', approvedBy: null, trial: null })
    await countOf(tx, insertRole(id, added, 'owner', new Date(context.wallNow()).toISOString(), 'first-run'))
    await addBrand(tx, context, actor, id, { shop: name, colour })
    const detail = { from: from.id, role: 'owner' }
    await writeAudit(tx, context, { program: id, actor, act: 'shop.founded', subject: actor, detail })
    return added
  })
  await context.timelines.upTo(id, 1)
  return { program: id, name, person, toReword: [...toReword] }
}

function chosenOf(ready: readonly ReadyProgram[], { from, zone }: ToFound['program']): ReadyProgram {
  const chosen = ready.find(({ id }) => id === from)
  const errors: FieldError[] = []
  if (chosen === undefined) {
    errors.push({ path: '/program/from', message: `must be one of ${ready.map(({ id }) => id).join(', ')}` })
  }
  if (!isZone(zone)) errors.push({ path: '/program/zone', message: 'must be a time zone, such as Europe/Berlin' })
  if (chosen === undefined || errors.length > 0) throw new Problem('invalid-request', { errors })
  return chosen
}

/** Of addresses and books: short enough to be typed. */
const idLengthMax = 40

/** `Café Zoë` is `cafe-zoe`. Null where a name has no letters of ASCII: an id must be typed on every keyboard. */
function idOf(name: string): string | null {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ı', 'i').toLowerCase()
  const words = plain.replaceAll(/['’]/g, '').match(/[a-z0-9]+/g) ?? []
  const id = words
    .join('-')
    .replace(/^[0-9-]+/, '')
    .slice(0, idLengthMax)
    .replace(/-+$/, '')
  return id === '' ? null : id
}
