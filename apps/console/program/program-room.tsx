import { Button, NativeSelect, Tabs } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useNames } from '../session/people.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import { amountText, programMomentText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { Draft } from './draft.tsx'
import { NewDraft } from './new-draft.tsx'
import { Sides } from './sides.tsx'
import { TryOrder } from './try-order.tsx'
import { Versions } from './versions.tsx'
import { WhatIf } from './what-if.tsx'
import './program-room.css'

const route = getRouteApi('/program')
const parts = ['program', 'versions', 'what-if'] as const

/** The program: what members are promised in sentences, beside the document that says it. */
export function ProgramRoom() {
  const { version, draft, part } = route.useSearch()
  const navigate = route.useNavigate()
  const { may } = useMe()
  const { zone, version: inForce } = useVocabulary().program
  const { data: all } = useSuspenseQuery({ queryKey: ['versions'], queryFn: () => client.call('listVersions', {}) })
  const { data: drafts } = useSuspenseQuery({
    queryKey: ['drafts'],
    queryFn: () => client.call('listDrafts', { query: { limit: '200' } }),
  })
  const versions = all.versions.toReversed()
  // What rules now, not what was published last: that may wait for its day, or be on trial with a few.
  const shown = version ?? inForce ?? versions[0]?.version
  const said = words.programRoom
  const open = drafts.drafts.filter(({ status }) => status !== 'published')
  return (
    <>
      <title>{`${words.program} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.program}</h1>
        <div className="room-acts">
          <NativeSelect
            aria-label={said.choose}
            value={draft === undefined ? `version/${shown}` : `draft/${draft}`}
            onChange={({ currentTarget: { value } }) => {
              const id = value.slice(value.indexOf('/') + 1)
              navigate({ search: value.startsWith('draft/') ? { draft: id } : { version: Number(id) } })
            }}
            data={[
              ...(open.length === 0
                ? []
                : [
                    {
                      group: said.drafts,
                      items: open.map(({ id, status }) => ({
                        value: `draft/${id}`,
                        label: said.draft(id, said.statuses[status]),
                      })),
                    },
                  ]),
              {
                group: said.versions,
                items: versions.map((each) => ({
                  value: `version/${each.version}`,
                  label: said.version(
                    amountText(each.version),
                    each.inForceFrom === 'always' ? said.always : said.from(programMomentText(each.inForceFrom, zone)),
                  ),
                })),
              },
            ]}
          />
          {may('programs:write') && draft === undefined && shown !== undefined ? <NewDraft version={shown} /> : null}
          {draft === undefined ? null : (
            <Button variant="default" onClick={() => navigate({ search: {} })}>
              {said.backToVersions}
            </Button>
          )}
        </div>
      </div>
      {draft !== undefined ? (
        <Draft key={draft} id={draft} />
      ) : shown === undefined ? (
        <div className="empty">
          <h2>{said.none}</h2>
          <p className="second">{said.noneRemedy}</p>
        </div>
      ) : (
        <Tabs
          className="member-tabs"
          value={parts.find((each) => each === part) ?? 'program'}
          keepMounted={false}
          onChange={(to) => navigate({ search: { version, part: to === 'program' ? undefined : (to ?? undefined) } })}
        >
          <Tabs.List aria-label={words.program}>
            <Tabs.Tab value="program">{said.parts.program}</Tabs.Tab>
            <Tabs.Tab value="versions">{said.parts.versions}</Tabs.Tab>
            {may('ledger:read') ? <Tabs.Tab value="what-if">{said.parts['what-if']}</Tabs.Tab> : null}
          </Tabs.List>
          <Tabs.Panel value="program" pt="md">
            <Version key={shown} version={shown} />
          </Tabs.Panel>
          <Tabs.Panel value="versions" pt="md">
            <Versions versions={versions} />
          </Tabs.Panel>
          <Tabs.Panel value="what-if" pt="md">
            <WhatIfOf key={shown} version={shown} />
          </Tabs.Panel>
        </Tabs>
      )}
    </>
  )
}

function WhatIfOf({ version }: { readonly version: number }) {
  const { may } = useMe()
  const { data } = useSuspenseQuery(versionQuery(version))
  return (
    <WhatIf
      document={data.document}
      actFor={(document) =>
        may('programs:write') ? <NewDraft version={version} document={document} label={words.whatIf.begin} /> : null
      }
    />
  )
}

const versionQuery = (version: number) => ({
  queryKey: ['version', version],
  queryFn: () => client.call('readVersion', { path: { version: String(version) } }),
  staleTime: Number.POSITIVE_INFINITY,
})

function Version({ version }: { readonly version: number }) {
  const { may } = useMe()
  const { zone } = useVocabulary().program
  const nameOf = useNames()
  const { data } = useSuspenseQuery(versionQuery(version))
  const { publishedAt, author, note, approvedBy, document } = data
  const said = words.programRoom
  return (
    <>
      <p className="second published">
        {[
          said.published(programMomentText(publishedAt, zone), author === null ? '' : nameOf(author)),
          approvedBy === null ? null : said.approvedBy(nameOf(approvedBy)),
          note === null || note === '' ? null : `“${note}”`,
        ]
          .filter((each) => each !== null)
          .join(' · ')}
      </p>
      <Sides document={document} />
      {may('members:read') ? <TryOrder /> : null}
    </>
  )
}
