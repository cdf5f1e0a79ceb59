import { Problem } from '@laurel/contract'
import type { Actor } from '../http/bind.ts'

/** How actors of Laurel's own begin: nobody who is named by a key may be taken for one of them. */
const own = /^(staff|key|till)\//

/** Who acts, in the books: a person on the staff in their own name, a key in its own or for whom it names. */
export function actingAs(actor: Actor, named: string | undefined): string {
  if (named === undefined) return actor.name
  if (actor.person !== null) throw wrongActor('is for keys: whoever is signed in acts in their own name')
  if (own.test(named))
    throw wrongActor('must not begin like the names of staff, keys and tills, "staff/", "key/" and "till/"')
  return named
}

const wrongActor = (message: string) => new Problem('invalid-request', { errors: [{ path: '/actor', message }] })
