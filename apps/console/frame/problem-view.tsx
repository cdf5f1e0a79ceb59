import { RequestProblem } from '@laurel/contract'
import { Button } from '@mantine/core'
import { words } from '../words/words.ts'
import { WorkIn } from './work-in.tsx'
import './problem.css'

interface Said {
  readonly title: string
  readonly remedy: string
  /** Another page where it is put right, and what its link is called. */
  readonly link: { readonly href: string; readonly text: string } | null
  readonly detail: string | null
}

/** What happened, and what to do, for whoever looks at the console. */
function saidOf(error: unknown): Said {
  const { problem } = words
  if (!(error instanceof RequestProblem)) {
    return error instanceof TypeError
      ? { title: problem.network, remedy: problem.networkRemedy, link: null, detail: null }
      : { title: problem.title, remedy: problem.brokenRemedy, link: null, detail: String(error) }
  }
  const { code, title, remedy, detail, errors = [], instance } = error.body
  switch (code) {
    case 'unauthenticated':
      return {
        title: problem.sessionEnded,
        remedy: problem.sessionEndedRemedy,
        link: { href: '/sign-in', text: problem.signIn },
        detail: null,
      }
    case 'missing-scope':
      return { title: problem.mayNot, remedy: problem.mayNotRemedy, link: null, detail: null }
    case 'program-unnamed':
      return { title: problem.chooseProgram, remedy: problem.chooseProgramRemedy, link: null, detail: null }
    case 'not-on-team':
      return { title: `${title}.`, remedy: problem.notOnTeamRemedy, link: null, detail: null }
    default: {
      const fields = errors.map(({ path, message }) => `${path} ${message}`).join('; ')
      const said = [detail, fields].filter(Boolean).join(' ')
      return { title: `${title}.`, remedy, link: null, detail: said === '' ? problem.number(instance) : said }
    }
  }
}

/** Whoever works in several programs says first in which: none is taken for granted. */
function programsOf(error: unknown): readonly string[] {
  if (!(error instanceof RequestProblem && error.body.code === 'program-unnamed')) return []
  const { programs } = error.body
  return Array.isArray(programs) ? programs.map(String) : []
}

/** What was asked for could not be shown, or what was to be done could not be done: `inForm` where something was typed. */
export function ProblemView({
  error,
  onRetry,
  inForm = false,
}: {
  readonly error: unknown
  readonly onRetry?: (() => void) | undefined
  readonly inForm?: boolean
}) {
  const { title, remedy, link, detail } = saidOf(error)
  const isSession = error instanceof RequestProblem && error.body.code === 'unauthenticated'
  return (
    <div className={inForm ? 'problem-line' : 'problem'} role="alert">
      {inForm ? <h3>{title}</h3> : <h2>{title}</h2>}
      <p className="second">
        {words.problem.safe} {remedy}
      </p>
      {detail === null ? null : <p className="id">{detail}</p>}
      {link === null ? null : (
        <a href={link.href} target="_blank" rel="noreferrer">
          {link.text}
        </a>
      )}
      {programsOf(error).map((program) => (
        <WorkIn key={program} program={program} text={program} next={location.pathname + location.search} />
      ))}
      {onRetry === undefined ? null : (
        <Button variant="default" size="sm" onClick={onRetry}>
          {isSession ? words.problem.goOn : words.tryAgain}
        </Button>
      )}
    </div>
  )
}
