import { type Client, type DraftAnswer, type DraftSummary, RequestProblem } from '@laurel/contract'
import { LANGUAGES, type Language } from '@laurel/engine'
import { type Command, Option } from 'commander'
import { allPages } from '../all-pages.ts'
import { exitCodes } from '../exit.ts'
import { readText } from '../files.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { programFileOf } from '../program-file.ts'
import { countOf } from '../terminal/terminal.ts'
import { jsonOption, run, versionIn } from './run.ts'

interface StepOptions extends LaurelOptions {
  readonly comment?: string
  readonly note?: string
  readonly revision?: number
  readonly language?: Language
}

export function addDraft(program: Command) {
  const draft = program
    .command('draft')
    .summary('write, review and publish drafts')
    .description('A draft is a program that is written, looked at and approved before it is published.')
  const each = (words: string, summary: string) =>
    withLaurelOptions(draft.command(words))
      .summary(summary)
      .option(...jsonOption)
  const revision = [
    '--revision <number>',
    'only if this is still its revision; the one there is where nothing is said',
    versionIn,
  ] as const
  const comment = ['--comment <text>', 'what to say about it'] as const

  each('list', 'show what is being written').action((options: StepOptions) =>
    run('draft list', options, async (terminal) => {
      const drafts = await withDrafts(options, 'list', allDrafts)
      terminal.result({ drafts }, () => drafts.map(lineOf).join('\n') || 'no drafts')
      return exitCodes.ok
    }),
  )
  each('show <id>', 'show one, and what the checker says of it').action((id: string, options: StepOptions) =>
    run('draft show', options, async (terminal) => {
      const found = await withDrafts(options, 'show', (client) => read(client, id))
      terminal.result(found, () => `${lineOf(found)}\n\n${found.document.trimEnd()}`)
      return exitCodes.ok
    }),
  )
  each('save <id> <program>', 'write a draft, or write it anew')
    .option('--note <text>', 'what it is about')
    .option(...revision)
    .action((id: string, file: string, options: StepOptions) =>
      run('draft save', options, async (terminal) => {
        const document = readText(programFileOf(file))
        const saved = await withDrafts(options, 'save', async (client) => {
          const known = await readOrNone(client, id)
          const note = options.note ?? known?.note ?? ''
          // Each call has a key of its own, so that the server takes the same words for somebody else's.
          if (known !== null && known.document === document && known.note === note) return known
          const body = { revision: options.revision ?? known?.revision ?? 0, document, note }
          return await client.call('saveDraft', { path: { draft: id }, body })
        })
        const errors = saved.findings.filter(({ severity }) => severity === 'error').length
        const doubts = errors === 0 ? '' : `, with ${countOf(errors, 'error')}: npx laurel check ${file}`
        terminal.result(saved, () => `${lineOf(saved)}${doubts}`)
        return errors === 0 ? exitCodes.ok : exitCodes.findings
      }),
    )
  each('diff <id>', 'say what changes when it is published')
    .option('--version <number>', 'compared with this one; with the one in force now where nothing is said', versionIn)
    .addOption(new Option('--language <language>', 'in which language').choices([...LANGUAGES]).default('en'))
    .action((id: string, options: StepOptions & { readonly version?: number }) =>
      run('draft diff', options, async (terminal) => {
        const { version, language = 'en' } = options
        const query = { language, ...(version === undefined ? {} : { version: String(version) }) }
        const found = await withDrafts(options, 'diff', (client) =>
          client.call('compareDraft', { path: { draft: id }, query }),
        )
        const texts = found.differences.map(({ text }) => text)
        terminal.result(found, () => texts.join('\n') || `it says the same as version ${found.version}`)
        return texts.length === 0 ? exitCodes.ok : exitCodes.findings
      }),
    )

  /** Takes a draft a step further, as it stands or as it was read. */
  const step = (name: string, summary: string, take: (client: Client, draft: ReadDraft) => Promise<DraftAnswer>) =>
    each(`${name} <id>`, summary)
      .option(...comment)
      .option(...revision)
      .action((id: string, options: StepOptions) =>
        run(`draft ${name}`, options, async (terminal) => {
          const taken = await withDrafts(options, name, async (client) => {
            const known = options.revision ?? (await read(client, id)).revision
            return await take(client, { path: { draft: id }, revision: known, comment: options.comment ?? '' })
          })
          terminal.result(taken, () => lineOf(taken))
          return exitCodes.ok
        }),
      )
  step('submit', 'ask for approval', (client, { path, ...body }) => client.call('submitDraft', { path, body }))
  step('approve', 'approve it, as a second person where the program demands one', (client, { path, ...read }) =>
    client.call('reviewDraft', { path, body: { verdict: 'approve', ...read } }),
  )
  step('send-back', 'ask for something else; say what with --comment', (client, { path, ...read }) =>
    client.call('reviewDraft', { path, body: { verdict: 'send-back', ...read } }),
  )
  step('publish', 'publish it as the next version', async (client, { path, ...body }) => {
    await client.call('publishDraft', { path, body })
    return await read(client, path.draft)
  })
}

interface ReadDraft {
  readonly path: { readonly draft: string }
  readonly revision: number
  readonly comment: string
}

async function withDrafts<Result>(options: LaurelOptions, name: string, use: (client: Client) => Promise<Result>) {
  const { withLaurel } = await import('../open-laurel.ts')
  const scopes = ['programs:read', 'programs:write'] as const
  return await withLaurel(options, scopes, `laurel draft ${name}`, ({ client }) => use(client))
}

const read = (client: Client, id: string): Promise<DraftAnswer> => client.call('readDraft', { path: { draft: id } })

async function readOrNone(client: Client, id: string): Promise<DraftAnswer | null> {
  try {
    return await read(client, id)
  } catch (error) {
    if (error instanceof RequestProblem && error.body.code === 'unknown-draft') return null
    throw error
  }
}

const allDrafts = (client: Client): Promise<DraftSummary[]> =>
  allPages(async (from) => {
    const { drafts, next } = await client.call('listDrafts', { query: { limit: '200', ...from } })
    return { entries: drafts, next }
  })

function lineOf({ id, revision, status, version, note }: DraftSummary): string {
  const state = version === null ? status : `published as version ${version}`
  return `${id}  revision ${revision}  ${state}${note === '' ? '' : `  ${note}`}`
}
