import { createRootRoute, Link } from '@tanstack/react-router'
import { requireSession } from '../session/me.ts'
import { words } from '../words/words.ts'
import { Frame } from './frame.tsx'
import { ProblemView } from './problem-view.tsx'

/** What every address stands in; rooms hang their own routes below it. */
export const root = createRootRoute({
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

/** Of what stands in an address only what can be read counts. */
export const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
export const numberIn = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) ? Number(value) : undefined

/** Of a list that is read page by page. */
export const cursorIn = (search: Record<string, unknown>): { cursor?: string | undefined } => ({
  cursor: textIn(search['cursor']),
})
