import { createRootRoute, createRoute, createRouter, Link } from '@tanstack/react-router'
import { Frame } from './frame/frame.tsx'
import { ProblemView } from './frame/problem-view.tsx'
import { Waiting } from './frame/waiting.tsx'
import { HomeRoom } from './home/home-room.tsx'
import { MemberRoom } from './members/member-room.tsx'
import { MembersRoom } from './members/members-room.tsx'
import { OverdueRoom } from './queues/overdue-room.tsx'
import { RefundsRoom } from './queues/refunds-room.tsx'
import { requireSession } from './session/me.ts'
import { words } from './words/words.ts'

/** Every address of the console, and what stands in it beside the path. */

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

const root = createRootRoute({
  component: Frame,
  beforeLoad: requireSession,
  errorComponent: ({ error, reset }) => <ProblemView error={error} onRetry={reset} />,
  notFoundComponent: () => (
    <div className="problem">
      <h1>{words.problem.nowhere}</h1>
      <p className="second">{words.problem.nowhereRemedy}</p>
      <Link to="/">{words.problem.goHome}</Link>
    </div>
  ),
})

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomeRoom })

const members = createRoute({
  getParentRoute: () => root,
  path: '/members',
  validateSearch: (search): { q?: string | undefined; cursor?: string | undefined } => ({
    q: text(search['q']),
    cursor: text(search['cursor']),
  }),
  component: MembersRoom,
})

const member = createRoute({
  getParentRoute: () => root,
  path: '/members/$member',
  validateSearch: (search): { part?: string | undefined; why?: number | undefined; cursor?: string | undefined } => ({
    part: text(search['part']),
    why: Number.isSafeInteger(search['why']) ? Number(search['why']) : undefined,
    cursor: text(search['cursor']),
  }),
  component: MemberRoom,
})

const cursorIn = (search: Record<string, unknown>): { cursor?: string | undefined } => ({
  cursor: text(search['cursor']),
})
const refunds = createRoute({
  getParentRoute: () => root,
  path: '/refunds',
  validateSearch: cursorIn,
  component: RefundsRoom,
})
const overdue = createRoute({
  getParentRoute: () => root,
  path: '/overdue',
  validateSearch: cursorIn,
  component: OverdueRoom,
})

/** Its room reads programs as the server does, with the engine: loaded when somebody goes there. */
const program = createRoute({
  getParentRoute: () => root,
  path: '/program',
  validateSearch: (search): { version?: number | undefined; draft?: string | undefined } => ({
    version: Number.isSafeInteger(search['version']) ? Number(search['version']) : undefined,
    draft: text(search['draft']),
  }),
}).lazy(() => import('./program/program-route.tsx').then(({ programRoute }) => programRoute))

export const router = createRouter({
  routeTree: root.addChildren([home, members, member, refunds, overdue, program]),
  basepath: '/console',
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: Waiting,
  defaultErrorComponent: ({ error, reset }) => <ProblemView error={error} onRetry={reset} />,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
