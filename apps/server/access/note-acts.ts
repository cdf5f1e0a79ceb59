import { Problem, type RouteName } from '@laurel/contract'
import type { Context } from '../context.ts'
import { transaction } from '../db/transaction.ts'
import type { Actor, NoteAct } from '../http/bind.ts'
import { writeAudit } from './write-audit.ts'

/**
 * Writes down what a person is about to do, before it is done: whatever happens meanwhile, nothing is done that nobody asked for.
 * Where it comes to nothing a second entry says so. Of what was asked only the route and the ids of its address are kept: amounts
 * and reasons stand in the books, and whatever else is personal.
 */
export const createActNotes =
  (context: Context): NoteAct =>
  async (actor, route, request, work) => {
    if (actor.person === null || request.method === 'GET') return await work()
    const subject = subjectOf(route, request.params)
    await note(context, actor, 'request.made', subject, { request: request.id })
    try {
      return await work()
    } catch (error) {
      const problem = error instanceof Problem ? error.code : 'fault'
      await note(context, actor, 'request.failed', subject, { request: request.id, problem })
      throw error
    }
  }

async function note(context: Context, { program, name }: Actor, act: string, subject: string, detail: object) {
  await transaction(context.database.application, async (tx) => {
    await writeAudit(tx, context, { program, actor: name, act, subject, detail })
  })
}

/** `adjustPoints/maren`: the address was parsed by the route's schema before. */
const subjectOf = (route: RouteName, params: unknown): string =>
  [route, ...Object.values(typeof params === 'object' && params !== null ? params : {}).map(String)].join('/')
