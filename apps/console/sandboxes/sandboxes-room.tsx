import type { SandboxAnswer } from '@laurel/contract'
import { Button, CopyButton, Modal, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { WorkIn } from '../frame/work-in.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { CsvButton } from '../tables/csv-button.tsx'
import { Listing } from '../tables/listing.tsx'
import { agoText, programMomentText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { OwnClock } from './own-clock.tsx'
import '../backtests/backtests.css'

const route = getRouteApi('/sandboxes')
const said = words.sandboxRoom

/** Programs with a clock of their own; in one of them, its clock. */
export function SandboxesRoom() {
  const { program } = useVocabulary()
  return (
    <>
      <title>{`${words.sandboxes} · ${words.name}`}</title>
      {program.sandbox ? <OwnClock /> : <Sandboxes />}
    </>
  )
}

async function readSandboxes(cursor: string | undefined, signal: AbortSignal) {
  const { sandboxes: rows, next } = await client.call('listSandboxes', { query: { cursor }, signal })
  return { rows, next }
}

function Sandboxes() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { may } = useMe()
  const columns = useColumns()
  const answer = useQuery({
    queryKey: ['sandboxes', cursor],
    queryFn: ({ signal }) => readSandboxes(cursor, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <div className="room-head">
        <h1>{words.sandboxes}</h1>
        <div className="room-acts">
          {may('programs:write') ? <CreateSandbox /> : null}
          <CsvButton file="sandboxes" columns={columns} readPage={readSandboxes} />
        </div>
      </div>
      <p className="second queue-lead">{said.lead}</p>
      <Listing
        title={words.sandboxes}
        answer={answer}
        columns={columns}
        idOf={({ id }) => id}
        empty={{ title: said.empty, text: said.emptyRemedy }}
        cursor={cursor}
        onPage={(to) => navigate({ search: { cursor: to } })}
      />
    </>
  )
}

function useColumns(): readonly Column<SandboxAnswer>[] {
  const { may } = useMe()
  const { zone } = useVocabulary().program
  return [
    { id: 'sandbox', title: said.sandbox, cellOf: ({ id }) => <strong>{id}</strong>, textOf: ({ id }) => id },
    {
      id: 'clock',
      title: said.clock,
      cellOf: ({ clock, advancing }) => (
        <>
          {programMomentText(clock, zone)} {advancing === null ? null : <span className="chip">{said.passing}</span>}
        </>
      ),
      textOf: ({ clock }) => clock,
    },
    {
      id: 'begun',
      title: said.begun,
      cellOf: ({ createdAt }) => <span className="second">{agoText(createdAt)}</span>,
      textOf: ({ createdAt }) => createdAt,
    },
    {
      id: 'acts',
      title: said.key,
      cellOf: ({ id }) => (
        <span className="row-acts sandbox-acts">
          <WorkIn program={id} text={said.open} next="/console/sandboxes" />
          {may('programs:write') ? <IssueKey sandbox={id} /> : null}
        </span>
      ),
    },
  ]
}

function CreateSandbox() {
  const [isOpen, { open, close }] = useDisclosure(false)
  const { program } = useMe()
  const [id, setId] = useState(`${program}-sandbox`)
  const queryClient = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => client.call('createSandbox', { body: { id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['sandboxes'] })
      close()
    },
  })
  return (
    <>
      <Button onClick={open}>{said.create}</Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.create}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <form
          className="adjust"
          onSubmit={(event) => {
            event.preventDefault()
            if (id.trim() !== '' && !isPending) mutate()
          }}
        >
          <p className="second">{said.createLead}</p>
          <TextInput
            label={said.id}
            description={said.idHint}
            value={id}
            data-autofocus
            onChange={({ currentTarget }) => setId(currentTarget.value)}
          />
          {error === null ? null : <ProblemView error={error} inForm />}
          <Button type="submit" disabled={id.trim() === ''} loading={isPending} fullWidth>
            {said.create}
          </Button>
        </form>
      </Modal>
    </>
  )
}

/** A key is shown once; the one before it ends. */
function IssueKey({ sandbox }: { readonly sandbox: string }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const { mutate, isPending, error, data, reset } = useMutation({
    mutationFn: () => client.call('issueSandboxKey', { path: { sandbox } }),
  })
  return (
    <>
      <button
        type="button"
        className="link"
        onClick={() => {
          reset()
          open()
        }}
      >
        {said.key}
      </button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.keyOf(sandbox)}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <div className="adjust">
          <p className="second">{data === undefined ? said.keyLead : said.keyOnce}</p>
          {data === undefined ? null : <p className="id sandbox-key">{data.key}</p>}
          {error === null ? null : <ProblemView error={error} inForm />}
          {data === undefined ? (
            <Button loading={isPending} onClick={() => mutate()} fullWidth>
              {said.issue}
            </Button>
          ) : (
            <CopyButton value={data.key}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy} fullWidth>
                  {copied ? said.copied : said.copy}
                </Button>
              )}
            </CopyButton>
          )}
        </div>
      </Modal>
    </>
  )
}
