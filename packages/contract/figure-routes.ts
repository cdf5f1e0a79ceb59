import { figures } from './figure-schemas.ts'
import { route } from './route.ts'

/** How a program stands as a whole. */
export const figureRoutes = {
  readFigures: route({
    method: 'GET',
    address: '/v1/figures',
    scope: 'ledger:read',
    summary: 'Members, who joined, and what is outstanding',
    description: 'Counted at most every five minutes, however often it is asked for.',
    answer: figures,
    problems: ['no-program'],
  }),
}
