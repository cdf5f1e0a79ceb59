import { Problem, roles } from '@laurel/contract'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { rowOf, rowsOf } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { isFromOurPage } from '../http/from-our-page.ts'
import type { SignedIn, SignIn } from '../sign-in/sign-in.ts'
import { roleInProgram, rolesOfPerson } from './queries.ts'

/** With which header staff name the program, and in which cookie a browser keeps the one that was chosen on a page. */
const programHeader = 'laurel-program'
const programCookie = 'laurel_program'

/** Keeps in a browser in which program whoever is signed in works. */
export function cookieOfProgram(program: string, { protocol }: FastifyRequest): string {
  return `${programCookie}=${program}; Path=/; HttpOnly; SameSite=Lax${protocol === 'https' ? '; Secure' : ''}`
}

/** Who asks with a session, of the program that the request names; null: nobody is signed in. */
export type PersonOfRequest = (request: FastifyRequest) => Promise<Actor | null>

export function createPersonOfRequest(context: Context, signIn: SignIn): PersonOfRequest {
  return async (request) => {
    const found = await signIn.signedIn(request)
    if (found === null) return null
    // The browser adds the cookie to whatever asks for it; a key must be put there.
    if (request.method !== 'GET' && !isFromOurPage(request)) throw new Problem('cross-site')
    return await personIn(context, found, request)
  }
}

async function personIn(context: Context, { person }: SignedIn, request: FastifyRequest): Promise<Actor> {
  const { application } = context.database
  const program = programNamed(request) ?? (await onlyProgram(context, person))
  const row = await rowOf(application, roleInProgram(person, program))
  if (row === undefined) throw new Problem('not-on-team')
  if (row.clock !== null) context.noteClock(program, Date.parse(row.clock))
  const name = `staff/${person}`
  return { name, person, member: null, program, scopes: new Set(roles[row.role].scopes), partner: null, holder: name }
}

/** Whoever has one program need not name it; of several none is taken for granted, lest something is written into the wrong one. */
async function onlyProgram(context: Context, person: string): Promise<string> {
  const known = (await rowsOf(context.database.application, rolesOfPerson(person))).map(({ program }) => program)
  const [only, ...others] = known
  if (only === undefined) throw new Problem('not-on-team')
  if (others.length > 0) throw new Problem('program-unnamed', { extensions: { programs: known } })
  return only
}

function programNamed({ headers }: FastifyRequest): string | undefined {
  const header = headers[programHeader]
  if (typeof header === 'string' && header !== '') return namePattern.test(header) ? header : unnameable
  return cookiePattern.exec(headers.cookie ?? '')?.[1]
}

const namePattern = /^[a-z0-9-]{1,100}$/
const cookiePattern = new RegExp(`(?:^|;\\s*)${programCookie}=([a-z0-9-]{1,100})(?:;|$)`)
/** No program has this name: whoever sends what is none is on no team there. */
const unnameable = '-'
