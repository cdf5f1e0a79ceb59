import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { ProblemView } from './frame/problem-view.tsx'
import { cursorIn, numberIn, root, textIn } from './frame/root-route.tsx'
import { Waiting } from './frame/waiting.tsx'
import { HomeRoom } from './home/home-room.tsx'
import { MemberRoom } from './members/member-room.tsx'
import { MembersRoom } from './members/members-room.tsx'
import { programRoutes } from './program/routes.ts'
import { seldomRoutes } from './seldom-routes.ts'

/** Every address of the console, and what stands in it beside the path. */

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomeRoom })

const members = createRoute({
  getParentRoute: () => root,
  path: '/members',
  validateSearch: (search): { q?: string | undefined; cursor?: string | undefined } => ({
    q: textIn(search['q']),
    cursor: textIn(search['cursor']),
  }),
  component: MembersRoom,
})

const member = createRoute({
  getParentRoute: () => root,
  path: '/members/$member',
  validateSearch: (search): { part?: string | undefined; why?: number | undefined; cursor?: string | undefined } => ({
    part: textIn(search['part']),
    why: numberIn(search['why']),
    cursor: textIn(search['cursor']),
  }),
  component: MemberRoom,
})

const refunds = createRoute({
  getParentRoute: () => root,
  path: '/refunds',
  validateSearch: cursorIn,
  component: lazyRouteComponent(() => import('./queues/refunds-room.tsx'), 'RefundsRoom'),
})
const overdue = createRoute({
  getParentRoute: () => root,
  path: '/overdue',
  validateSearch: cursorIn,
  component: lazyRouteComponent(() => import('./queues/overdue-room.tsx'), 'OverdueRoom'),
})

export const router = createRouter({
  routeTree: root.addChildren([home, members, member, refunds, overdue, ...programRoutes, ...seldomRoutes]),
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
